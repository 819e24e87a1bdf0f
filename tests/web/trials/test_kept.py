"""Pages of reforms that are kept: from the levers to a page of their own, changed, copied, side by side, exported."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from lxml import html

from minassa.reforms.models import Comment, Reform, Revision
from tests.web.trials.test_pages import analyst

__all__ = ["analyst"]
pytestmark = pytest.mark.django_db
KEPT = "/fr/essais/reformes/"


def parsed(content: bytes) -> Any:  # noqa: ANN401 - lxml's elements
    return html.fromstring(content.decode())


def kept(client: Client, query: str, name: str) -> Reform:
    """Keep what an address asks, as its page offers it."""
    page = parsed(client.get(f"/fr/essais/?{query}").content)
    (link,) = page.xpath("//a[contains(., 'Enregistrer la réforme')]/@href")
    form = parsed(client.get(link).content).xpath("//form[@class='reform-form']")[0]
    answer = client.post(link, {**dict(form.form_values()), "name": name, "reasons": "Raison EXEMPLE."})
    assert answer.status_code == 302
    return Reform.objects.get(uuid=answer["Location"].split("/")[-2])


def test_a_reform_is_kept_changed_duplicated_and_argued(analyst: Client) -> None:
    reform = kept(analyst, "pae_rate=2500", "Un quart (exemple)")
    address = f"{KEPT}{reform.uuid}/"
    page = parsed(analyst.get(address).content)
    assert page.xpath("//h1")[0].text_content().strip() == "Un quart (exemple)"
    assert page.xpath("//p[@class='told']//bdi")

    (change,) = page.xpath("//a[contains(., 'Changer')]/@href")
    levers = parsed(analyst.get(change).content)
    assert levers.xpath("//input[@name='pae_rate'][@type='number']/@value") == ["2500"]
    assert levers.xpath("//input[@name='reforme']/@value") == [str(reform.uuid)]
    sent = {"name": "Un quart, 12 mois", "leviers": "pae_rate=2500&pae_stay_months=12", "revision": "1"}
    assert analyst.post(f"{address}changer/", sent)["Location"] == address
    assert analyst.post(f"{address}changer/", {**sent, "name": "Trop tard"}).status_code == 422

    (copy,) = parsed(analyst.get(address).content).xpath("//a[contains(., 'Dupliquer')]/@href")
    assert parse_qs(urlsplit(copy).query)["copie"] == [str(Revision.objects.get(number=2).pk)]
    form = parsed(analyst.get(copy).content).xpath("//form[@class='reform-form']")[0]
    analyst.post(copy, {**dict(form.form_values()), "name": "Copie (exemple)"})
    assert str(Reform.objects.latest("pk").copied_from) == f"{reform.pk} r2"

    analyst.post(f"{address}commenter/", {"text": "Trop cher ?"})
    analyst.post(f"{address}commenter/", {"text": "   "})
    assert [said.text for said in Comment.objects.all()] == ["Trop cher ?"]
    assert "Trop cher ?" in analyst.get(address).content.decode()
    assert "Un quart (exemple)" in parsed(analyst.get(f"{address}?version=1").content).xpath("//h1")[0].text_content()
    assert analyst.get(f"{address}?version=9").status_code == 404


def test_two_reforms_stand_side_by_side_on_the_same_declarations(analyst: Client) -> None:
    first, second = kept(analyst, "pae_rate=2500", "Premier"), kept(analyst, "air_cap.casanearshore=1500", "Second")
    page = parsed(analyst.get(f"{KEPT}cote-a-cote/?r={first.uuid}&r={second.uuid}&r=x&r={first.uuid}").content)
    alone = parsed(analyst.get("/fr/essais/?air_cap.casanearshore=1500").content)
    (told,) = alone.xpath("//p[@class='told']/strong[last()]")
    whole = page.xpath("//caption[contains(., 'En tout')]/..//tbody/tr/td")
    assert len(whole) == 3
    assert whole[2].text_content() == told.text_content()
    assert "Choisissez" in analyst.get(f"{KEPT}cote-a-cote/?r={first.uuid}").content.decode()


def test_the_list_is_filtered_sorted_and_exported(analyst: Client) -> None:
    kept(analyst, "pae_rate=2500", "Premier")
    kept(analyst, "pae_stay_months=12", "Second")
    rows = parsed(analyst.get(f"{KEPT}?sort=name&q=e").content).xpath("//tbody//th//a")
    assert [row.text_content() for row in rows] == ["Premier", "Second"]
    assert "Aucune réforme ne répond" in analyst.get(f"{KEPT}?q=zzz&de=moi&after=x").content.decode()
    table = analyst.get(f"{KEPT}?format=csv&q=second").content.decode("utf-8-sig").splitlines()
    assert (len(table), "pae_stay_months=12" in table[1]) == (2, True)
