from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connections

from minassa.ledger import parameters as figures
from minassa.ledger.chart import AccountCode
from minassa.ledger.models import Envelope, EnvelopeChange
from minassa.ledger.parameters import Parameter, parameter, read_parameters
from minassa.ledger.public import (
    EnvelopeExceeded,
    Grant,
    InvalidParameters,
    KeyConflict,
    LedgerError,
    Place,
    UnknownParameter,
    UnknownSubject,
    balance,
    carry_over,
    change_envelope,
    check_ledger,
    commit,
    grant_all,
    open_envelope,
)
from minassa.registry.public import Forbidden
from minassa.vocabulary.statuses import Status
from tests.ledger.world import MUCH, NOW, PLACE, World, make_world


def test_credits_are_opened_changed_and_committed(world: World) -> None:
    world.entitled("D-1", 600_000_00)
    change_envelope(world.checker, PLACE, 50_000_00, "Virement EXEMPLE", "more", NOW)
    change_envelope(world.checker, PLACE, -450_000_00, "Gel EXEMPLE", "less", NOW)
    envelope = Envelope.objects.get()
    assert (envelope.authorised, envelope.committed) == (600_000_00, 600_000_00)
    assert list(EnvelopeChange.objects.order_by("pk").values_list("kind", "amount", "ground")) == [
        ("opened", MUCH, "Loi de finances EXEMPLE"),
        ("increased", 50_000_00, "Virement EXEMPLE"),
        ("reduced", 450_000_00, "Gel EXEMPLE"),
    ]
    assert balance(AccountCode.CREDITS_AVAILABLE) == 0
    assert check_ledger() == []


def test_an_envelope_is_never_passed(world: World) -> None:
    world.entitled("D-1", MUCH)
    world.entitled("D-2", 1, committed=0)
    with pytest.raises(EnvelopeExceeded):
        commit(world.claims, "D-2", 1, "k", NOW)
    with pytest.raises(EnvelopeExceeded):
        change_envelope(world.checker, PLACE, -1, "Gel", "less", NOW)
    assert check_ledger() == []


def test_credits_are_opened_once_by_who_may_for_a_measure_of_the_offer(world: World) -> None:
    again = open_envelope(world.checker, PLACE, MUCH, "Loi de finances EXEMPLE", "open", NOW)
    assert again.authorised == MUCH
    with pytest.raises(LedgerError):
        open_envelope(world.checker, PLACE, 5, "Encore", "open-2", NOW)
    with pytest.raises(Forbidden):
        open_envelope(world.maker, PLACE._replace(budget_year=2027), 5, "Motif", "k", NOW)
    with pytest.raises(UnknownSubject):
        open_envelope(world.checker, Place("prime", 2026, "mtnra"), 5, "Motif", "k", NOW)
    with pytest.raises(UnknownSubject):
        change_envelope(world.checker, PLACE._replace(budget_year=2027), 5, "Motif", "k", NOW)


def test_nothing_is_carried_over_while_no_text_says_so(world: World) -> None:
    assert carry_over(world.checker, PLACE, "Fin d'exercice", "c", NOW) == 0
    assert Envelope.objects.count() == 1


def test_what_the_rule_allows_is_carried_over_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.entitled("D-1", 400_000_01)
    known = dict(figures.parameters())
    rule = known["carry_over_rate"]
    known["carry_over_rate"] = Parameter(
        description="EXEMPLE", unit=rule.unit, values=[rule.values[0].model_copy(update={"value": 3_000})]
    )
    monkeypatch.setattr(figures, "parameters", lambda: known)
    for _ in range(2):
        assert carry_over(world.checker, PLACE, "Fin d'exercice", "c", NOW) == 179_999_99
    rows = Envelope.objects.order_by("budget_year").values_list("budget_year", "authorised")
    assert list(rows) == [(2026, MUCH - 179_999_99), (2027, 179_999_99)]
    assert check_ledger() == []


