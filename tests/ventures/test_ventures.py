"""The register of ventures: who tells, who checks, what is public, what is counted; sheets told line by line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minassa.commitments.public import commitment_named
from minassa.registry.models import Body, Role
from minassa.registry.public import Actor, Forbidden, allowed
from minassa.steering.indicators.ventures import checked_by_month
from minassa.steering.ventures.jobs import Jobs, Origin, jobs_of, sums
from minassa.ventures.models import Claim, RollIn, Venture
from minassa.ventures.public import (
    COLUMNS,
    ClaimRefused,
    Raised,
    SameHand,
    SheetUnreadable,
    StaleRow,
    VentureError,
    check,
    claim,
    close,
    consent,
    counted,
    definition,
    enter,
    last_claim,
    public_ventures,
    raise_funds,
    read_sheet,
    register,
    to_check,
)
from minassa.vocabulary.periods import month_of
from minassa.vocabulary.statuses import Status
from tests.onestop.world import World, appointed, make_world
from tests.web.ventures_world import Told, make_ventures, saying

HEAD = ";".join(COLUMNS) + "\n"
LINE = "EXEMPLE Neuve;START-UP;;exporting;Produit EXEMPLE;FR SN;12;2026-01-31;Exemple\n"


@dataclass
class Scene:
    """Who tells and checks, and what they told."""

    world: World
    teller: Actor
    told: Told


@pytest.fixture
def scene(db: None) -> Scene:  # noqa: ARG001 (the database is there)
    world = make_world()
    teller = appointed("federation", Body.objects.get(code="cto"), Role.FEDERATION)
    told = make_ventures(teller, world.secretary, world.enterprise, world.signer, timezone.now())
    return Scene(world, teller, told)


@pytest.mark.django_db
def test_what_the_target_counts_is_assumed_and_says_so() -> None:
    told = definition()
    assert told.target.status == Status.ASSUMED
    assert all(one.status == Status.ASSUMED for one in told.stages)
    one = commitment_named(told.target.commitment)
    assert one is not None
    assert one.indicator == "startups_checked"
    assert [step.value for step in one.steps] == [1_000, 3_000]


def test_another_hand_checks_and_only_what_was_checked_is_counted(scene: Scene) -> None:
    own, now = scene.told.own, timezone.now()
    assert list(to_check()) == [own]
    assert list(counted()) == [scene.told.public]
    with pytest.raises(Forbidden):
        check(scene.world.signer, own, "", now, holds=True)
    mine = register(scene.teller, "EXEMPLE Sienne", "startup", saying(now), now)
    with pytest.raises(SameHand):
        check(scene.teller, mine, "", now, holds=True)
    with pytest.raises(VentureError):
        check(scene.world.secretary, mine, " ", now, holds=False)
    check(scene.world.secretary, mine, "Introuvable (exemple).", now, holds=False)
    with pytest.raises(VentureError):
        check(scene.world.secretary, mine, "", now, holds=True)
    assert mine not in counted()


def test_what_was_checked_stays_told_until_the_next_is_checked_too(scene: Scene) -> None:
    one, now = scene.told.public, timezone.now()
    before = last_claim(one)
    claim(scene.teller, one, saying(now, stage="abroad", markets=("FR", "CI")), now, expected=one.version)
    shown = public_ventures().get(pk=one.pk)
    assert shown.checked == before
    check(scene.world.secretary, one, "", now, holds=True)
    assert public_ventures().get(pk=one.pk).checked == last_claim(one)
    with pytest.raises(StaleRow):
        claim(scene.teller, one, saying(now), now, expected=0)


def test_nothing_is_public_without_a_consent_that_stands(scene: Scene) -> None:
    own, now, firm = scene.told.own, timezone.now(), scene.world.signer
    check(scene.world.secretary, own, "", now, holds=True)
    assert own not in public_ventures()
    with pytest.raises(Forbidden):
        consent(scene.teller, own, now, given=True)
    consent(firm, own, now, given=True)
    assert own in public_ventures()
    consent(firm, own, now, given=False)
    assert own not in public_ventures()
    assert [one.given for one in own.consents.order_by("pk")] == [True, False]


def test_who_knows_of_a_venture(scene: Scene) -> None:
    own = scene.told.own
    assert allowed(scene.world.preparer, "venture.view", own)
    assert not allowed(scene.world.stranger, "venture.view", own)
    assert not allowed(scene.world.officers["cnss"], "venture.view", own)
    with pytest.raises(Forbidden):
        register(
            scene.world.stranger,
            "EXEMPLE",
            "sme",
            saying(timezone.now()),
            timezone.now(),
            enterprise=scene.world.enterprise,
        )


@pytest.mark.parametrize(
    "wrong",
    [
        {"stage": "unicorn"},
        {"product": " "},
        {"markets": ("France",)},
        {"jobs": -1},
        {"jobs": None},
        {"jobs_on": timezone.localdate() + timedelta(days=9)},
    ],
)
def test_a_claim_that_cannot_be_is_refused(scene: Scene, wrong: dict[str, object]) -> None:
    before = Claim.objects.count()
    with pytest.raises(ClaimRefused):
        claim(scene.teller, scene.told.public, saying(timezone.now(), **wrong), timezone.now())
    assert Claim.objects.count() == before


def test_funds_have_a_currency_a_day_and_a_source(scene: Scene) -> None:
    today, now = timezone.localdate(), timezone.now()
    assert scene.told.public.fundings.get().written.endswith("EUR")
    for wrong in (Raised(0, "MAD", today, "x"), Raised(1, "DH", today, "x"), Raised(1, "MAD", today, "")):
        with pytest.raises(VentureError):
            raise_funds(scene.teller, scene.told.public, wrong, now)


def test_what_was_said_never_changes(scene: Scene) -> None:
    for rows in (Claim.objects.all(), scene.told.public.consents.all(), scene.told.public.fundings.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()


def test_a_venture_that_closed_is_written_and_counted_no_longer(scene: Scene) -> None:
    today, now = timezone.localdate(), timezone.now()
    assert checked_by_month() == {month_of(today): {"startups": 1}}
    close(scene.teller, scene.told.public, today, now)
    assert not counted().exists()
    assert checked_by_month() == {month_of(today): {"startups": 0}}
    with pytest.raises(VentureError):
        close(scene.teller, scene.told.public, today, now)


def test_jobs_say_where_they_come_from_and_are_not_added_up(scene: Scene) -> None:
    claimed = jobs_of(scene.world.secretary, scene.told.public, None)
    assert (claimed.value, claimed.origin) == (14, Origin.CLAIMED)
    told = sums([claimed, Jobs(30, timezone.localdate(), Origin.DECLARED), Jobs(None, None, Origin.WITHHELD)])
    assert told[Origin.CLAIMED] == (1, 14)
    assert told[Origin.DECLARED] == (1, 30)
    assert told[Origin.WITHHELD] == (1, 0)


def test_a_sheet_tells_every_wrong_line_and_enters_the_good_ones_once(scene: Scene) -> None:
    now = timezone.now()
    wrong = ("SANS NATURE;?;;exporting;Produit;;;;\n", ";PME;;exporting;Produit;;;;\n", "X;PME;1;exporting;P;;;;\n")
    roll = read_sheet(scene.teller, (HEAD + LINE + "".join(wrong) + "Y;PME;;exporting;P;ZZZ;;;\n").encode(), now)
    assert [one["line"] for one in roll.findings] == [3, 4, 5, 6]
    assert (roll.lines, len(roll.rows)) == (5, 1)
    assert not Venture.objects.filter(name="EXEMPLE Neuve").exists()
    assert enter(scene.teller, roll, now) == 1
    assert Venture.objects.filter(name="EXEMPLE Neuve").exists()
    with pytest.raises(VentureError):
        enter(scene.teller, roll, now)
    with pytest.raises(SheetUnreadable):
        read_sheet(scene.teller, (HEAD + LINE + "".join(wrong) + "Y;PME;;exporting;P;ZZZ;;;\n").encode(), now)
    with pytest.raises(Forbidden):
        read_sheet(scene.world.signer, (HEAD + LINE).encode(), now)


@given(content=st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda text: (HEAD + text).encode())))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_file_is_ever_worse_than_refused(scene: Scene, content: bytes) -> None:
    with transaction.atomic():
        try:
            roll = read_sheet(scene.teller, content, timezone.now())
        except SheetUnreadable:
            return
        assert len(roll.rows) + len(roll.findings) == roll.lines
        RollIn.objects.filter(pk=roll.pk).delete()
