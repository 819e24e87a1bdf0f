"""Pages of credits: opened, changed, carried over, by the one who may; refused by a sentence, never by an error."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from minassa.ledger.models import Envelope, EnvelopeChange
from tests.web.cases.people import client_of
from tests.web.money_world import OPENED, Money

pytestmark = pytest.mark.django_db
GROUND = "Loi de finances EXEMPLE"


def opened(client: Client, **changed: object) -> tuple[int, str]:
    """Send the form that opens credits: the status, and what the page says."""
    form = {"measure": "paf", "budget_year": 2026, "amount": "1 000,50", "ground": GROUND, "key": uuid.uuid4()}
    answer = client.post(reverse("money-envelope-open"), {**form, **changed})
    return answer.status_code, answer.content.decode()


def test_credits_are_opened_once_whatever_is_sent_twice(money: Money) -> None:
    chief, key = client_of("mtnra-chef"), uuid.uuid4()
    assert opened(chief, key=key)[0] == 302
    assert opened(chief, key=key)[0] == 302
    found = Envelope.objects.get(measure="paf")
    assert (found.authorised, found.body, found.changes.count()) == (100_050, money.envelope.body, 1)


def test_credits_that_are_open_are_not_opened_again(money: Money) -> None:
    status, said = opened(client_of("mtnra-chef"), measure="pae", budget_year=money.envelope.budget_year)
    assert status == 422
    assert "Ces crédits sont déjà ouverts" in said


@pytest.mark.parametrize(
    ("field", "value"),
    [("amount", "beaucoup"), ("amount", "-5"), ("amount", "0"), ("ground", " "), ("key", "zzz"), ("measure", "xyz"),
     ("budget_year", "9" * 30), ("amount", "9" * 39), ("ground", "a\x00b")],
)  # fmt: skip
@pytest.mark.usefixtures("money")
def test_a_form_that_says_nothing_sensible_opens_nothing(field: str, value: str) -> None:
    status, said = opened(client_of("mtnra-chef"), **{field: value})
    assert status == 422
    assert "Rien n&#x27;a été enregistré" in said or "Rien n'a été enregistré" in said
    assert not Envelope.objects.filter(measure="paf").exists()


def test_an_envelope_shows_what_is_committed_paid_and_left(money: Money) -> None:
    answer = client_of("secretariat").get(reverse("money-envelope", args=[money.envelope.pk]))
    row = answer.context["row"]
    assert row.envelope.authorised == OPENED
    assert 0 < row.paid < row.envelope.committed < OPENED
    assert sum(piece.width for piece in row.pieces) <= 1_000
    assert "Changer ces crédits" not in answer.content.decode()


def change(client: Client, envelope: Envelope, way: str, amount: str) -> tuple[int, str]:
    form = {"way": way, "amount": amount, "ground": GROUND, "key": uuid.uuid4()}
    answer = client.post(reverse("money-envelope-change", args=[envelope.pk]), form)
    return answer.status_code, answer.content.decode()


def test_credits_are_added_and_taken_out_never_below_what_is_committed(money: Money) -> None:
    chief = client_of("mtnra-chef")
    assert change(chief, money.envelope, "plus", "1000")[0] == 302
    assert change(chief, money.envelope, "moins", "500")[0] == 302
    status, said = change(chief, money.envelope, "moins", "5000000")
    assert status == 422
    assert "on ne retire que ce qui est disponible" in said
    money.envelope.refresh_from_db()
    assert money.envelope.authorised == OPENED + 50_000


def test_nothing_is_carried_over_while_no_rule_says_so(money: Money) -> None:
    sent = {"ground": GROUND, "key": uuid.uuid4()}
    answer = client_of("mtnra-chef").post(reverse("money-envelope-carry", args=[money.envelope.pk]), sent, follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["warning"]
    assert not EnvelopeChange.objects.filter(kind="carried_out").exists()


@pytest.mark.parametrize("wanted", ["csv", "xlsx"])
def test_the_list_is_a_file_whose_amounts_add_up(money: Money, wanted: str) -> None:
    answer = client_of("secretariat").get(reverse("money-envelopes"), {"format": wanted})
    assert answer["Content-Disposition"].endswith(f'.{wanted}"')
    if wanted == "csv":
        assert f"{money.envelope.authorised // 100},00" in answer.content.decode("utf-8-sig")