@pytest.mark.django_db(transaction=True)
def test_fifty_commitments_at_once_never_pass_one_envelope() -> None:
    world = make_world(1_000)
    references = [world.entitled(f"D-{rank}", 100, committed=0) for rank in range(50)]
    start, outcomes = threading.Barrier(10), []

    def work(mine: list[str]) -> None:
        start.wait()
        for reference in mine:
            try:
                commit(world.claims, reference, 70, f"commit:{reference}", NOW)
                outcomes.append("committed")
            except EnvelopeExceeded:
                outcomes.append("exceeded")
        connections.close_all()

    threads = [threading.Thread(target=work, args=(references[rank::10],)) for rank in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (outcomes.count("committed"), outcomes.count("exceeded")) == (14, 36)
    assert Envelope.objects.get().committed == 980
    assert check_ledger() == []


@pytest.mark.django_db(transaction=True)
def test_one_key_at_the_same_instant_in_ten_places_is_one_effect() -> None:
    world = make_world()
    start = threading.Barrier(10)

    def work() -> None:
        start.wait()
        world.entitled("D-1", 500)
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert balance(AccountCode.ENTITLED) == -500
    assert balance(AccountCode.CREDITS_COMMITTED) == 500
    assert check_ledger() == []


def test_every_parameter_says_how_sure_it_is() -> None:
    for code, each in figures.parameters().items():
        value = parameter(code, date(2026, 3, 2))
        assert value.status is Status.ASSUMED, code
        assert value.note
        assert each.description
        assert value.citation == "minassa-default"


def test_a_parameter_outside_its_dates_is_refused() -> None:
    for code, day in (("carry_over_rate", date(2015, 12, 31)), ("nothing", date(2026, 1, 1))):
        with pytest.raises(UnknownParameter):
            parameter(code, day)


ENTRY = """
rate:
  description: EXEMPLE
  unit: {unit}
  values:
    - {{starts: 2016-01-01, ends: null, value: {value}, text: {text}, article: null, status: assumed, url: null,
       note: EXEMPLE, reviewed_on: 2026-11-30{more}}}
"""


@pytest.mark.parametrize(
    "given",
    [
        {"unit": "count", "value": "douze", "text": "minassa-default", "more": ""},
        {"unit": "code", "value": 12, "text": "minassa-default", "more": ""},
        {"unit": "count", "value": 12, "text": "texte-inconnu", "more": ""},
        {"unit": "count", "value": 12, "text": "minassa-default", "more": ", autre: 1"},
        {"unit": "dirhams", "value": 12, "text": "minassa-default", "more": ""},
    ],
)
def test_a_file_of_parameters_that_departs_from_its_schema_is_refused(given: dict[str, object]) -> None:
    with pytest.raises(InvalidParameters):
        read_parameters(ENTRY.format(**given))


def test_two_values_on_one_day_are_refused() -> None:
    content = ENTRY.format(unit="count", value=12, text="minassa-default", more="")
    assert read_parameters(content)["rate"].values[0].value == 12
    with pytest.raises(InvalidParameters):
        read_parameters(content + content.rpartition("values:")[2].lstrip("\n"))


def test_a_session_is_recognised_and_committed_whole_or_not_at_all(world: World) -> None:
    grants = [Grant(f"S-{rank}", world.firm.pk, "pae", 2026, 300_000_00) for rank in range(4)]
    with pytest.raises(EnvelopeExceeded):
        grant_all(world.claims, grants, "session", NOW)
    assert balance(AccountCode.ENTITLED) == 0
    for _ in range(2):
        made = grant_all(world.claims, grants[:3], "session", NOW)
        assert [one.committed for one in made] == [300_000_00] * 3
    with pytest.raises(KeyConflict):
        grant_all(world.claims, grants[:2], "session", NOW)
    for wrong in ([], grants * 2_000):
        with pytest.raises(LedgerError):
            grant_all(world.claims, wrong, "other", NOW)
    with pytest.raises(Forbidden):
        grant_all(world.signer, grants[:1], "other", NOW)
    assert balance(AccountCode.CREDITS_COMMITTED) == 900_000_00
    assert check_ledger() == []
