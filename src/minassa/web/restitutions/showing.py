"""A restitution in words: its lines, its causes, how what comes back is computed, on what that rests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from minassa.claims.models import Restitution, RestitutionLine
from minassa.delays.figures import delay
from minassa.entitlements.amounts import PERSONLESS, person_text
from minassa.ledger.public import parameter
from minassa.registry.public import Actor
from minassa.web.claims.names import names_of
from minassa.web.claims.showing import measure_name, month_words, period_words
from minassa.web.money.showing import Told, told_parameters
from minassa.web.public.sheets import delay_words

HEARING: Final = "claim_hearing"
METHOD: Final = "recovery_method"
METHODS: Final[dict[str, str | Promise]] = {
    "pro_rata": gettext_lazy(
        "Emploi quitté trop tôt : montant demandé × mois qui manquent ÷ mois exigés, arrondi au centime, à la moitié "
        "supérieure."
    ),
    "whole": gettext_lazy("Emploi quitté trop tôt : tout le montant demandé, dès qu'un mois manque."),
}
"""How what comes back of a job left too early is computed, by value of the parameter; a test says none is left out."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of a restitution in words; `name` only for those who may read it; `person` empty for the firm itself."""

    line: RestitutionLine
    person: str
    name: str
    hired: str


def told(restitution: Restitution) -> dict[str, Any]:
    """A restitution in words: what its page and the file of a committee both say."""
    claim, day = restitution.claim, timezone.localdate(restitution.opened_at)
    return {
        "restitution": restitution,
        "claim": claim,
        "measure": measure_name(claim.measure),
        "period": period_words(claim.measure, claim.period),
        "method": METHODS[str(parameter(METHOD, day).value)],
        "parameters": [*told_parameters(METHOD, "recovery_tolerated_months", on=day), _delay(day)],
    }


def _delay(day: date) -> Told:
    """The delay of the firm to answer, as it stood on a day."""
    known = delay(HEARING, day)
    return Told(known.description, delay_words(HEARING, day), str(known.source.status), known.source.note or "")


def shown_lines(actor: Actor, restitution: Restitution, lines: Iterable[RestitutionLine]) -> list[Shown]:
    """Lines in words, with the names that the actor may read."""
    held = list(lines)
    persons = {one.line.person for one in held if one.line.person != PERSONLESS}
    names = names_of(actor, restitution.claim, persons)
    return [_shown(one, names.get(one.line.person, "")) for one in held]


def _shown(one: RestitutionLine, name: str) -> Shown:
    line = one.line
    person = "" if line.person == PERSONLESS else person_text(line.person)
    return Shown(one, person, name, month_words(line.hired_month) if line.hired_month else "")
