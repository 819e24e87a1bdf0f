"""The reference that pages show, ready for searches."""

from __future__ import annotations

from functools import cache

from django.http import Http404

from minassa.talent.reference.entries import Occupation, Skill
from minassa.talent.reference.publishing import ADAPTED, ESCO_IN_SERVICE, ISCO, ROME
from minassa.talent.reference.reading import Reference, reference
from minassa.talent.reference.search import Finder

RIGHTS = (ESCO_IN_SERVICE, ADAPTED, ISCO, ROME)
"""What stands at the foot of every page of the reference."""


def held() -> Reference:
    """The reference in force."""
    return finder().held


@cache
def finder() -> Finder:
    """The reference in force, ready for searches."""
    return Finder(reference())


def occupation_of(code: str) -> Occupation:
    """An occupation by its code. Http404."""
    found = held().occupations.get(code)
    if found is None:
        raise Http404
    return found


def skill_of(code: str) -> Skill:
    """A skill by its code. Http404."""
    found = held().skills.get(code)
    if found is None:
        raise Http404
    return found
