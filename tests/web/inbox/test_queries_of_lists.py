"""How much the database is asked for a page of a list: six queries at most, session and rights included."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from minassa.onestop.models import Case, Task
from minassa.registry.models import Body, Enterprise, Role
from tests.onestop.world import World, appointed
from tests.web.cases.people import client_of, now_submitted

pytestmark = pytest.mark.django_db

MOST = 6
COPIES = 80

LISTS = {
    "commune": ("/fr/bannette/", "/fr/dossiers/", "/api/v1/cases", "/api/v1/tasks"),
    "commune-chef": ("/fr/bannette/", "/fr/dossiers/"),
    "parc": ("/fr/bannette/", "/fr/dossiers/", "/api/v1/cases"),
    "secretariat": ("/fr/bannette/a-decider/", "/fr/dossiers/", "/api/v1/cases"),
    "prepare": ("/fr/dossiers/", "/api/v1/cases"),
}
FILTERS = (
    "",
    "etat=in_review",
    "etat=open",
    "demarche=membership",
    "lieu=101",
    "echeance=proche",
    "attribution=personne",
    "attribution=moi",
    "reference=adh",
    "etat=answered",
)
SEARCHED = ("société exemple", "exemple", "exempla", "ADH-2026-0", "fictif zoé", "QZ777777", "inconnu au bataillon")


@pytest.fixture
def crowd(world: World) -> World:
    """One case submitted as people do, and many that are like it."""
    manager = Body.objects.get(code="casanearshore-manager")
    appointed("parc", manager, Role.PARK_MANAGER)
    Enterprise.objects.filter(pk=world.enterprise.pk).update(search="societe exemple 000000000000097")
    case = now_submitted(world)
    tasks = list(case.tasks.all())
    tasks.append(
        Task.objects.create(case=case, step="visit", body=manager, opened_at=case.opened_at, due_at=tasks[0].due_at)
    )
    copies = [_copy_of(case, rank) for rank in range(COPIES)]
    Case.objects.bulk_create(copies)
    Task.objects.bulk_create(_task_of(copy, task) for copy in copies for task in tasks)
    Case.objects.filter(pk__in=[copy.pk for copy in copies[::2]]).update(state="to_decide")
    return world


def _copy_of(case: Case, rank: int) -> Case:
    copy = Case.objects.get(pk=case.pk)
    copy.pk, copy.uuid, copy.reference = None, uuid.uuid4(), f"ADH-2026-9{rank:06}"
    return copy


def _task_of(case: Case, task: Task) -> Task:
    copy = Task.objects.get(pk=task.pk)
    copy.pk, copy.case = None, case
    return copy


def _asked(client: Client, address: str) -> tuple[int, object]:
    """How many queries an address costs, and what it answers."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code == 200, address
    return len(queries), answer


def _pages(client: Client, address: str) -> Iterator[tuple[int, int]]:
    """The queries and the rows of each page of a list, from the first to the last."""
    name, cursor = ("cursor", "") if address.startswith("/api") else ("after", "")
    while True:
        sign = "&" if "?" in address else "?"
        number, answer = _asked(client, f"{address}{sign}{name}={cursor}" if cursor else address)
        if name == "cursor":
            said = answer.json()  # type: ignore[attr-defined]
            rows, cursor = len(said["items"]), said["next"]
        else:
            rows, cursor = len(answer.context["rows"]), answer.context["next"]  # type: ignore[attr-defined]
        yield number, rows
        if not cursor:
            return


@pytest.mark.parametrize(("who", "address"), [(who, address) for who, found in LISTS.items() for address in found])
def test_a_page_of_a_list_asks_little_at_any_depth(crowd: World, who: str, address: str) -> None:
    assert crowd.enterprise.pk
    client = client_of(who)
    client.get(address)
    pages = list(_pages(client, address))
    assert len(pages) >= 2
    assert sum(rows for _number, rows in pages) >= COPIES // 2
    assert max(number for number, _rows in pages) <= MOST, pages
    assert pages[-1][0] <= pages[0][0]


@pytest.mark.parametrize("who", ["commune", "commune-chef", "parc", "secretariat", "prepare"])
def test_a_filter_costs_no_query(crowd: World, who: str) -> None:
    assert crowd.enterprise.pk
    client = client_of(who)
    for address in (each for each in LISTS[who] if each.startswith("/fr")):
        client.get(address)
        for asked in FILTERS:
            number, _answer = _asked(client, f"{address}?{asked}")
            assert number <= MOST, (address, asked)


@pytest.mark.parametrize(
    ("who", "most"), [("commune", 6), ("commune-chef", 7), ("parc", 6), ("secretariat", 14), ("prepare", 13)]
)
def test_a_first_page_asks_little(crowd: World, who: str, most: int) -> None:
    assert crowd.enterprise.pk
    client = client_of(who)
    client.get("/fr/accueil/")
    assert _asked(client, "/fr/accueil/")[0] <= most


@pytest.mark.parametrize(("who", "most"), [("commune", 15), ("secretariat", 14), ("prepare", 15)])
def test_the_page_of_a_case_asks_whether_one_works_on_it_once(crowd: World, who: str, most: int) -> None:
    case = Case.objects.filter(enterprise=crowd.enterprise).earliest("pk")
    client, address = client_of(who), f"/fr/dossiers/{case.uuid}/"
    client.get(address)
    assert _asked(client, address)[0] <= most


@pytest.mark.parametrize("who", ["commune", "commune-chef", "parc", "secretariat"])
def test_a_search_asks_little_whatever_it_finds(crowd: World, who: str) -> None:
    assert crowd.enterprise.pk
    client = client_of(who)
    client.get("/fr/recherche/?q=rien")
    for text in SEARCHED:
        number, answer = _asked(client, f"/fr/recherche/?q={text}")
        assert number <= MOST, text
        assert answer.context["found"].total or text in {"fictif zoé", "QZ777777", "inconnu au bataillon"}  # type: ignore[attr-defined]


@pytest.mark.parametrize(("address", "module"), [("/fr/dossiers/", "cases.lists"), ("/fr/bannette/", "inbox.queue")])
def test_a_file_is_bounded_and_the_page_says_so(
    crowd: World, monkeypatch: pytest.MonkeyPatch, address: str, module: str
) -> None:
    assert crowd.enterprise.pk
    client = client_of("commune")
    assert "10\u202f000</bdi> lignes au plus" in client.get(address).text
    monkeypatch.setattr(f"minassa.web.{module}.MOST", 30)
    monkeypatch.setattr(f"minassa.web.{module}.BATCH", 20)
    number, answer = _asked(client, f"{address}?format=csv&demarche=membership")
    assert len(answer.content.decode().splitlines()) == 31  # type: ignore[attr-defined]
    assert number <= MOST + 1
