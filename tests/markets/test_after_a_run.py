"""What is read after a run: jobs of contracts from what firms declare, the same on replay; what P2I have for a lead."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import polars as pl
import pytest
from django.utils import timezone
from pytest_django import Settings

from minassa.entitlements.runs import Run
from minassa.markets.models import Lead, LeadState
from minassa.markets.public import LeadTold, open_lead
from minassa.outlook.disclosure.parameters import control
from minassa.outlook.markets.matching import Reason
from minassa.registry.models import Body, Enterprise, Role
from minassa.steering.markets.counting import contracts_won, count_next, document_of, latest_declared
from minassa.steering.markets.funnel import funnel
from minassa.steering.markets.proposing import proposals_for
from minassa.steering.markets.staffing import languages_of, latest_staff, staff_next
from tests.onestop.world import appointed, make_world
from tests.web.claims_world import affiliations, settle

pytestmark = pytest.mark.django_db
TOLD = LeadTold("CLIENT FICTIF", "FR", "offshoring", 2, "", ("fr",), 40, 24_330, False)


@pytest.fixture
def run(settings: Settings, tmp_path: Path) -> Run:
    settings.MINASSA_HOME = tmp_path / "home"
    settings.MINASSA_FILES = tmp_path / "files"
    return settle()


def won(firm: Enterprise, month: int, promised: int) -> Lead:
    """A lead that ended in a contract of a firm."""
    promoter = appointed(f"federation-{promised}", Body.objects.get(code="minassa"), Role.FEDERATION)
    lead = open_lead(promoter, None, TOLD, timezone.now())
    ended = {"state": LeadState.WON, "enterprise": firm, "signed_month": month, "jobs_promised": promised}
    Lead.objects.filter(pk=lead.pk).update(**ended)
    lead.refresh_from_db()
    return lead


def test_jobs_are_read_once_and_given_again_on_replay(run: Run, settings: Settings) -> None:
    world, now = make_world(), timezone.now()
    firm = world.enterprise
    Enterprise.objects.filter(pk=firm.pk).update(affiliation=affiliations()[0])
    assert not count_next(now)
    first, second = won(firm, run.until - 12, 30), won(firm, run.until - 6, 10)
    assert count_next(now)
    assert not count_next(now + timedelta(days=1))
    kept = latest_declared(settings.MINASSA_HOME)
    assert kept is not None
    assert kept == json.loads(json.dumps(document_of(run, contracts_won(), synthetic=kept["synthetic"])))
    mine = run.table("firm_month").filter(pl.col("affiliation") == affiliations()[0]).collect()
    people = {month: int(mine.filter(pl.col("month") == month)["headcount_month"].sum()) for month in mine["month"]}
    added = [max(0, people[run.until] - people[run.until - months]) for months in (12, 6)]
    rows = [kept["declared"][str(one.uuid)] for one in (first, second)]
    assert [one["added"] for one in rows] == added
    assert sum(one["jobs"] for one in rows) == max(added)
    told = funnel([], Lead.objects.all(), kept["declared"])
    assert (told.leads, told.contracts, told.promised, told.declared) == (2, 2, 40, max(added))
    third = won(firm, run.until - 3, 5)
    assert str(third.uuid) not in kept["declared"]
    assert count_next(now)


def test_p2i_are_told_with_reasons_and_few_are_told_of_nothing(run: Run, settings: Settings) -> None:
    make_world()
    lead, now = won(Enterprise.objects.all()[0], run.until, 7), timezone.now()
    before = proposals_for(lead, settings.MINASSA_HOME, timezone.localdate())
    assert all(one.points is None for match in before.matches for one in match.reasons)
    assert staff_next(now)
    assert not staff_next(now)
    kept, limits = latest_staff(settings.MINASSA_HOME), control()
    assert kept is not None
    for place in kept["places"].values():
        held = [place["declared"], *place["filieres"].values(), *place["languages"].values()]
        assert all(one is None or one == 0 or one >= limits.fewest_persons.value for one in held)
    after = proposals_for(lead, settings.MINASSA_HOME, timezone.localdate())
    assert [one.points for one in after.matches] == sorted((one.points for one in after.matches), reverse=True)
    reasons = after.reasons_of(after.matches[0].place)
    assert [one["reason"] for one in reasons] == [str(one) for one in Reason]
    assert {one["run"] for one in reasons} == {run.path.name}


@pytest.mark.parametrize(
    ("title", "languages"),
    [
        ("Téléconseiller hispanophone", ["es"]),
        ("English speaking agent, French", ["fr", "en"]),
        ("Développeur Java", []),
        ("مستشار عربية", ["ar"]),
    ],
)
def test_a_title_may_name_languages(title: str, languages: list[str]) -> None:
    assert languages_of(title) == languages
