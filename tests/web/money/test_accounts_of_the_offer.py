"""Accounts that people read: whatever the cut, the sums are the same; the check of the ledger says what it found."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse
from pytest_django import Settings

from minassa.ledger.models import Entitlement, Envelope
from minassa.ledger.public import trial_balance
from tests.onestop.world import World
from tests.web.cases.people import client_of
from tests.web.money_world import Money

pytestmark = pytest.mark.django_db
CUTS = ("mesure", "annee", "filiere", "region", "lieu")


@pytest.mark.parametrize("cut", CUTS)
def test_every_cut_adds_up_to_the_same(money: Money, cut: str) -> None:
    answer = client_of("secretariat").get(reverse("money-state"), {"par": cut})
    total = answer.context["total"].row
    assert total.recognised == sum(Entitlement.objects.values_list("amount", flat=True))
    assert total.paid == sum(Entitlement.objects.values_list("settled", flat=True)) > 0
    assert total.recovered >= money.recovery.amount
    opened = sum(Envelope.objects.values_list("authorised", flat=True)) if cut in {"mesure", "annee"} else None
    assert total.opened == opened
    for line in answer.context["lines"]:
        assert sum(piece.width for piece in line.pieces) <= 1_000


def test_ages_add_up_to_what_is_due(money: Money) -> None:
    answer = client_of("secretariat").get(reverse("money-state"))
    due = sum(one.due for one in Entitlement.objects.all())
    assert answer.context["due"] == due > 0
    for _name, rows, left, pieces in answer.context["ages"]:
        assert left == sum(one.due for one in rows)
        assert sum(piece.cents for piece in pieces) == left
    assert money.sent.pk


@pytest.mark.parametrize("query", [{"par": "lieu", "format": "csv"}, {"table": "ages", "format": "xlsx"}])
@pytest.mark.usefixtures("money")
def test_both_tables_are_files(query: dict[str, str]) -> None:
    answer = client_of("secretariat").get(reverse("money-state"), query)
    assert "synthetique" in answer["Content-Disposition"]


@pytest.mark.usefixtures("money")
def test_the_balance_sums_to_zero_and_the_check_says_that_all_agrees() -> None:
    answer = client_of("secretariat").get(reverse("money-trial"))
    assert answer.context["debits"] == answer.context["credits"] > 0
    assert sum(trial_balance().values()) == 0
    assert answer.context["gaps"] == []
    assert "accorde." in answer.content.decode()


def test_a_counter_changed_by_hand_is_said(money: Money) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_envelope SET committed = committed - 1 WHERE id = %s", [money.envelope.pk])
    answer = client_of("secretariat").get(reverse("money-trial"))
    assert [str(label) for label, _subject in answer.context["gaps"]] == [
        "Des crédits dont l'engagé n'est pas la somme des droits"
    ]


def test_without_any_run_costs_say_so(world: World, settings: Settings, tmp_path: Path) -> None:
    settings.MINASSA_HOME = tmp_path
    assert world.enterprise.pk
    answer = client_of("secretariat").get(reverse("money-costs"))
    assert answer.context["costs"] is None
    assert "Aucun calcul" in answer.content.decode()
