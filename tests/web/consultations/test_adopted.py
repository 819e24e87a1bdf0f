"""What everyone reads of adopted recommendations: kinds and numbers alone, none where few spoke, no word of a firm."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from minassa.commitments.models import Recommendation
from minassa.commitments.public import Draft, Origin, decide, draft, propose
from minassa.consultations.public import ask
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor, committee_actor
from minassa.web.chain import origins as registered
from minassa.web.chain.origins import OriginKind, Origins, tallied
from tests.onestop.world import World, make_world
from tests.web.consultations_world import firms, wanted
from tests.web.public.conftest import workspace  # noqa: F401 (a fixture)

PAGE = "/fr/du-terrain-a-la-decision/adoptees/"
FEWEST = 3


@pytest.fixture
def world(db: None, settings: Settings, workspace: Path) -> World:  # noqa: F811 (the fixture)
    del db
    settings.MINASSA_HOME = workspace
    return make_world()


def asked(number: int, now: datetime) -> list[Origin]:
    """As many requests, each of another firm."""
    return [
        Origin("request", str(ask(who, firm, "jobs", f"Objet SECRET {firm.pk}", "Texte SECRET", now).uuid))
        for firm, who in firms(number)
    ]


def made_of(secretary: Actor, said: Draft, origins: list[Origin]) -> Recommendation:
    """A recommendation that a committee adopted for a ground."""
    now = timezone.now()
    row = draft(secretary, said, origins, now)
    propose(secretary, row, now)
    decide(committee_actor("CTO-2026-0009/1", ("x",)), row, "Motif SECRET", now, adopted=True)
    return row


def lines(client: Client, query: str = "") -> list[dict[str, str]]:
    text = client.get(f"{PAGE}?format=csv{query}").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_before_the_first_the_page_says_so(world: World, client: Client) -> None:
    assert world.enterprise.pk
    assert "encore adoptée" in client.get(PAGE).text
    assert "ne répond à ces filtres" in client.get(f"{PAGE}?etat=reached&origine=x").text
    assert lines(client) == []


def test_what_is_adopted_alone_is_told_and_never_who_spoke(world: World, client: Client) -> None:
    now = timezone.now()
    every = asked(FEWEST, now)
    few, many = made_of(world.secretary, wanted(now, "Peu"), every[:2]), made_of(world.secretary, wanted(now), every)
    waiting = draft(world.secretary, wanted(now, "En attente"), every, now)
    page = client.get(PAGE)
    assert page.status_code == 200
    assert not page.cookies
    text = html.unescape(page.text)
    assert few.reference in text
    assert waiting.reference not in text
    assert "SECRET" not in text
    assert not any(firm.name in text for firm in Enterprise.objects.all())
    assert all(one.number not in text for one in every)
    told = {line["reference"]: line["origines"] for line in lines(client)}
    assert told == {
        few.reference: "Demande d'une entreprise : nombre non montré",
        many.reference: "Demande d'une entreprise : 3",
    }
    assert len(lines(client, "&origine=request")) == 2
    assert lines(client, "&origine=poll") == []
    assert [line["reference"] for line in lines(client, "&sort=adopted")] == [few.reference, many.reference]


def test_many_words_of_one_firm_are_those_of_one(world: World, client: Client) -> None:
    now, firm = timezone.now(), Enterprise.objects.get(pk=world.enterprise.pk)
    said = [ask(world.preparer, firm, "jobs", f"Objet {rank}", "Texte", now) for rank in range(4)]
    made_of(world.secretary, wanted(now), [Origin("request", str(one.uuid)) for one in said])
    assert lines(client)[0]["origines"].endswith("nombre non montré")


def test_a_value_cut_fine_is_not_told_to_everyone(world: World, client: Client) -> None:
    now = timezone.now()
    whole = made_of(world.secretary, wanted(now), [])
    cut = made_of(world.secretary, replace(wanted(now), filters={"filiere": 2}), [])
    told = {line["reference"]: line["mesure"] for line in lines(client)}
    assert told[whole.reference]
    assert told[cut.reference] == ""
    assert "réservé à qui lit les indicateurs" in html.unescape(client.get(PAGE).text)


@contextmanager
def kinds(*some: OriginKind) -> Iterator[None]:
    with patch.object(registered.Origins, "_known", {one.code: one for one in some}):
        yield


@given(st.lists(st.tuples(st.sampled_from(["a", "b"]), st.integers(0, 6)), max_size=20), st.integers(2, 6))
def test_no_number_is_told_of_what_fewer_than_the_threshold_said(said: list[tuple[str, int]], fewest: int) -> None:
    """Of a kind `a`, each firm speaks in the things whose number has its rest by three; `b` is put to every firm."""
    one = OriginKind("a", "a", lambda _actor, _number: None, lambda numbers: len({int(n) % 3 for n in numbers}))
    common = OriginKind("b", "b", lambda _actor, _number: None)
    origins = [{"kind": kind, "number": str(number)} for kind, number in said]
    with kinds(one, common):
        found = {each.kind: each.number for each in tallied([*origins, {"kind": "gone", "number": "1"}], fewest)}
    numbers = {kind: {number for code, number in said if code == kind} for kind in ("a", "b")}
    assert set(found) == {kind for kind, some in numbers.items() if some}
    assert found.get("b") == (len(numbers["b"]) or None)
    if found.get("a") is not None:
        assert found["a"] == len(numbers["a"])
        assert len({number % 3 for number in numbers["a"]}) >= fewest
    assert "gone" not in Origins.all()
