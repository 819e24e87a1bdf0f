"""What a trial of specialisation asks, line by line: a quantity, how it was counted, how sure it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from minassa.platforms.public import platform_parameters
from minassa.steering.platforms.premiums import Premium
from minassa.steering.platforms.trying import Tried
from minassa.talent.seats.assumed import assumptions
from minassa.vocabulary.money import Cents
from minassa.vocabulary.rates import BASIS_POINTS
from minassa.vocabulary.statuses import Status
from minassa.web import writing
from minassa.web.platforms.trial_asked import Asked
from minassa.web.public.pages import language

METRES: Final = "m²"


@dataclass(frozen=True, slots=True)
class Line:
    """A quantity that the trial asks: its words, number and unit, how it was counted, how sure the least sure part is.

    An amount is in centimes.
    """

    words: str
    value: int
    unit: str
    counted: str
    status: Status
    amount: bool = False

    @property
    def unit_shown(self) -> str:
        """The unit beside the number, where the words do not say what is counted."""
        return self.unit if self.unit == METRES else ""


def lines_of(tried: Tried, question: Asked, premiums: Sequence[Premium]) -> list[Line]:
    """Every quantity that a trial asks, premiums of its recruits among them."""
    trial, counted = tried.trial, tried.counted
    people, seats = _("personnes"), _("places")
    movable, taught = platform_parameters()["movable_of_near"].status, assumptions().status
    shares = _("%(kept)s des entrants diplômés (%(kept_from)s), %(inserted)s des diplômés en emploi (%(from)s)") % {
        "kept": _percent(counted.kept),
        "kept_from": _origin(counted.kept_from),
        "inserted": _percent(counted.inserted),
        "from": _origin(counted.inserted_from),
    }
    trained = _status_of(counted.kept_from, counted.inserted_from)
    near = _("une personne d'un métier proche sur %(of)s au plus") % {"of": BASIS_POINTS // tried.ratios.movable}
    by_trainer = _("%(number)s entrants par formateur") % {"number": tried.ratios.entrants_by_trainer}
    metres = _("%(number)s m² par poste") % {"number": question.metres}
    return [
        Line(_("Postes de plus dans le domaine"), trial.posts, people, _("part visée, emplois reconnus"), movable),
        Line(_("dont reconversions de personnes de la P2I"), trial.converted, people, near, movable),
        Line(_("dont recrutements"), trial.added, people, _("le reste"), movable),
        Line(_("Places de formation pour les recrues"), trial.seats_recruits, seats, shares, trained),
        Line(_("Places de formation en tout"), trial.seats, seats, _("une de plus par reconversion"), trained),
        Line(_("Places de formation par an"), trial.seats_year, seats, _("à parts égales jusqu'au terme"), trained),
        Line(_("Formateurs"), trial.trainers, people, by_trainer, taught),
        Line(_("Heures pour les reconversions"), trial.hours, _("heures"), _("passages de métiers"), Status.PROPOSED),
        Line(_("Surface de bureaux"), trial.metres, METRES, metres, Status.ASSUMED),
        *(_premium(one, trial.added) for one in premiums),
    ]


def _premium(one: Premium, hires: int) -> Line:
    words = {
        "pae": _("Prime d'accompagnement à l'emploi (PAE) des recrues"),
        "paf": _("Prime à la formation (PAF) des recrues"),
    }
    each = _("%(amount)s par recrue, offre en vigueur") % {"amount": writing.money(Cents(one.cents), language())}
    return Line(words[one.measure], one.cents * hires, _("dirhams"), each, one.status, amount=True)


def _percent(share: float) -> str:
    return writing.percent(round(share * BASIS_POINTS), language())


def _origin(origin: str) -> str:
    return {"measured": _("mesuré"), "told": _("dit par les établissements")}.get(origin, _("supposé"))


def _status_of(*origins: str) -> Status:
    """Shares that are measured or told follow from what was declared; an assumed one carries."""
    return Status.ASSUMED if "assumed" in origins else Status.INFERRED
