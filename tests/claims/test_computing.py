from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import psycopg
import pytest
from django.db import connection
from pytest_django import Settings

from minassa.claims import nightly
from minassa.claims.computing import LONGEST_WAIT, QUIET, known_month, runs
from minassa.claims.models import Round
from minassa.intake.models import Upload, UploadState
from minassa.intake.public import deposit
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor
from minassa.vocabulary.periods import month_index
from tests.declarations.deposit.building import ebds
from tests.intake.firms import NOW, firm, mandated, sent, worked

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Path:
    settings.MINASSA_HOME = tmp_path / "home"
    settings.MINASSA_FILES = tmp_path / "home" / "files"
    return tmp_path / "home"


@pytest.fixture
def preparer() -> Actor:
    return mandated(firm())


def deposited(actor: Actor, period: int, at: datetime) -> Upload:
    upload = sent(actor, Enterprise.objects.get(), ebds(period=period), at)
    worked(at)
    deposit(actor, upload, at)
    worked(at)
    upload.refresh_from_db()
    assert upload.state == UploadState.DEPOSITED, upload.problem
    return upload


def test_deposits_that_pause_are_computed_once_and_what_comes_later_again(preparer: Actor, home: Path) -> None:
    assert not runs(NOW)
    deposited(preparer, 202_509, NOW)
    assert not runs(NOW + QUIET - SECOND)
    assert runs(NOW + QUIET)
    (first,) = nightly.all_runs()
    assert first.until == month_index(2025, 9)
    assert not runs(NOW + QUIET + SECOND)
    deposited(preparer, 202_510, NOW + LONGEST_WAIT)
    assert runs(NOW + LONGEST_WAIT + QUIET)
    assert [run.path.name for run in nightly.all_runs()] == ["calcul-0001", "calcul-0002"]
    assert nightly.all_runs()[-1].until == month_index(2025, 10)
    assert list(Round.objects.filter(kind="run").order_by("pk").values_list("key", flat=True)) == [
        "calcul-0001",
        "calcul-0002",
    ]
    assert not list((home / "runs" / ".en-cours").iterdir())


def test_what_was_computed_meanwhile_is_not_computed_again(preparer: Actor) -> None:
    deposited(preparer, 202_509, NOW)
    assert runs(NOW + QUIET)
    Round.objects.filter(kind="run").delete()
    assert not runs(NOW + QUIET)
    assert len(nightly.all_runs()) == 1
    assert Round.objects.filter(kind="run").count() == 1


def test_deposits_under_way_are_waited_for_but_not_for_ever(preparer: Actor) -> None:
    upload = deposited(preparer, 202_509, NOW)
    coming = sent(preparer, upload.enterprise, ebds(period=202_510), NOW)
    worked(NOW)
    deposit(preparer, coming, NOW)
    assert not runs(NOW + QUIET)
    assert runs(NOW + LONGEST_WAIT)


def test_one_run_at_a_time(preparer: Actor) -> None:
    deposited(preparer, 202_509, NOW)
    settings = connection.get_connection_params()
    given = {name: settings[name] for name in ("dbname", "host", "port", "user", "password") if settings.get(name)}
    with psycopg.connect(**given) as other:
        other.execute("SELECT pg_advisory_lock(hashtextextended('claims:run', 0))")
        assert not runs(NOW + QUIET)
    assert runs(NOW + QUIET)


def test_a_month_declared_early_is_not_known_yet() -> None:
    months = [month_index(2026, month) for month in (8, 9, 10, 11)]
    lines = pl.LazyFrame({"month": months})
    assert known_month(lines, datetime(2026, 11, 30, tzinfo=UTC)) == month_index(2026, 10)
    assert known_month(lines, datetime(2026, 12, 9, tzinfo=UTC)) == month_index(2026, 10)
    assert known_month(lines, datetime(2026, 12, 15, tzinfo=UTC)) == month_index(2026, 11)
    assert known_month(lines, datetime(2026, 2, 1, tzinfo=UTC)) == months[0]
    assert known_month(pl.LazyFrame({"month": []}, schema={"month": pl.Int32}), NOW) is None
