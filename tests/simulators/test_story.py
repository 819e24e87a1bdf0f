from __future__ import annotations

import shutil
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from minassa.claims.models import Claim, ClaimState, Draw, Round
from minassa.claims.public import all_runs
from minassa.commitments.models import Recommendation
from minassa.consultations.models import Poll
from minassa.consultations.public import counted
from minassa.conventions.models import Advance, Convention, ConventionState, Hearing
from minassa.governance.models import Item, Session, SessionState
from minassa.governance.public import minutes_hold
from minassa.journal.public import Entry
from minassa.ledger.models import PaymentOrder, Recovery
from minassa.ledger.public import check_ledger
from minassa.nation import Manifest
from minassa.outlook.disclosure.parameters import control
from minassa.registry.demonstration import NotADemonstration
from minassa.registry.models import Account, Enterprise
from minassa.registry.public import actor_of
from minassa.simulators.story import paying
from minassa.simulators.story.rounds import Opening
from minassa.simulators.story.telling import CHAPTER, tell_story
from minassa.visas.models import ListState, ShortageList, Visa
from minassa.web.chain.pages import spoken_by
from tests.simulators.living import living_nation, people

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NOW = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Manifest]:
    home = tmp_path_factory.mktemp("living")
    return home, living_nation(home, NOW)


@pytest.fixture
def nation(made: tuple[Path, Manifest], settings: Settings, tmp_path: Path) -> Manifest:
    home, manifest = made
    settings.MINASSA_HOME = shutil.copytree(home, tmp_path / "home")
    settings.MINASSA_FILES = tmp_path / "home" / "files"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    people(NOW)
    return manifest


def told() -> Counter[str]:
    return Counter(Claim.objects.order_by("pk").values_list("state", flat=True))


def quiet(_line: str) -> None:
    return


def test_a_year_is_played_through_the_doors_and_the_books_are_right(nation: Manifest) -> None:
    tell_story(nation, NOW, quiet)
    states = told()
    assert states[ClaimState.PAID] > 10
    former = Claim.objects.filter(period__in=("2025-T1", "2025-T2"), measure="air", state=ClaimState.PAID)
    assert former.exists()
    assert check_ledger() == []
    assert Session.objects.filter(state=SessionState.SEALED).count() >= 3
    assert all(minutes_hold(each) for each in Session.objects.filter(state=SessionState.SEALED))
    assert Draw.objects.filter(drawn_at__isnull=False).exists()
    assert PaymentOrder.objects.filter(state=PaymentOrder.State.PAID).exists()
    assert not Claim.objects.filter(affiliation=nation.late_firm, period="2026-T3", measure="air").exists()
    held = Account.objects.get(email="prepare@minassa.example").mandates.values_list("enterprise", flat=True)
    assert Enterprise.objects.get(affiliation=nation.late_firm).pk in set(held)
    assert all_runs()[-1].path.name == "calcul-0003"
    assert ShortageList.objects.get().state == ListState.ADOPTED
    assert Visa.objects.filter(state="reserved").count() == 1


def test_what_a_firm_says_reaches_a_decision(nation: Manifest) -> None:
    tell_story(nation, NOW, quiet)
    made = Recommendation.objects.get()
    assert made.state == "adopted"
    assert [one["kind"] for one in made.origins] == ["request", "poll", "hearing"]
    assert Item.objects.get(kind="recommendation").state == "adopted"
    past, now = Poll.objects.order_by("closes_on")
    found = counted(past, NOW)
    assert found is not None
    assert all(number is None or number >= control().fewest_firms.value for _one, number in found.counts)
    assert counted(now, NOW) is None
    firm = actor_of(Account.objects.get(email="prepare@minassa.example"))
    became = {one.told.kind: one.chains for one in spoken_by(firm, firm.enterprises())}
    assert [chain.recommendation for chain in became["request"]] == [made]


def test_somebody_leaves_and_the_advance_is_asked_back_in_part(nation: Manifest) -> None:
    tell_story(nation, NOW, quiet)
    (convention,) = Convention.objects.all()
    assert convention.state == ConventionState.IN_FORCE
    assert Item.objects.filter(kind="convention", state="adopted").exists()
    assert Advance.objects.filter(convention=convention, state="granted").exists()
    hearings = Hearing.objects.filter(convention=convention)
    assert hearings.exists()
    for each in hearings.exclude(recovery=""):
        owed = Recovery.objects.get(number=each.recovery)
        assert owed.amount == each.amount == each.base * (18 - each.months_kept) // 18 or each.amount < each.base
    assert hearings.exclude(recovery="").exists()


def test_played_again_nothing_more_happens(nation: Manifest) -> None:
    tell_story(nation, NOW, quiet)
    before = told(), Entry.objects.count(), Session.objects.count()
    tell_story(nation, NOW, quiet)
    assert (told(), Entry.objects.count(), Session.objects.count()) == before


def test_stopped_it_goes_on_with_the_chapter_that_was_not_whole(
    nation: Manifest, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, seen = paying.accounted, []

    def stops(cast: object, opening: Opening, firms: list[Enterprise]) -> None:
        seen.append(opening.rank)
        if len(seen) == 3:
            raise KeyboardInterrupt
        real(cast, opening, firms)  # type: ignore[arg-type]

    monkeypatch.setattr(paying, "accounted", stops)
    with pytest.raises(KeyboardInterrupt):
        tell_story(nation, NOW, quiet)
    assert Entry.objects.filter(kind=CHAPTER).count() == 2
    tell_story(nation, NOW, quiet)
    assert seen == sorted([*range(len(seen) - 1), 2])
    assert check_ledger() == []
    assert Round.objects.filter(kind="open").count() == 1


def test_no_story_on_a_platform_in_service(nation: Manifest, settings: Settings) -> None:
    settings.MINASSA_DEMONSTRATION = False
    with pytest.raises(NotADemonstration):
        tell_story(nation, NOW, quiet)
    assert not Claim.objects.exists()
