"""How much the database is asked for a page of money: eight queries at most, however many rows there are."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from minassa.ledger.models import Entitlement
from tests.web.cases.people import client_of
from tests.web.money_world import Money

pytestmark = pytest.mark.django_db
MOST = 8
MORE = {"money-state": 11}
"""The accounts read credits, rights, sums given back, and each of five classes of age."""
COPIES = 130
LISTS = (
    "money-state",
    "money-envelopes",
    "money-entitlements",
    "money-batches",
    "money-bank",
    "money-accounts",
    "money-recoveries",
    "money-batch-new",
)


@pytest.fixture
def crowd(money: Money) -> Money:
    """Many entitlements that are like one another, not committed yet."""
    like = Entitlement.objects.get(pk=money.right(money.recovery.enterprise, "no-credits").pk)
    Entitlement.objects.bulk_create(
        Entitlement(
            reference=f"COPIE-{rank:04}",
            enterprise_id=like.enterprise_id,
            measure=like.measure,
            budget_year=like.budget_year,
            body=like.body,
            amount=1_000 + rank,
        )
        for rank in range(COPIES)
    )
    return money


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_little(crowd: Money, name: str) -> None:
    client, address = client_of("mtnra"), reverse(name)
    assert crowd.sent.pk
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    assert len(queries) <= MORE.get(name, MOST), [each["sql"][:120] for each in queries.captured_queries]


@pytest.mark.parametrize("sort", ["", "amount", "-amount", "left", "-payable", "zzz"])
def test_pages_hold_every_row_once_in_the_order_asked(crowd: Money, sort: str) -> None:
    client, address, seen, after = client_of("mtnra"), reverse("money-entitlements"), list[int](), ""
    assert crowd.sent.pk
    for _ in range(20):
        answer = client.get(address, {"sort": sort, "after": after})
        seen += [one.pk for one, _measure, _pieces in answer.context["rows"]]
        after = answer.context["page"].next
        if not after:
            break
    assert sorted(seen) == sorted(Entitlement.objects.values_list("pk", flat=True))
    if sort.endswith("amount"):
        amounts = dict(Entitlement.objects.values_list("pk", "amount"))
        assert [amounts[pk] for pk in seen] == sorted(amounts.values(), reverse=sort.startswith("-"))


@pytest.mark.parametrize(
    "query", ["after=zzz", "after=9.9.9", "etat=zzz", "annee=99999", "q=%00", "q=" + "a+" * 50, "mesure=zzz"]
)
def test_an_address_that_means_nothing_shows_a_page(crowd: Money, query: str) -> None:
    assert crowd.sent.pk
    assert client_of("mtnra").get(f"{reverse('money-entitlements')}?{query}").status_code == 200


def test_filters_keep_what_they_say(crowd: Money) -> None:
    assert crowd.sent.pk
    client, address = client_of("mtnra"), reverse("money-entitlements")
    wanted = {
        "paye": Entitlement.objects.filter(settled=F("amount")),
        "suspendu": Entitlement.objects.filter(suspended__gt=0),
        "banque": Entitlement.objects.filter(ordered__gt=F("settled")),
    }
    for name, rows in wanted.items():
        found = client.get(address, {"etat": name}).context["rows"]
        assert {one.pk for one, _measure, _pieces in found} == set(rows.values_list("pk", flat=True)) != set()
