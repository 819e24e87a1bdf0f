"""Rows of several tables and a change in one statement; transactions without savepoints."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from minassa.registry.models import Body, Enterprise, Group, Park
from minassa.statements import Change, held, hold, part, whole, write_together
from minassa.statements.links import numbered

pytestmark = pytest.mark.django_db
SINCE = date(2025, 1, 1)


def body(code: str) -> Body:
    return Body(code=code, kind="agency", name=f"{code} EXEMPLE")


def test_one_statement_writes_all(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    manager = Body.objects.create(code="gestion", kind="agency", name="EXEMPLE")
    park = Park.objects.create(place=101, manager=manager, since=SINCE)
    park.place, park.since = 102, date(2026, 1, 1)
    rows = [body("un"), Group(name="EXEMPLE"), body("deux")]
    with django_assert_num_queries(1):
        assert write_together(rows, Change(park, ["place"]))
    assert set(Body.objects.values_list("code", flat=True)) == {"gestion", "un", "deux"}
    assert Group.objects.get().name == "EXEMPLE"
    assert Park.objects.values_list("place", "since").get() == (102, SINCE)


def test_values_are_written_as_django_writes_them() -> None:
    enterprise = Enterprise(pk=77, ice="999950001000084", name="L'EXEMPLE « é »", fiscal_id=None, filiere=2)
    write_together([enterprise])
    kept = Enterprise.objects.get(pk=77)
    assert (kept.name, kept.fiscal_id, kept.filiere, kept.uuid) == (enterprise.name, None, 2, enterprise.uuid)
    assert kept.created_at is not None
    enterprise.name = "CHANGÉ"
    enterprise.save()  # it is known to be there: changed, not inserted again
    assert Enterprise.objects.get(pk=77).name == "CHANGÉ"


def test_a_change_that_finds_nothing_says_so() -> None:
    park = Park.objects.create(
        place=101, manager=Body.objects.create(code="g", kind="agency", name="EXEMPLE"), since=SINCE
    )
    park.place = 103
    assert not write_together((), Change(park, ["place"], "place = 102"))
    assert write_together((), Change(park, ["place"], "place = 101"))
    assert Park.objects.get().place == 103
    assert not write_together((), Change(Park(pk=park.pk + 1, place=1), ["place"]))
    assert write_together(())


def test_an_error_inside_a_whole_undoes_all_and_leaves_what_was_before() -> None:
    Body.objects.create(code="avant", kind="agency", name="EXEMPLE")

    def twice() -> None:
        with whole():
            write_together([body("dedans")])
            with part():
                write_together([body("dedans")])

    with pytest.raises(IntegrityError):
        twice()
    assert list(Body.objects.values_list("code", flat=True)) == ["avant"]


def test_a_part_has_a_savepoint_only_where_it_can_be_undone_alone(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with transaction.atomic(), django_assert_num_queries(3), part():
        write_together([body("un")])
    with whole():
        with django_assert_num_queries(1), part():
            write_together([body("deux")])
        with pytest.raises(RuntimeError), transaction.atomic():
            raise RuntimeError
    with transaction.atomic(), django_assert_num_queries(3), part():
        write_together([body("trois")])


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_server_has_ended_is_found_out_before_it_is_used() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (number,) = cursor.fetchone()
    assert connection.is_usable()
    with connection.copy().cursor() as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [number])
        other.connection.close()
    assert not connection.is_usable()
    connection.close_if_unusable_or_obsolete()
    connection.close()
    assert write_together([body("ensuite")])
    assert connection.is_usable()


def test_a_row_is_held_only_in_a_transaction_that_any_error_undoes() -> None:
    row, twin = body("un"), body("un")
    hold(row)
    assert not held(row)
    with whole():
        hold(row)
        assert held(row)
        assert not held(twin)
        with whole():
            assert not held(row)
    assert not held(row)


def test_places_are_numbered_and_what_is_doubled_is_one() -> None:
    assert numbered("a = %s AND b LIKE '50%%s' OR c IN (%s, %s)") == "a = $1 AND b LIKE '50%s' OR c IN ($2, $3)"
