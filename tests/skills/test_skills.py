"""The reference as people keep it: proposed, argued, decided by voices, published; nothing is changed afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from minassa.journal.models import Entry
from minassa.registry.models import Body, Role
from minassa.registry.public import VISITOR, Actor, Forbidden
from minassa.skills.demonstration import propose_examples
from minassa.skills.models import Proposal, ProposalState, Version
from minassa.skills.public import (
    NothingToPublish,
    ProposalOver,
    SameVoice,
    SkillsError,
    decide,
    propose,
    propose_entry,
    publish,
    reference_in_force,
    remark,
    stream_of,
    withdraw,
)
from minassa.talent.reference.changes import InvalidChange, differences
from minassa.talent.reference.entries import Words
from minassa.talent.reference.reading import reference
from tests.onestop.world import appointed, make_world

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 30, 12, tzinfo=UTC)
CODE = "MO-2512-01"


@pytest.fixture
def people() -> dict[str, Actor]:
    make_world()
    minassa = Body.objects.get(code="minassa")
    roles = {
        "analyst": Role.ANALYST,
        "federation": Role.FEDERATION,
        "training": Role.TRAINING,
        "secretariat": Role.SECRETARIAT,
    }
    return {name: appointed(f"{name}-skills", minassa, role) for name, role in roles.items()}


def _level(people: dict[str, Actor], who: str = "analyst") -> Proposal:
    return propose(people[who], CODE, {"cnc": 5}, "Raison EXEMPLE.", AT)


def test_what_the_commission_accepts_is_part_of_the_next_version_and_of_none_before(people: dict[str, Actor]) -> None:
    first = publish(people["secretariat"], date(2026, 12, 1), AT)
    assert (first.number, first.digest) == (1, reference().digest)
    made = _level(people)
    remark(people["training"], made, "  D'accord ?  ", AT)
    assert decide(people["federation"], made, "Oui.", AT, favour=True).state == ProposalState.PROPOSED
    assert decide(people["training"], made, "Oui.", AT, favour=True).state == ProposalState.ACCEPTED
    assert reference_in_force().digest == first.digest
    second = publish(people["secretariat"], date(2026, 12, 2), AT + timedelta(1))
    assert reference_in_force().occupations[CODE].cnc == 5
    assert second.proposals == [str(made.uuid)]
    found = differences(reference_in_force(1), reference_in_force(2))
    assert (found.moved, found.changed, found.added) == ({CODE: ("cnc",)}, {}, ())
    assert made.before == {"cnc": reference().occupations[CODE].cnc}
    kinds = [one.kind for one in Entry.objects.filter(stream=stream_of(made.pk)).order_by("number")]
    assert kinds == ["reference.proposed", "reference.remarked", *["reference.voice"] * 2, "reference.accepted"]
    with pytest.raises(NothingToPublish):
        publish(people["secretariat"], date(2026, 12, 3), AT)


def test_what_is_shipped_later_enters_the_next_version_and_what_was_decided_stays(
    people: dict[str, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(people["secretariat"], date(2026, 12, 1), AT)
    made = _level(people, "analyst")
    for who in ("federation", "training"):
        decide(people[who], made, "Oui.", AT, favour=True)
    publish(people["secretariat"], date(2026, 12, 2), AT)
    shipped = reference()
    label = Words(fr="Métier livré ensuite", ar="مهنة أضيفت لاحقا", en="Occupation shipped later")
    later = shipped.skills["MS-DEV-01"].model_copy(update={"code": "MS-DEV-99", "label": label, "esco": ()})
    longer = replace(shipped, skills=shipped.skills | {later.code: later})
    monkeypatch.setattr("minassa.skills.versions.reference", lambda: longer)
    third = publish(people["secretariat"], date(2026, 12, 3), AT)
    assert third.proposals == []
    assert "MS-DEV-99" in reference_in_force().skills
    assert reference_in_force().occupations[CODE].cnc == 5


def test_who_proposed_does_not_decide_and_nobody_speaks_twice(people: dict[str, Actor]) -> None:
    made = _level(people, "federation")
    with pytest.raises(SameVoice):
        decide(people["federation"], made, "Oui.", AT, favour=True)
    decide(people["training"], made, "Non.", AT, favour=False)
    with pytest.raises(SameVoice):
        decide(people["training"], made, "Non.", AT, favour=False)
    assert decide(people["secretariat"], made, "Non.", AT, favour=False).state == ProposalState.REJECTED
    with pytest.raises(ProposalOver):
        withdraw(people["federation"], made, AT)


@pytest.mark.parametrize(
    ("code", "values", "told"),
    [
        (CODE, {"cnc": 12}, InvalidChange),
        (CODE, {"essential": ["MS-XXX-99"]}, InvalidChange),
        (CODE, {"successor": CODE}, InvalidChange),
        (CODE, {}, InvalidChange),
        ("MS-DEV-99", {"kind": "skill"}, InvalidChange),
    ],
    ids=["no such level", "dangling link", "successor of what is in use", "nothing", "new without a name"],
)
def test_a_change_that_the_reference_cannot_bear_is_refused(
    people: dict[str, Actor], code: str, values: dict[str, object], told: type[Exception]
) -> None:
    with pytest.raises(told):
        propose(people["analyst"], code, values, "Raison EXEMPLE.", AT)
    with pytest.raises(SkillsError):
        propose(people["analyst"], CODE, {"cnc": 5}, "  ", AT)


def test_rights_hold_and_what_is_kept_stays(people: dict[str, Actor]) -> None:
    made = _level(people)
    for act in (
        lambda: propose(VISITOR, CODE, {"cnc": 5}, "Raison.", AT),
        lambda: decide(people["analyst"], made, "Oui.", AT, favour=True),
        lambda: withdraw(people["training"], made, AT),
        lambda: publish(people["federation"], date(2026, 12, 1), AT),
    ):
        with pytest.raises(Forbidden):
            act()
    publish(people["secretariat"], date(2026, 12, 1), AT)
    for change in (
        lambda: Version.objects.update(digest="0"),
        lambda: Proposal.objects.update(values={}),
        lambda: Proposal.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.usefixtures("people")
def test_the_example_of_a_demonstration_is_argued_once() -> None:
    minassa = Body.objects.get(code="minassa")
    for name, role in (("analyste", Role.ANALYST), ("apebi", Role.FEDERATION), ("formation", Role.TRAINING)):
        appointed(name, minassa, role)
    assert propose_examples(AT) == propose_examples(AT + timedelta(1))
    assert (Version.objects.count(), Proposal.objects.get().voices.count()) == (1, 1)


NEW: dict[str, Any] = {
    "isco08": "2512",
    "cnc": 6,
    "filieres": ["ITO"],
    "rome": ["M1805"],
    "rome_by": "judgement",
    "essential": ["MS-DEV-01", "MS-DEV-02", "MS-DEV-03", "MS-DEV-04"],
    "label": {"fr": "Métier EXEMPLE", "ar": "مهنة مثال", "en": "EXAMPLE occupation"},
    "definition": {"fr": "Définition EXEMPLE.", "ar": "تعريف مثال.", "en": "EXAMPLE definition."},
    "status": "proposed",
}


def test_a_new_occupation_that_esco_lacks_takes_a_free_code_and_enters_the_next_version(
    people: dict[str, Actor],
) -> None:
    made = propose_entry(people["analyst"], "MO-2512", NEW, "Raison EXEMPLE.", AT)
    other = {**NEW, "label": {"fr": "Autre EXEMPLE", "ar": "مثال آخر", "en": "Other EXAMPLE"}}
    second = propose_entry(people["analyst"], "MO-2512", other, "Raison EXEMPLE.", AT)
    assert made.code not in reference().occupations
    assert second.code > made.code
    assert made.before == {}
    for who in ("federation", "training"):
        decide(people[who], made, "Oui.", AT, favour=True)
    publish(people["secretariat"], date(2026, 12, 1), AT)
    assert reference_in_force().occupations[made.code].esco is None
    assert second.code not in reference_in_force().occupations
    with pytest.raises(InvalidChange):
        propose_entry(people["analyst"], "MO-2512", {**NEW, "essential": NEW["essential"][:2]}, "Raison EXEMPLE.", AT)


def test_two_names_added_to_one_entry_both_stay(people: dict[str, Actor]) -> None:
    known = reference().occupations[CODE].synonyms.fr
    first, second = (
        propose(people["analyst"], CODE, {"add_synonyms": {"fr": [name]}}, "Raison EXEMPLE.", AT)
        for name in ("Nom EXEMPLE un", "Nom EXEMPLE deux")
    )
    for made in (first, second):
        for who in ("federation", "training"):
            decide(people[who], made, "Oui.", AT, favour=True)
    publish(people["secretariat"], date(2026, 12, 1), AT)
    assert reference_in_force().occupations[CODE].synonyms.fr == (*known, "Nom EXEMPLE un", "Nom EXEMPLE deux")
    with pytest.raises(NothingToPublish):
        publish(people["secretariat"], date(2026, 12, 2), AT)
    with pytest.raises(InvalidChange):
        propose(people["analyst"], CODE, {"add_synonyms": {"fr": ["Nom EXEMPLE un"]}}, "Raison EXEMPLE.", AT)
