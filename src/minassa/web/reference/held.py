"""The reference that pages show, ready for searches."""

from __future__ import annotations

from django.http import Http404

from minassa.skills.public import reference_in_force
from minassa.talent.reference.entries import Occupation, Skill
from minassa.talent.reference.publishing import ADAPTED, ESCO_IN_SERVICE, ISCO, ROME
from minassa.talent.reference.reading import Reference
from minassa.talent.reference.search import Finder

_READY: dict[str, Finder] = {}
"""The reference in force alone, by its digest."""
RIGHTS = (ESCO_IN_SERVICE, ADAPTED, ISCO, ROME)
"""What stands at the foot of every page of the reference."""


def held() -> Reference:
    """The reference in force."""
    return reference_in_force()


def finder() -> Finder:
    """The reference in force, ready for searches."""
    in_force = reference_in_force()
    if in_force.digest not in _READY:
        _READY.clear()
        _READY[in_force.digest] = Finder(in_force)
    return _READY[in_force.digest]


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
