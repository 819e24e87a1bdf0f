"""Credits of what a firm gives back come back to the offer where a dated rule says so, to the centime; else not."""

from __future__ import annotations

import pytest
from django.db import transaction

from minassa.ledger.chart import OperationKind
from minassa.ledger.errors import UnknownParameter
from minassa.ledger.models import Envelope as Credits
from minassa.ledger.models import EnvelopeChange, Recovery
from minassa.ledger.public import (
    Grant,
    Place,
    ask_back,
    change_envelope,
    check_ledger,
    parameter,
    trial_balance,
    validate_batch,
)
from minassa.ledger.recovering import Debt
from minassa.ledger.recovering import owed as write_debt
from tests.ledger.test_bank import told
from tests.ledger.test_recoveries import given_back, owed, ruled
from tests.ledger.world import MUCH, NOW, PLACE, World

RULE = "credit_reestablishment"
OPENED_AGAIN = EnvelopeChange.objects.filter(kind="restored")


def authorised(place: Place = PLACE) -> int:
    return int(Credits.objects.get(**place._asdict()).authorised)


def received_and_retained(world: World) -> Recovery:
    """A sum of 600 of which 250 is sent by the firm and 350 retained on its next order."""
    made = owed(world)
    assert told(world, given_back(made, "C1", 250)) == ["received"]
    world.entitled("NEXT", 1_000)
    validate_batch(world.checker, world.proposed("next", world.line("NEXT", 1_000)).number, NOW)
    made.refresh_from_db()
    assert made.settled == made.amount == 600
    return made


def test_by_itself_nothing_comes_back_and_that_is_said_to_be_assumed(world: World) -> None:
    source = parameter(RULE, NOW.date())
    assert (source.value, source.status) == ("none", "assumed")
    received_and_retained(world)
    assert authorised() == MUCH
    assert not OPENED_AGAIN.exists()
    assert check_ledger() == []


def test_where_the_rule_says_so_each_part_opens_its_credits_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ruled(monkeypatch, RULE, "year_of_receipt")
    made = received_and_retained(world)
    rows = OPENED_AGAIN.order_by("pk")
    assert [(one.amount, one.ground) for one in rows] == [(250, made.number), (350, made.number)]
    assert authorised() == MUCH + 600
    assert told(world, given_back(made, "C1", 250), number="S9") == ["repeated"]
    assert rows.count() == 2
    change_envelope(world.checker, PLACE, -(authorised() - Credits.objects.get().committed), "EXEMPLE", "all", NOW)
    assert check_ledger() == []
    assert sum(trial_balance().values()) == 0


def test_they_are_opened_for_the_year_in_which_the_sum_comes(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    ruled(monkeypatch, RULE, "year_of_receipt")
    given = Grant("D-2025", world.firm.pk, "pae", 2025, 600)
    made = ask_back(world.claims, given, "Décision EXEMPLE", "d-2025", NOW)
    told(world, given_back(made, "C1", 600))
    assert authorised() == MUCH + 600
    assert OPENED_AGAIN.get().envelope.budget_year == 2026


def test_what_left_without_being_ordered_had_taken_no_credits(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    ruled(monkeypatch, RULE, "year_of_receipt")
    given = Grant("D-EXEMPLE", world.firm.pk, "pae", 2026, 600)
    debt = Debt(given, "Payée de trop", Recovery.Nature.CORRECTION, OperationKind.CORRECTION)
    made = write_debt(world.claims, debt, "d-correction", NOW)
    told(world, given_back(made, "C1", 600))
    assert not OPENED_AGAIN.exists()


def test_an_unheard_of_rule_is_refused_and_nothing_is_taken_in(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    made = owed(world)
    ruled(monkeypatch, RULE, "unheard_of")
    with pytest.raises(UnknownParameter), transaction.atomic():
        told(world, given_back(made, "C1", 600))
    made.refresh_from_db()
    assert made.settled == 0
