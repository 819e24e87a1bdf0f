"""Statements of exports, tables of the Office: wrong lines told, nothing half kept, scopes never mixed, sums safe."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from minassa.delays import instant_of, local_day
from minassa.exports.models import OfficialTable, Statement, StatementState
from minassa.exports.public import (
    ExportRefused,
    StaleStatement,
    bring,
    counted_lines,
    enter,
    exchange_office_known,
    lines_of,
    prepare,
    quarters,
    sign,
    statements_for,
)
from minassa.outlook.disclosure.parameters import control
from minassa.outlook.disclosure.sensitivity import reasons
from minassa.outlook.export.official import ministry_series
from minassa.outlook.export.scopes import MixedScopes, Scope, StatedTurnover, one_scope, total
from minassa.outlook.export.stated import Dimension, Line, along, spread
from minassa.registry.models import Enterprise
from minassa.registry.public import Forbidden
from minassa.vocabulary.periods import month_index
from tests.onestop.world import World, make_world
from tests.web.exports_world import HEAD, LINES, OFFICIAL, make_exports, sheet

AT = datetime(2026, 12, 1, 12, tzinfo=UTC)
LAST = month_index(2026, 9)


@pytest.fixture
def world(db: None) -> World:  # noqa: ARG001 (the database is there)
    return make_world()


def firm_of(world: World) -> Enterprise:
    return Enterprise.objects.get(pk=world.enterprise.pk)


def test_a_quarter_that_is_over_is_stated_signed_and_corrected_by_another(world: World) -> None:
    assert quarters(local_day(instant_of(AT)))[:2] == [LAST, LAST - 3]
    firm = firm_of(world)
    first = prepare(world.preparer, firm, LAST, sheet(), 4_000, AT)
    with pytest.raises(Forbidden):
        sign(world.preparer, first, AT)
    with pytest.raises(Forbidden):
        prepare(world.stranger, firm, LAST, sheet(), None, AT)
    assert counted_lines(LAST) == []
    sign(world.signer, first, AT, expected=0)
    with pytest.raises(StaleStatement):
        sign(world.signer, first, AT, expected=0)
    with pytest.raises(ExportRefused):
        sign(world.signer, first, AT)
    second = prepare(world.preparer, firm, LAST, sheet("DE;STARTUP;AUCUNE;EUR;10,00\n"), None, AT)
    third = prepare(world.preparer, firm, LAST, sheet("DE;STARTUP;AUCUNE;EUR;20,00\n"), None, AT)
    assert [one.number for one in (first, second, third)] == [1, 2, 3]
    with pytest.raises(ExportRefused):
        sign(world.signer, second, AT)
    assert [line.market for line in counted_lines(LAST)] == ["FR", "US"]
    sign(world.signer, third, AT)
    assert [(line.market, line.value.cents) for line in counted_lines(LAST)] == [("DE", 2_000)]
    assert list(statements_for(world.stranger)) == []
    assert Statement.objects.get(pk=first.pk).state == StatementState.SIGNED
    changes: tuple[dict[str, Any], ...] = ({"lines": []}, {"first_client_share": 1})
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            Statement.objects.filter(pk=first.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Statement.objects.all().delete()


@pytest.mark.parametrize(
    ("lines", "line", "word"),
    [
        ("FR;OFFSHORING;CRM;EUR;1000,00\nFRANCE;OFFSHORING;CRM;EUR;10,00\n", 3, "marche"),
        ("MA;OFFSHORING;CRM;EUR;10,00\n", 2, "marché d'export"),
        ("FR;OFFSHORING;CRM;euros;10,00\n", 2, "devise"),
        ("FR;OFFSHORE;CRM;EUR;10,00\n", 2, "segment"),
        ("FR;OFFSHORING;CRM;EUR;-10,00\n", 2, "montant"),
        ("FR;OFFSHORING;CRM;EUR;dix\n", 2, "montant"),
    ],
)
def test_a_wrong_line_is_told_where_it_is_and_nothing_is_kept(world: World, lines: str, line: int, word: str) -> None:
    with pytest.raises(ExportRefused) as refusal:
        prepare(world.preparer, firm_of(world), LAST, sheet(lines), None, AT)
    told = [one for one in refusal.value.findings if one.line == line]
    assert told
    assert any(word in one.message for one in told)
    assert not Statement.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("EXPORT.csv", b""),
        ("EXPORT.xlsx", b"PK\x03\x04not a sheet"),
        ("EXPORT.csv", b"\xff\xfe\x00"),
        ("a.csv", b"a;b\n"),
    ],
)
def test_what_is_no_sheet_is_refused_in_words(world: World, name: str, content: bytes) -> None:
    with pytest.raises(ExportRefused):
        prepare(world.preparer, firm_of(world), LAST, (name, content), None, AT)


def test_unknown_codes_future_quarters_and_impossible_shares_are_refused(world: World) -> None:
    firm = firm_of(world)
    for quarter, given_sheet, share in (
        (LAST + 3, sheet(), None),
        (LAST, sheet("ZZ;OFFSHORING;CRM;EUR;10,00\n"), None),
        (LAST, sheet("FR;OFFSHORING;CRM;QQQ;10,00\n"), None),
        (LAST, sheet(), 10_001),
    ):
        with pytest.raises(ExportRefused):
            prepare(world.preparer, firm, quarter, given_sheet, share, AT)
    assert not Statement.objects.exists()


def test_scopes_are_never_mixed(world: World) -> None:
    """A test that fails if two series of different scope are added, drawn together or brought under one name."""
    made = make_exports(world.signer, firm_of(world), world.secretary, AT)
    stated = total(StatedTurnover, (line.value for line in lines_of(made.signed)))
    office = exchange_office_known()
    assert office.scope == Scope.EXCHANGE_OFFICE
    for other in (office.points[0].value, ministry_series().points[0].value):
        with pytest.raises(MixedScopes):
            total(StatedTurnover, [stated, other])
        with pytest.raises(MixedScopes):
            one_scope([stated.scope, other.scope])
    with pytest.raises(MixedScopes):
        office.points[0].value.growth_since(ministry_series().points[0].value)  # type: ignore[arg-type]
    with pytest.raises(ExportRefused) as refusal:
        bring(world.secretary, "OFFICE.csv", OFFICIAL.replace("OFFICE-DES-CHANGES", "MINISTERE").encode(), AT)
    assert any("ne se mêle pas" in one.message for one in refusal.value.findings)


def test_a_table_counts_once_entered_and_the_last_said_of_a_year_wins(world: World) -> None:
    made = bring(world.secretary, "OFFICE.csv", OFFICIAL.encode(), AT)
    before = exchange_office_known().yearly()
    assert all(point.period != "2025" for point in before)
    with pytest.raises(ExportRefused):
        bring(world.secretary, "AUTRE.csv", OFFICIAL.encode(), AT)
    enter(world.secretary, made, AT, expected=0)
    with pytest.raises(ExportRefused):
        enter(world.secretary, made, AT)
    assert exchange_office_known().yearly()[-1].value.cents == 2_700_000_000_000
    again = bring(world.secretary, "OFFICE.csv", OFFICIAL.replace("27000000000", "27100000000").encode(), AT)
    enter(world.secretary, again, AT)
    assert exchange_office_known().yearly()[-1].value.cents == 2_710_000_000_000
    assert exchange_office_known().yearly("CRM")[-1].value.cents == 1_200_000_000_000
    with pytest.raises(Forbidden):
        bring(world.signer, "OFFICE.csv", OFFICIAL.encode(), AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        OfficialTable.objects.update(rows=[])


_lines = st.lists(
    st.builds(
        Line,
        firm=st.integers(1, 8),
        market=st.sampled_from(["FR", "US", "DE", "GB"]),
        segment=st.sampled_from(["offshoring", "solutions"]),
        filiere=st.integers(1, 3),
        currency=st.sampled_from(["EUR", "USD"]),
        value=st.integers(1, 10**9).map(StatedTurnover),
    ),
    max_size=40,
)


@given(_lines)
def test_what_is_told_gives_no_firm_away_and_adds_up(lines: list[Line]) -> None:
    found = spread(lines, list(Dimension), control())
    for dimension, one in found.items():
        exact = along(lines, dimension)
        for part in one.parts:
            by_firm: dict[int, int] = {}
            for line in lines:
                if line.along(dimension) == part.name:
                    by_firm[line.firm] = by_firm.get(line.firm, 0) + line.value.cents
            if part.value is not None:
                assert part.value == exact[part.name]
                assert not reasons(by_firm, None, control())
        if one.whole is not None:
            assert one.hidden != 1
            assert one.whole.cents == sum(value.cents for value in exact.values())
    assert len({one.whole is None for one in found.values()}) == 1


def test_the_sheet_of_the_tests_is_the_one_of_the_form() -> None:
    assert HEAD.strip() == "marche;segment;filiere;devise;montant"
    assert LINES
