"""Pages of payment batches: proposed, validated by another hand, refused; the file is the same each time."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from minassa.ledger.models import PaymentBatch, PaymentOrder
from minassa.ledger.public import check_ledger
from minassa.registry.models import Enterprise
from tests.web.cases.people import client_of
from tests.web.money_world import AMOUNTS, Money

pytestmark = pytest.mark.django_db


def address(name: str, batch: PaymentBatch) -> str:
    return reverse(name, args=[batch.number])


def test_what_is_due_is_shown_with_what_waits_and_why(money: Money) -> None:
    answer = client_of("mtnra").get(reverse("money-batch-new"))
    assert money.finding.pk
    ready = {one.reference.rpartition("-")[2] for one in answer.context["ready"]}
    assert ready == {"payable", "suspended", "rejected"}
    codes = {one.code for one in answer.context["left_out"]}
    assert codes == {"no-credits", "suspended", "account-pending"}
    shown = answer.content.decode()
    for one in answer.context["left_out"]:
        assert one.reason
        assert one.reference in shown


def test_a_run_is_proposed_once_whatever_is_sent_twice(money: Money) -> None:
    officer, key = client_of("mtnra"), uuid.uuid4()
    before = PaymentBatch.objects.count()
    for _ in range(2):
        assert officer.post(reverse("money-batch-propose"), {"key": key}).status_code == 302
    assert PaymentBatch.objects.count() == before + 1
    batch = PaymentBatch.objects.latest("pk")
    firm = Enterprise.objects.order_by("pk")[0]
    amounts = dict(batch.orders.values_list("entitlement__reference", "gross"))
    assert amounts[money.right(firm, "payable").reference] == AMOUNTS["payable"]
    assert amounts[money.right(firm, "suspended").reference] == AMOUNTS["suspended"] - 12_000_00


@pytest.mark.parametrize("key", ["", "zzz", "\x00"])
def test_a_run_without_key_proposes_nothing(money: Money, key: str) -> None:
    before = PaymentBatch.objects.count()
    assert client_of("mtnra").post(reverse("money-batch-propose"), {"key": key}).status_code == 302
    assert (PaymentBatch.objects.count(), money.proposed.state) == (before, "proposed")


def test_who_proposed_is_told_that_another_must_decide(money: Money) -> None:
    officer = client_of("mtnra")
    shown = officer.get(address("money-batch", money.proposed)).content.decode()
    assert "une autre personne doit le valider ou le refuser" in shown
    assert address("money-batch-validate", money.proposed) not in shown
    answer = officer.post(address("money-batch-validate", money.proposed))
    assert answer.status_code == 422
    assert "une autre personne doit le valider ou le refuser" in answer.content.decode()
    money.proposed.refresh_from_db()
    assert money.proposed.state == "proposed"


def test_another_hand_validates_and_takes_the_same_file_each_time(money: Money) -> None:
    chief = client_of("mtnra-chef")
    assert chief.post(address("money-batch-validate", money.proposed)).status_code == 302
    files = [chief.post(address("money-batch-send", money.proposed)) for _ in range(2)]
    assert files[0].content == files[1].content
    assert b"pain.001.001.09" in files[0].content
    assert files[0]["Content-Disposition"] == f'attachment; filename="{money.proposed.number}-pain.001.xml"'
    money.proposed.refresh_from_db()
    assert money.proposed.state == "sent"
    assert check_ledger() == []


def test_a_refused_batch_frees_what_it_held(money: Money) -> None:
    chief = client_of("mtnra-chef")
    assert chief.post(address("money-batch-refuse", money.proposed), {"ground": " "}).status_code == 422
    assert chief.post(address("money-batch-refuse", money.proposed), {"ground": "Montant EXEMPLE"}).status_code == 302
    assert set(money.proposed.orders.values_list("state", flat=True)) == {PaymentOrder.State.REFUSED}
    shown = chief.get(address("money-batch", money.proposed)).content.decode()
    assert "Montant EXEMPLE" in shown
    answer = chief.post(address("money-batch-validate", money.proposed))
    assert answer.status_code == 422
    assert "n&#x27;attend plus de décision" in answer.content.decode()


def test_a_batch_that_nobody_validated_has_no_file(money: Money) -> None:
    answer = client_of("mtnra-chef").post(address("money-batch-send", money.proposed))
    assert answer.status_code == 422
    assert "Ce lot n&#x27;a pas de fichier" in answer.content.decode()
