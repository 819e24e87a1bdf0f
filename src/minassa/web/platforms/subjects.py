"""What an address of P2I bears on, among what the actor may know of."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from minassa.platforms.models import Evidence, Finding, Report
from minassa.platforms.public import Unit, sees_unit, unit, unit_by_slug
from minassa.registry.public import Actor
from minassa.vocabulary.places import UnknownPlaceError


@dataclass(frozen=True, slots=True)
class Followed:
    """A unit as the policy is asked about it."""

    place: int

    @property
    def unit(self) -> Unit:
        """The unit itself."""
        return unit(self.place)


def the_unit(_actor: Actor, slug: str) -> Followed | None:
    """The unit of an address; that a P2I exists is known to everyone."""
    try:
        return Followed(unit_by_slug(slug).code)
    except UnknownPlaceError:
        return None


def the_p2i(actor: Actor, slug: str) -> Followed | None:
    """The P2I of an address; the national platform is none."""
    found = the_unit(actor, slug)
    return None if found is None or found.unit.national else found


def the_report(actor: Actor, report: UUID) -> Report | None:
    """A report, for those who manage the unit or oversee them all."""
    found = Report.objects.get(uuid=report)
    return found if sees_unit(actor, found.place) else None


def the_finding(actor: Actor, finding: UUID) -> Finding | None:
    """A finding, for those who manage the unit or oversee them all."""
    found = Finding.objects.select_related("evidence", "visit").get(uuid=finding)
    return found if sees_unit(actor, found.place) else None


def the_evidence(actor: Actor, evidence: UUID) -> Evidence | None:
    """A file given for a unit, for those who manage it or oversee them all."""
    found = Evidence.objects.get(uuid=evidence)
    return found if sees_unit(actor, found.place) else None
