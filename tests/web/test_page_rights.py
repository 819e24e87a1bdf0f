"""Who may do what on the pages, cell by cell: every address, every method, every caller, one's own and another's.

What is expected is written in `rights/pages.yaml`; an address without a row, or a row without an address, fails.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import get_resolver, reverse
from django.utils import timezone

from minassa.journal.models import Entry
from minassa.onestop.public import propose
from minassa.registry.public import actor_of
from minassa.registry.sign_ins import REFUSED, UNKNOWN
from minassa.web.access import PUBLIC, mark_of
from tests.onestop.world import task_of
from tests.registry.world import HASHERS
from tests.web.markets_world import FRESH, HIDDEN
from tests.web.money_world import reference
from tests.web.rights.asking import QUERIES, arguments
from tests.web.rights.scene import Scene, browser, make_scene
from tests.web.rights.sending import form
from tests.web.rights.table import SIGN_IN, Row, read
from tests.web.test_access import ALLAUTH, API, OTHERS, addresses, is_plain_redirection

pytestmark = pytest.mark.django_db
TABLE: Final = read()
FACTOR, AGAIN = "factor", "again"
OUTSIDE: Final = frozenset({SIGN_IN, FACTOR, "403", "404", "405"})
"""Outcomes of who was not let in."""
REFUSALS: Final = Q(kind__in=(REFUSED, UNKNOWN))
METHODS: Final = ("GET", "POST", "PUT", "DELETE")
VIEWS: Final = {
    entry.name: entry
    for route, entry in addresses(get_resolver())
    if not route.startswith(API) and (entry.name or not is_plain_redirection(entry))
}


@pytest.fixture(scope="module")
def scene(
    django_db_setup: None,  # noqa: ARG001 (the database must be there first)
    django_db_blocker: Any,  # noqa: ANN401 (pytest-django's own)
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Scene]:
    """Made once, in a transaction that is never committed; what a cell writes is undone before the next."""
    home = tmp_path_factory.mktemp("home")
    moved = override_settings(MINASSA_HOME=home, MINASSA_FILES=home / "files", PASSWORD_HASHERS=HASHERS)
    with django_db_blocker.unblock(), moved, transaction.atomic():
        yield make_scene()
        transaction.set_rollback(True)


def test_every_address_has_its_rows_and_every_row_its_address() -> None:
    assert {row.view for row in TABLE.rows} == set(VIEWS)


def test_no_kind_of_caller_stands_for_another_unsaid() -> None:
    columns: dict[tuple[str, ...], set[str]] = {}
    for caller in TABLE.callers:
        columns.setdefault(tuple(row.cells[caller] for row in TABLE.rows), set()).add(caller)
    alike = [{"nobody", "former"}]
    assert [column for column in columns.values() if len(column) > 1] == alike


LOCKED: Final = [row for row in TABLE.rows if mark_of(VIEWS[row.view].callback) not in {None, PUBLIC}]
"""Rows of pages behind the lock."""


@pytest.mark.parametrize("row", TABLE.rows, ids=str)
def test_each_caller_gets_what_the_table_says(scene: Scene, row: Row) -> None:
    wrong = []
    for caller in TABLE.callers:
        with transaction.atomic():
            wrong += _troubles(scene, row, caller)
            transaction.set_rollback(True)
    assert not wrong, "\n".join(wrong)


def _troubles(scene: Scene, row: Row, caller: str) -> list[str]:
    """What is wrong with what a caller got, with what was written, with what was shown."""
    _before(scene, row.variant)
    acts, told = _journal()
    answer = asked(scene, row.method, row, scene.browsers[caller])
    acts_after, told_after = _journal()
    got, written = outcome(answer), acts_after > acts
    wrong = [] if got == row.cells[caller] else [f"{caller}: {got}, not {row.cells[caller]}"]
    if told_after - told != (row in LOCKED and got in {"403", "404"}):
        wrong.append(f"{caller}: {got}, and the journal does not tell it as it is")
    if row.done is None and row.method == "POST" and written and got in OUTSIDE:
        wrong.append(f"{caller} was refused, and something is written")
    if row.done is not None and written != (caller in row.done):
        wrong.append(f"{caller}: written {written}")
    shown = text_of(answer)
    for marker, text in markers(scene).items():
        there = text in shown
        if marker in row.shows and there != (caller in row.shows[marker]):
            wrong.append(f"{caller}: {marker} shown {there}")
        if there and row.cells["visitor"] != "200" and caller not in TABLE.knows.get(marker, TABLE.callers):
            wrong.append(f"{caller} finds the {marker}")
    return wrong


def _journal() -> tuple[int, int]:
    """How many acts the journal holds, and how many refusals."""
    found = Entry.objects.aggregate(all=Count("pk"), refused=Count("pk", filter=REFUSALS))
    return found["all"] - found["refused"], found["refused"]


def _before(scene: Scene, variant: str) -> None:
    """What must have happened before."""
    maker = variant.removeprefix("proposed by ")
    if maker != variant:
        task = task_of(scene.alpha.case, "cnss")
        propose(actor_of(scene.accounts[maker]), task, favourable=True, ground="", data={}, at=timezone.now())


def asked(scene: Scene, method: str, row: Row, http: Client) -> HttpResponse:
    """The answer to one request; the browser keeps nothing of it."""
    address = reverse(row.view, kwargs=dict(arguments(scene, row.view, row.subject)))
    kept = http.cookies.get("sessionid")
    query = QUERIES[row.variant](scene) if row.variant in QUERIES else {}
    sent = form(scene, row.view, row.subject, row.variant) if method == "POST" else None
    answer: HttpResponse = getattr(http, method.lower())(address, query if method == "GET" else sent)
    http.cookies.clear()
    if kept is not None:
        http.cookies["sessionid"] = kept.value
    return answer


def outcome(answer: HttpResponse) -> str:
    """The status, or where the person was sent first."""
    if answer.status_code == 302:
        way = urlsplit(answer["Location"]).path
        if way == reverse("account_login"):
            return SIGN_IN
        if way == reverse("mfa_activate_totp"):
            return FACTOR
        if way in {reverse("account_reauthenticate"), reverse("mfa_reauthenticate")}:
            return AGAIN
    return str(answer.status_code)


def text_of(answer: HttpResponse) -> str:
    """What can be read in an answer; that of a workbook is in its parts."""
    content = b"".join(answer) if answer.streaming else answer.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            content = b"".join(parts.read(name) for name in parts.namelist())
    return content.decode("utf-8", "replace")


def markers(scene: Scene) -> dict[str, str]:
    """By what each thing is recognised."""
    sides = {"alpha": scene.alpha, "beta": scene.beta}
    found = {"person of beta": "Zoé FICTIVE", "request": "DEMANDE FICTIVE"}
    for name, side in sides.items():
        found[f"name of {name}"] = side.enterprise.name
        found[f"case of {name}"] = side.case.reference
        found[f"draft of {name}"] = side.draft.reference
        found[f"payable of {name}"] = reference(side.enterprise, "payable")
        found[f"right of {name}"] = reference(side.enterprise, "proposed")
        found[f"claim of {name}"] = side.claims[""].reference
        found[f"file of {name}"] = f"DS_{side.enterprise.affiliation:07d}_"
    found["answer of alpha"] = "Confidence-EXEMPLE"
    found["new lead"], found["name of a confidential lead"] = FRESH, HIDDEN
    found["convention of alpha"] = scene.objects["conventions"].in_force.reference
    found["signed claim of alpha"] = scene.alpha.claims["signed"].reference
    return found


OURS: Final = sorted({row.view for row in TABLE.rows} - ALLAUTH - OTHERS)


@pytest.mark.parametrize("view", OURS)
def test_a_method_without_row_is_refused_to_everyone(scene: Scene, view: str) -> None:
    rows = [row for row in TABLE.rows if row.view == view]
    for method in set(METHODS) - {row.method for row in rows}:
        for caller in ("visitor", "administrator"):
            with transaction.atomic():
                assert outcome(asked(scene, method, rows[0], scene.browsers[caller])) == "405", (method, caller)
                transaction.set_rollback(True)


@pytest.mark.parametrize("caller", ["signer", "cnss", "administrator"])
def test_whoever_needs_a_second_factor_and_has_none_is_let_in_nowhere(scene: Scene, caller: str) -> None:
    with transaction.atomic():
        Authenticator.objects.filter(user=scene.accounts[caller]).delete()
        http = browser(scene.accounts[caller], factor=False)
        found = {str(row): outcome(asked(scene, row.method, row, http)) for row in LOCKED}
        transaction.set_rollback(True)
    assert found == dict.fromkeys(found, FACTOR)


@pytest.mark.parametrize("caller", ["signer", "cnss", "administrator"])
def test_a_closed_account_is_a_visitor_everywhere(scene: Scene, caller: str) -> None:
    with transaction.atomic():
        account = scene.accounts[caller]
        type(account).objects.filter(pk=account.pk).update(is_active=False)
        found = {str(row): outcome(asked(scene, row.method, row, scene.browsers[caller])) for row in LOCKED}
        transaction.set_rollback(True)
    assert found == dict.fromkeys(found, SIGN_IN)
