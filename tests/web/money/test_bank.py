"""The bank's answers given from a page, and the screen of reconciliation: bad files are answered by a sentence."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from minassa.ledger.models import BankEntry, BankFile
from minassa.ledger.public import LARGEST_BANK_FILE, findings
from minassa.ledger.reasons import REFUSALS
from minassa.simulators.bank_messages import STATEMENT, Movement, Ordered, account_message
from tests.web.cases.people import client_of
from tests.web.money_world import Money

pytestmark = pytest.mark.django_db
NS = b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:%s"/>'
BAD: Mapping[str, bytes] = {
    "not-xml": b"\xff\xfe\x00 EXEMPLE"[3:],
    "encoding": "é".encode("utf-16"),
    "doctype": b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
    "not-a-message": b"<html>EXEMPLE</html>",
    "empty": NS % b"camt.053.001.08",
}


def given(client: Client, content: bytes) -> list[tuple[str, str]]:
    """Give a file: the tone and the words of what the next page says."""
    file = SimpleUploadedFile("reponse.xml", content)
    answer = client.post(reverse("money-bank-receive"), {"files": file}, follow=True)
    assert answer.status_code == 200
    return [(one.level_tag, str(one)) for one in answer.context["messages"]]


@pytest.mark.parametrize("code", BAD)
@pytest.mark.usefixtures("money")
def test_a_bad_file_is_answered_by_a_sentence(code: str) -> None:
    assert given(client_of("mtnra"), BAD[code]) == [("error", str(REFUSALS[code]))]
    assert BankFile.objects.latest("pk").refusal == code


@pytest.mark.usefixtures("money")
def test_a_file_that_is_too_large_is_not_read_whole() -> None:
    said = given(client_of("mtnra"), b" " * (LARGEST_BANK_FILE + 10))
    assert said == [("error", str(REFUSALS["too-large"]))]
    assert BankFile.objects.latest("pk").size == LARGEST_BANK_FILE + 1


@pytest.mark.usefixtures("money")
def test_no_file_is_said() -> None:
    answer = client_of("mtnra").post(reverse("money-bank-receive"), follow=True)
    assert [one.level_tag for one in answer.context["messages"]] == ["error"]


def test_a_statement_matches_orders_and_the_same_again_changes_nothing(money: Money) -> None:
    orders = list(money.sent.orders.filter(entitlement__reference__endswith="-at-bank"))
    movements = [Movement(Ordered(money.sent.number, one.number, one.net), f"T{one.pk}", one.net) for one in orders]
    content = account_message(STATEMENT, "TEST-S", movements, timezone.now())
    officer = client_of("mtnra")
    for _ in range(2):
        assert [tone for tone, _words in given(officer, content)] == ["success"]
    assert {one.state for one in money.sent.orders.filter(pk__in=[one.pk for one in orders])} == {"paid"}
    assert BankEntry.objects.filter(order__in=orders, outcome="paid").count() == len(orders)


@pytest.mark.parametrize("view", ["a-regler", "attente", "rejetes", "rapproches", "fichiers", "zzz"])
def test_each_list_counts_what_it_shows(money: Money, view: str) -> None:
    answer = client_of("mtnra").get(reverse("money-bank"), {"vue": view})
    counts = {code: many for code, _label, many in answer.context["views"]}
    assert len(answer.context["rows"]) == counts[answer.context["view"]] > 0
    assert money.finding.pk


def test_a_rejected_order_says_why_in_words(money: Money) -> None:
    assert money.sent.pk
    shown = client_of("mtnra").get(reverse("money-bank"), {"vue": "rejetes"}).content.decode()
    assert "Le compte est clos" in shown


def test_a_finding_is_settled_with_a_ground_and_leaves_the_list(money: Money) -> None:
    officer, address = client_of("mtnra"), reverse("money-finding-settle", args=[money.finding.pk])
    many = findings().count()
    assert officer.post(address, {"ground": "  "}).status_code == 302
    assert findings().count() == many
    assert officer.post(address, {"ground": "Erreur EXEMPLE de la banque"}).status_code == 302
    assert findings().count() == many - 1
    said = officer.post(address, {"ground": "Encore"}, follow=True).context["messages"]
    assert [one.level_tag for one in said][-1] == "error"
