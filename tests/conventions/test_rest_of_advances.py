"""What of an advance passes the premium finally granted is left with nobody: it comes back, the firm heard first."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from minassa.conventions import parameters as figures
from minassa.conventions.models import Advance, Hearing, HearingReason, HearingState, Imputation
from minassa.conventions.public import NotHeard, drop, impute_next, open_hearings, recover_advance, reply
from minassa.entitlements.runs import run
from minassa.journal.public import verify
from minassa.ledger.errors import UnknownParameter
from minassa.ledger.models import Entitlement, Recovery
from minassa.ledger.parameters import Parameter
from minassa.ledger.public import check_ledger
from minassa.offer.loading import load_offer
from tests.conventions.money import credits_opened, paid
from tests.conventions.recruits import Recruits
from tests.conventions.test_advances import SPRING, SUMMER, agreed, granted, line_of, premium
from tests.conventions.world import NOW, World
from tests.steering.country import SCHEMAS, UNTIL, Country

LOW = 10
"""The pay of the recruit who stays turns out to be a tenth of what was declared."""
AUTUMN = datetime(2027, 12, 1, 9, 0, tzinfo=SUMMER.tzinfo)


@pytest.fixture(scope="module")
def lower(recruits: Recruits, tmp_path_factory: pytest.TempPathFactory) -> Recruits:
    """The same recruits, the pay of the one who stays corrected down since the advance."""
    rows = {name: [dict(row) for row in some] for name, some in recruits.tables.rows.items()}
    for table, name in (("cnss_lines", "salary_real"), ("dgi_lines", "gross_taxable_income_year")):
        for row in rows[table]:
            if row["person"] == recruits.stays[0]:
                row[name] //= LOW
    tables = Country(rows, recruits.tables.files, recruits.tables.names)
    folder: Path = tmp_path_factory.mktemp("lower") / "calcul-0003"
    late = run(tables, dict.fromkeys(SCHEMAS, 2), load_offer(), folder, UNTIL)
    return Recruits(tables, recruits.early, late, recruits.stays, recruits.leaves, recruits.kept)


@pytest.fixture
def funded(world: World) -> World:
    credits_opened(world, NOW)
    return world


def advanced(world: World, recruits: Recruits, lower: Recruits, *, pay: bool = True) -> tuple[list[Advance], int]:
    """Two advances on the recruit who stays, and the premium that the lower pay gives in the end."""
    made = agreed(world)
    advances = [granted(world, recruits, made, milestone) for milestone in (1, 2)]
    for one in advances:
        if pay:
            paid(world, one.reference, one.amount, SPRING)
    claim = premium(world, lower)
    line = claim.lines.get(person=lower.stays[0], hired_month=lower.stays[1])
    return advances, int(line.amount_cents)


def test_the_rest_is_proposed_to_be_asked_back_and_the_firm_is_heard(
    funded: World, recruits: Recruits, lower: Recruits
) -> None:
    advances, granted_cents = advanced(funded, recruits, lower)
    amounts = [line_of(one, lower.stays).amount for one in advances]
    assert sum(amounts) > granted_cents > 0
    assert impute_next(SUMMER)
    assert not impute_next(SUMMER)
    assert sum(Imputation.objects.values_list("amount", flat=True)) == granted_cents
    heard = Hearing.objects.filter(reason=HearingReason.EXCESS)
    assert sum(heard.values_list("amount", flat=True)) == sum(amounts) - granted_cents
    assert open_hearings(funded.secretary, advances[0].convention, lower.late, SUMMER) is not None
    assert heard.filter(line__person=lower.stays[0]).count() == heard.count()
    for hearing in heard:
        with pytest.raises(NotHeard):
            recover_advance(funded.maker, hearing, SUMMER)
        reply(funded.signer, hearing, "La paie a été corrigée", SUMMER)
        done = recover_advance(funded.maker, hearing, SUMMER)
        owed = Recovery.objects.get(number=done.recovery).amount
        assert (done.state, owed) == (HearingState.RECOVERED, hearing.amount)
    for one, amount in zip(advances, amounts, strict=True):
        assert Entitlement.objects.get(reference=one.reference).recovered == amount
    assert (check_ledger(), verify()) == ([], [])


def test_given_up_the_rest_stays_with_the_firm(funded: World, recruits: Recruits, lower: Recruits) -> None:
    advances, granted_cents = advanced(funded, recruits, lower)
    assert impute_next(SUMMER)
    for hearing in Hearing.objects.filter(reason=HearingReason.EXCESS):
        drop(funded.maker, hearing, "Erreur de l'administration", AUTUMN)
    assert not impute_next(AUTUMN)
    rows = Entitlement.objects.filter(reference__in=[one.reference for one in advances])
    assert sum(row.recovered for row in rows) == granted_cents
    assert check_ledger() == []


def test_an_advance_never_paid_is_withheld_in_its_rest(funded: World, recruits: Recruits, lower: Recruits) -> None:
    advances, _granted_cents = advanced(funded, recruits, lower, pay=False)
    assert impute_next(SUMMER)
    for hearing in Hearing.objects.filter(reason=HearingReason.EXCESS):
        assert recover_advance(funded.maker, hearing, AUTUMN).state == HearingState.WITHHELD
    for one in advances:
        held = Entitlement.objects.get(reference=one.reference)
        assert (held.recovered, held.cancelled) == (0, line_of(one, lower.stays).amount)
    assert check_ledger() == []


def ruled(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    known = dict(figures.convention_parameters())
    one = known["advance_rest_rule"]
    assert one.values[0].status == "assumed"
    values = [one.values[0].model_copy(update={"value": value})]
    known["advance_rest_rule"] = Parameter(description="EXEMPLE", unit=one.unit, values=values)
    monkeypatch.setattr(figures, "convention_parameters", lambda: known)


def test_by_another_rule_the_rest_is_retained_on_what_the_firm_is_paid_next(
    funded: World, recruits: Recruits, lower: Recruits, monkeypatch: pytest.MonkeyPatch
) -> None:
    ruled(monkeypatch, "next_payments")
    advances, granted_cents = advanced(funded, recruits, lower)
    amounts = [line_of(one, lower.stays).amount for one in advances]
    assert impute_next(SUMMER)
    assert not Hearing.objects.filter(reason=HearingReason.EXCESS).exists()
    assert sum(Imputation.objects.values_list("carried", flat=True)) == sum(amounts) - granted_cents
    for one, amount in zip(advances, amounts, strict=True):
        assert Entitlement.objects.get(reference=one.reference).recovered == amount
    assert sum(Recovery.objects.values_list("amount", flat=True)) == sum(amounts)
    assert (check_ledger(), verify()) == ([], [])


def test_an_unheard_of_rule_stops_the_imputation_whole(
    funded: World, recruits: Recruits, lower: Recruits, monkeypatch: pytest.MonkeyPatch
) -> None:
    advanced(funded, recruits, lower)
    ruled(monkeypatch, "unheard_of")
    with pytest.raises(UnknownParameter):
        impute_next(SUMMER)
    assert not Imputation.objects.exists()
