"""What every test shares: how Hypothesis draws, where the browser is, a database for the upper half."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import django
import pytest
from django.db import connection, connections
from hypothesis import HealthCheck, settings

import minassa
from minassa.hosting.testing import django_settings, provide_database, test_folder
from minassa.web.translations.catalogues import compile_all

# No deadline: a busy machine is not a wrong result. No memory of earlier failures: what fails must fail for everyone.
settings.register_profile("minassa", deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("minassa")

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minassa.web.settings")
with pytest.MonkeyPatch.context() as patch:
    # The settings read it once, now; tests of the command must not find it set.
    patch.setenv("MINASSA_HOME", str(test_folder() / "home"))
    django.setup()

LONGEST = (
    "tests/web/test_page_rights.py",
    "tests/web/test_every_page.py",
    "tests/web/test_every_page_arabic.py",
    "tests/web/journeys/test_whole_way.py",
    "tests/web/journeys/test_session.py",
    "tests/web/journeys/test_money.py",
    "tests/web/journeys/test_claims.py",
    "tests/web/journeys/test_deposit_to_payment.py",
    "tests/simulators/test_story.py",
)
"""Files that take a minute or more, the longest first: begun last, one of them would keep a core idle beside it."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
UPPER = {
    "statements",
    "journal",
    "registry",
    "intake",
    "ledger",
    "reforms",
    "onestop",
    "claims",
    "conventions",
    "training",
    "exports",
    "surveys",
    "platforms",
    "commissions",
    "ventures",
    "visas",
    "governance",
    "web",
    "simulators",
}


def empty(usual: Callable[[Iterable[str]], None], sql_list: Iterable[str]) -> None:
    """Empty the tables with their triggers asleep; a failure wakes them too, for it undoes the transaction."""
    asleep, awake = (f"SET session_replication_role = {role}" for role in ("replica", "origin"))
    usual([asleep, *sql_list, awake])


def pytest_sessionstart() -> None:
    """Pages are read in three languages: what Django reads is compiled from what is written."""
    compile_all(Path(minassa.__file__).parent)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, whatever order was drawn for the others."""
    ranks = {name: rank for rank, name in enumerate(LONGEST)}
    items.sort(key=lambda item: ranks.get(item.nodeid.partition("::")[0], len(ranks)))


def pytest_collect_directory(path: Path) -> None:
    """Before the first test of the upper half is read: a server, and Django on a database that is not made yet."""
    if path.name not in UPPER or path.parent.name != "tests":
        return
    address = provide_database()
    # The settings were loaded before any server was there: they hear of it by this.
    connection.settings_dict.update(django_settings(address))
    # Threads of a live server must leave no link behind: it would hold tables, and the database at the end.
    connections.settings["default"]["CONN_MAX_AGE"] = 0
    # Tests that commit are cleaned up after: the tables that refuse it are emptied as well.
    connection.ops.execute_sql_flush = partial(empty, connection.ops.execute_sql_flush)  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def browser_program() -> str:
    """Path of the machine's own Chromium, for Playwright's `executable_path`; without one the test is skipped."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("NO BROWSER ON THIS MACHINE: pages are not looked at. Install Debian's package `chromium`.")
    return found
