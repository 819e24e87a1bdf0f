"""Non-response followed: who has not answered and why, the rate by stratum."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from minassa.registry.acting import acting_on_row
from minassa.registry.public import Actor
from minassa.surveys.answering import act_of
from minassa.surveys.errors import StaleDraft, SurveyError
from minassa.surveys.models import Asked, AskedState, Reason, Survey


@dataclass(frozen=True, slots=True)
class Rate:
    """Firms asked and firms that answered, in a category of one variable."""

    name: str
    asked: int
    answered: int

    @property
    def basis_points(self) -> int:
        """The share that answered, in basis points."""
        return round(10_000 * self.answered / self.asked) if self.asked else 0


def rates(survey: Survey, column: str) -> list[Rate]:
    """The rate of answer by `filiere`, `size_class` or `region_group`."""
    counts: dict[str, list[int]] = {}
    for name, state in survey.asked.values_list(column, "state"):
        one = counts.setdefault(str(name), [0, 0])
        one[0] += 1
        one[1] += state == AskedState.ANSWERED
    return [Rate(name, *counts[name]) for name in sorted(counts)]


def tell_reason(actor: Actor, asked: Asked, reason: str, at: datetime) -> None:
    """Write why a firm does not answer; SurveyError for a firm that did, or an unknown reason."""
    if reason not in Reason.values:
        raise SurveyError(_("Choisissez un motif dans la liste."))
    stale = StaleDraft(_("Cette entreprise a répondu entre-temps."))
    with acting_on_row(
        asked, lambda row: act_of(row, actor, at), actor, "survey.follow", None, lambda _row: stale
    ) as act:
        if act.row.state == AskedState.ANSWERED:
            raise SurveyError(_("Cette entreprise a répondu : il n'y a pas de motif à noter."))
        act.set(reason=reason, state=AskedState.SILENT)
        act.tell("survey.reason", reason=reason)
