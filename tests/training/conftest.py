"""A small synthetic country, deposited and run once, with graduates planted in it and the sheets that tell them."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
from pytest_django import Settings

from minassa.declarations.deposit import deposit
from minassa.declarations.lake import Lake
from minassa.entitlements.runs import run
from minassa.nation import make_nation
from minassa.nation.graduates import as_csv, cohort_sheet, graduate_sheet, planted, truth_of
from minassa.offer.loading import load_offer
from minassa.registry.models import Account, Appointment, Body, Role
from minassa.registry.public import Actor, actor_of
from minassa.talent.flows.insertion import HORIZONS
from minassa.vocabulary.periods import month_index

KEY = b"a key for tests, known to all ....."
UNTIL = month_index(2026, 12)
NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Home:
    """A folder of the platform with a lake and a run, and who was trained."""

    folder: Path
    graduates: pl.DataFrame
    truth: pl.DataFrame

    def cohorts(self) -> bytes:
        return as_csv(cohort_sheet(self.graduates))

    def people(self) -> bytes:
        return as_csv(graduate_sheet(self.graduates))


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Home:
    folder = tmp_path_factory.mktemp("trained")
    make_nation(folder / "nation", people=100, months=24, seed=31, straight=True)
    (folder / "key").write_bytes(KEY)
    lake = Lake(folder / "lake", KEY)
    deposit([folder / "nation"], lake, "2027-02-05T09:00:00+00:00")
    run(lake, lake.versions(), load_offer(), folder / "runs" / "calcul-0001", UNTIL)
    found = planted(folder / "nation", seed=31, last_month=UNTIL)
    return Home(folder, found, truth_of(folder / "nation", found, UNTIL, HORIZONS))


@pytest.fixture
def home(made: Home, settings: Settings, tmp_path: Path) -> Home:
    for name in ("key", "lake", "runs"):
        if (made.folder / name).is_dir():
            shutil.copytree(made.folder / name, tmp_path / name)
        else:
            shutil.copy(made.folder / name, tmp_path / name)
    settings.MINASSA_HOME = tmp_path
    return Home(tmp_path, made.graduates, made.truth)


def person(name: str, role: str, body: str = "ofppt") -> Actor:
    """Someone who holds a role in a body."""
    held, _made = Body.objects.get_or_create(code=body, defaults={"kind": "training", "name": "ORGANISME EXEMPLE"})
    account = Account.objects.create(email=f"{name}@minassa.example", password="!")
    Appointment.objects.create(account=account, body=held, role=role, since=date(2020, 1, 1))
    return actor_of(account)


@pytest.fixture
def teller(db: None) -> Actor:  # noqa: ARG001
    return person("formation", Role.TRAINING)
