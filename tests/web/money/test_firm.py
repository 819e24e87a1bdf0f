"""The account of a firm: its balances are those of its last operation, what waits says why, the plan says when."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from minassa.ledger.models import BankAccount, Recovery
from minassa.ledger.public import plan_of, standing_of, statement
from minassa.registry.models import Enterprise
from minassa.registry.public import system_actor
from tests.ledger.world import rib
from tests.onestop.world import World
from tests.web.cases.people import client_of
from tests.web.money_world import Money, payers

pytestmark = pytest.mark.django_db


def account_page(world: World) -> str:
    return reverse("money-firm", args=[world.enterprise.uuid])


def test_balances_are_those_of_the_last_operation(world: World, money: Money) -> None:
    assert money.sent.pk
    balance = client_of("sign").get(account_page(world)).context["balance"]
    last = statement(payers()[0], world.enterprise)[-1]
    assert (balance.received, balance.due, balance.to_give_back) == (last.paid, last.due_to_firm, last.due_by_firm)
    assert balance.received > 0
    assert balance.to_give_back > 0


def test_what_waits_says_why(world: World, money: Money) -> None:
    answer = client_of("sign").get(account_page(world))
    held = {one.reference: kept for one, kept in answer.context["others"]}
    firm = Enterprise.objects.get(pk=world.enterprise.pk)
    assert held[money.right(firm, "no-credits").reference].code == "no-credits"
    assert held[money.right(firm, "doubtful").reference] is None
    assert held[money.right(firm, "payable").reference] is None
    assert money.right(firm, "paid").reference not in held
    shown = answer.content.decode()
    assert "En attente de crédits" in shown


def test_what_is_given_back_says_by_when(world: World, money: Money) -> None:
    answer = client_of("sign").get(account_page(world))
    ((recovery, left, standing),) = answer.context["recoveries"]
    assert money.recovery.pk != recovery.pk
    assert left == sum(one.left for one in standing)
    assert [one.late for one in standing] == [False] * 4
    assert recovery.number in answer.content.decode()


def test_what_came_back_covers_the_first_instalments(money: Money) -> None:
    recovery = Recovery.objects.get(pk=money.recovery.pk)
    plan = plan_of(recovery)
    recovery.settled = plan[0].amount + 5
    after = plan[1].due_on + timedelta(days=1)
    standing = standing_of(recovery, plan, after)
    assert [one.left for one in standing] == [0, plan[1].amount - 5, plan[2].amount, plan[3].amount]
    assert [one.late for one in standing] == [False, True, False, False]


def test_the_statement_is_a_file_with_the_same_lines(world: World, money: Money) -> None:
    assert money.sent.pk
    answer = client_of("sign").get(account_page(world), {"format": "xlsx"})
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    lines = statement(payers()[0], world.enterprise)
    assert len(rows) == len(lines) + 1
    assert [round(row[5] * 100) for row in rows[1:]] == [one.amount for one in lines]
    assert {row[9] for row in rows[1:]} == {"synthétique"}


def test_a_firm_proposes_its_account_and_sees_only_the_last_digits(world: World, money: Money) -> None:
    signer, address = client_of("sign"), reverse("money-rib-propose", args=[world.enterprise.uuid])
    number = rib(777)
    assert money.pending.pk
    assert signer.post(address, {"holder": "SOCIETE EXEMPLE", "rib": number}).status_code == 302
    made = BankAccount.objects.latest("pk")
    shown = signer.get(reverse("money-rib", args=[world.enterprise.uuid])).content.decode()
    assert made.masked in shown
    assert number not in shown
    assert "attend d'être confirmé" in shown


@pytest.mark.parametrize("wrong", ["", "123", "a" * 24, "0" * 24, "\x00" * 24, "9" * 24])
def test_a_wrong_account_is_refused_by_a_sentence(world: World, money: Money, wrong: str) -> None:
    before = BankAccount.objects.count()
    address = reverse("money-rib-propose", args=[world.enterprise.uuid])
    answer = client_of("sign").post(address, {"holder": "SOCIETE EXEMPLE", "rib": wrong})
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert (BankAccount.objects.count(), money.pending.state) == (before, "proposed")


def test_the_platform_itself_may_read_no_account(world: World) -> None:
    assert world.enterprise.pk
    with pytest.raises(Exception, match="rôle"):
        statement(system_actor("timer"), world.enterprise, timezone.now())
