"""Talent Visas on pages: the list and the quota for everyone; who was hired is met in the declarations of the run."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import polars as pl
import pytest
from django.utils import timezone
from pytest_django import Settings

from minassa.entitlements.runs import Run
from minassa.intake.public import lake
from minassa.registry.models import Account
from minassa.registry.public import actor_of
from minassa.steering.gaps.kept import latest_gaps
from minassa.steering.gaps.making import keep_next_gaps
from minassa.steering.gaps.shortage import computed_list
from minassa.talent.balance.shortage import Criteria, shortage
from minassa.visas.errors import VisaError
from minassa.visas.meeting import meet_next
from minassa.visas.models import Alert, Hire, Meeting, Visa
from minassa.visas.public import close_alert, give_up, tell_hire, visas_for
from tests.onestop.world import World, make_world, submitted
from tests.visas.world import ABSENT, CASABLANCA, LISTED, a_list, filed
from tests.web.cases.people import client_of
from tests.web.claims_world import settle
from tests.web.visas_world import make_visa

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(settings: Settings, tmp_path: Path, db: None) -> Run:
    del db
    settings.MINASSA_HOME = tmp_path / "home"
    settings.MINASSA_FILES = tmp_path / "files"
    return settle()


@pytest.fixture
def world(run: Run) -> World:
    del run
    return make_world()


@pytest.fixture
def visa(world: World) -> Visa:
    now = timezone.now()
    return make_visa(world.secretary, submitted(world, now), now)


def hired(visa: Visa, world: World, person: int, month: int) -> Hire:
    """A hire as the firm tells it, under the pseudonym of someone who is declared."""
    return Hire.objects.create(
        visa=visa, person=person, starts_month=month, told_by=str(world.signer), told_at=timezone.now()
    )


def test_a_list_is_what_meets_the_criteria_and_nothing_of_few_people(run: Run, settings: Settings) -> None:
    assert run.until
    assert keep_next_gaps(timezone.now())
    home = Path(settings.MINASSA_HOME)
    vintage = latest_gaps(home)
    assert vintage is not None
    assert vintage.cube is not None
    loose = shortage(vintage.cube, Criteria("trend", 1, 0, -10_000, 1))
    assert loose.height
    assert "0000" not in set(loose["occupation"])
    assert loose["month"].n_unique() == 1
    strict = shortage(vintage.cube, Criteria("trend", 4, 5_000, 1, 1))
    assert strict.height < loose.height
    assert (strict["low_80"] >= 1).all()
    assert computed_list(home, timezone.localdate()).run == run.path.name


def test_who_was_hired_is_met_at_each_horizon_and_an_absence_asks_a_question(
    visa: Visa, world: World, run: Run, settings: Settings
) -> None:
    lines = lake().current("cnss_lines").filter(pl.col("person") != 0).collect()
    stayed = lines.group_by("affiliation", "person").agg(months=pl.col("month").n_unique())
    firm, person, _months = stayed.sort("months", "person", descending=True).row(0)
    hired(visa, world, person, run.until - 7)
    visa.enterprise.affiliation = firm + 1
    visa.enterprise.save()
    assert meet_next(timezone.now())
    assert not meet_next(timezone.now())
    met = list(Meeting.objects.order_by("pk").values_list("horizon", "with_firm", "elsewhere"))
    assert met == [(3, False, True), (6, False, True)]
    absent = Alert.objects.filter(kind="absent", closed_at__isnull=True)
    assert absent.count() == 2
    # The firm declares, late: the next run finds the person, and what was asked is answered.
    visa.enterprise.affiliation = firm
    visa.enterprise.save()
    shutil.copytree(run.path, Path(settings.MINASSA_HOME) / "runs" / "calcul-0002")
    assert meet_next(timezone.now())
    assert not absent.exists()
    assert Meeting.objects.filter(with_firm=True).count() == 2


def test_a_firm_tells_a_hire_once_gives_a_place_back_and_sees_no_other(visa: Visa, world: World) -> None:
    now = timezone.now()
    month = now.year * 12 + now.month - 1
    for number in ("", "12345", "999999999"):
        with pytest.raises(VisaError):
            tell_hire(world.signer, visa, number, month, now)
    tell_hire(world.signer, visa, "100000018", month, now)
    with pytest.raises(VisaError):
        tell_hire(world.signer, visa, "100000018", month, now)
    assert not Alert.objects.filter(closed_at__isnull=True).exists()
    assert list(visas_for(world.signer)) == [visa]
    assert not visas_for(world.stranger).exists()
    give_up(world.signer, visa, now)
    with pytest.raises(VisaError):
        give_up(world.signer, visa, now)


def test_pages_say_the_list_the_quota_and_the_alert_that_an_officer_closes(visa: Visa, world: World) -> None:
    page = client_of("anapec")
    told = page.get("/fr/visa-talent/suivi/").content.decode()
    assert "embauche non dite" in told.lower()
    alert = Alert.objects.get()
    page.post(f"/fr/visa-talent/alertes/{alert.pk}/", {"ground": "Arrivée retardée (exemple)."})
    alert.refresh_from_db()
    assert alert.closed_at is not None
    public = page.get("/fr/visa-talent/").content.decode()
    assert "Liste n° 1" in public
    assert "1 place prise sur 300 ; il en reste 299." in re.sub("<[^>]*>", "", public)
    assert page.get("/fr/visa-talent/", {"format": "csv"}).content.startswith(b"\xef\xbb\xbf")
    with pytest.raises(VisaError):
        close_alert(actor_of(Account.objects.get(email="anapec@minassa.example")), alert, "Encore.", timezone.now())
    assert visa.enterprise == world.enterprise


def test_the_page_of_a_case_says_why_it_goes_fast_or_does_not(world: World) -> None:
    a_list(world, (LISTED, CASABLANCA))
    page = client_of("sign")
    fast, slow = (page.get(f"/fr/dossiers/{filed(world, code).uuid}/").content.decode() for code in (LISTED, ABSENT))
    assert "Voie rapide : « Développement de logiciels » est sur la liste n° 1" in fast
    assert "Voie ordinaire : « Relation client à distance » n&#x27;est pas sur la liste n° 1" in slow
