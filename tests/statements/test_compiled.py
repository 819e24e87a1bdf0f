"""A compiled queryset gives what Django would, whatever the values and the thread."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from minassa.registry.models import Account, Appointment, Body, Park
from minassa.statements import Compiled, Given

pytestmark = pytest.mark.django_db
SINCE = date(2025, 1, 1)
PARKS: Compiled[Park] = Compiled(
    lambda: (
        Park.objects.select_related("manager").defer("manager__name").filter(place__gte=Given("place")).order_by("pk")
    )
)
RIGHTS: Compiled[Appointment] = Compiled(
    lambda: (
        Appointment.objects.filter(account_id=Given("account"), since__lte=Given("day"))
        .order_by("role")
        .values_list("role", "body__code", "since")
    )
)


def body(code: str) -> Body:
    return Body.objects.create(code=code, kind="agency", name=f"{code} EXEMPLE")


def test_instances_come_with_what_belongs_to_them_and_what_was_left_out_is_read_when_asked() -> None:
    Park.objects.bulk_create(Park(place=place, manager=body(f"m{place}"), since=SINCE) for place in (101, 102, 103))
    for least in (101, 102, 103, 104):
        found = PARKS.all(place=least)
        assert found == list(Park.objects.filter(place__gte=least).order_by("pk"))
        assert [one.manager.code for one in found] == [f"m{one.place}" for one in found]
        assert all("name" in one.manager.get_deferred_fields() for one in found)
        assert [one.manager.name for one in found] == [f"m{one.place} EXEMPLE" for one in found]
    assert PARKS.first(place=104) is None


def test_rows_of_values_follow_the_values_given() -> None:
    account = Account.objects.create(email="personne@minassa.example")
    for role, days in (("officer", 0), ("supervisor", 10)):
        Appointment.objects.create(account=account, body=body(role), role=role, since=SINCE + timedelta(days=days))
    for days, roles in ((-1, []), (0, ["officer"]), (10, ["officer", "supervisor"])):
        rows = RIGHTS.values(account=account.pk, day=SINCE + timedelta(days=days))
        assert [tuple(row)[:2] for row in rows] == [(role, role) for role in roles]
    assert RIGHTS.values(account=account.pk + 1, day=SINCE) == []


def test_what_is_encrypted_is_read_in_clear() -> None:
    made = Account.objects.create(email="autre@minassa.example", full_name="Prénom EXEMPLE")
    assert Account.objects.get(pk=made.pk).full_name == "Prénom EXEMPLE"
    with pytest.raises(Account.DoesNotExist):
        Account.objects.get(pk=made.pk + 1)
    assert Account.objects.get(email=made.email) == made


@pytest.mark.django_db(transaction=True)
def test_threads_compile_and_read_at_once() -> None:
    Park.objects.create(place=101, manager=body("seul"), since=SINCE)
    fresh: Compiled[Park] = Compiled(lambda: Park.objects.filter(place=Given("place")))
    found: list[int] = []
    gate = threading.Barrier(4)

    def read() -> None:
        gate.wait()
        found.extend(one.place for _ in range(20) for one in fresh.all(place=101))
        connection.close()

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [101] * 80


def test_a_value_that_was_not_given_is_told() -> None:
    with pytest.raises(KeyError):
        PARKS.all()
