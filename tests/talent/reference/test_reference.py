"""The reference of skills as it is shipped, and what its check finds when something is broken on purpose."""

from __future__ import annotations

from dataclasses import replace

import pytest

from minassa.talent.reference.entries import Skill, Words
from minassa.talent.reference.integrity import LEAST_SKILLS, faults
from minassa.talent.reference.reading import Reference, reference


def test_skills_are_enough_and_said_in_three_languages() -> None:
    held = reference()
    assert len(held.skills) >= LEAST_SKILLS
    assert all(one.label.fr and one.label.ar and one.label.en for one in held.skills.values())


def test_the_reference_that_is_shipped_is_whole() -> None:
    assert [str(fault) for fault in faults(reference())] == []


def test_the_digest_changes_with_what_is_said() -> None:
    held = reference()
    assert replace(held).digest == held.digest
    assert _with(held, "MS-DEV-01", label=Words(fr="Autre", ar="آخر", en="Other")).digest != held.digest


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"label": Words(fr="Programmation", ar="Programming", en="Programming")}, "n'est pas écrit en arabe"),
        ({"label": Words(fr="برمجة", ar="برمجة", en="Programming")}, "est écrit en arabe"),
        ({"label": Words(fr="programmer en JAVA", ar="شيء", en="Thing")}, "porte le même nom (fr) que"),
    ],
    ids=["arabic in latin letters", "french in arabic letters", "two names alike"],
)
def test_what_is_broken_is_told(changes: dict[str, Words], told: str) -> None:
    broken = _with(reference(), "MS-DEV-01", **changes)
    assert any(told in fault.what for fault in faults(broken))


def _with(held: Reference, code: str, **changes: Words) -> Reference:
    skill: Skill = held.skills[code].model_copy(update=changes)
    return replace(held, skills=held.skills | {code: skill})


def test_what_is_shipped_is_whole() -> None:
    assert [str(fault) for fault in faults(reference())] == []
