"""What every test shares: how Hypothesis draws, where the browser is, a database for the upper half."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import django
import pytest
from django.apps import apps
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from hypothesis import HealthCheck, settings
from pytest_django.plugin import blocking_manager_key

import minassa
from minassa.hosting.testing import django_settings, provide_database, test_folder
from minassa.web.translations.catalogues import compile_all

# No deadline: a busy machine is not a wrong result. No memory of earlier failures: what fails must fail for everyone.
settings.register_profile("minassa", deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("minassa")

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
UPPER = {"journal", "registry", "intake", "ledger", "onestop", "governance", "web", "simulators"}


class EmptyingOperations(DatabaseOperations):
    """Between two tests that commit, the tables of a test database are emptied: those that refuse it as well."""

    def execute_sql_flush(self, sql_list: list[str]) -> None:
        """Empty the tables with their triggers asleep; a failure wakes them too, for it undoes the transaction."""
        asleep, awake = (f"SET session_replication_role = {role}" for role in ("replica", "origin"))
        super().execute_sql_flush([asleep, *sql_list, awake])


@pytest.fixture(autouse=True, scope="session")
def emptied_tables() -> None:
    """Let tests that commit clean up after themselves."""
    connection.ops = EmptyingOperations(connection)


def pytest_sessionstart() -> None:
    """Pages are read in three languages: what Django reads is compiled from what is written."""
    compile_all(Path(minassa.__file__).parent)


def pytest_collect_directory(path: Path, parent: pytest.Collector) -> None:
    """Before the first test of the upper half is read: a server, and Django on a database that is not made yet."""
    if path.name not in UPPER or path.parent.name != "tests":
        return
    address = provide_database()
    if not apps.ready:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minassa.web.settings")
        with pytest.MonkeyPatch.context() as patch:
            # The settings read it once, now; other tests must not find it set.
            patch.setenv("MINASSA_HOME", str(test_folder() / "home"))
            django.setup()
        # What pytest-django does itself when it is told of the settings at the start: no database without its mark.
        parent.config.stash[blocking_manager_key].block()
    # Settings that pytest-django loaded at the start, before any server was there, hear of it by this.
    connection.settings_dict.update(django_settings(address))


@pytest.fixture(scope="session")
def browser_program() -> str:
    """Path of the machine's own Chromium, for Playwright's `executable_path`; without one the test is skipped."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("NO BROWSER ON THIS MACHINE: pages are not looked at. Install Debian's package `chromium`.")
    return found
