"""Indicators of money: what the offer gives by measure, and what the accounts say of its credits."""

from __future__ import annotations

from typing import Final

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from minassa.offer.catalogue import catalogue
from minassa.steering.indicators.catalogue import (
    Break,
    Catalogue,
    Frequency,
    Indicator,
    Source,
    Unit,
    indicator,
    share,
)
from minassa.steering.indicators.cube import RANK
from minassa.vocabulary.statuses import Status

OFFER: Final = _("Offre évaluée sur les déclarations en vigueur, au centime")
BOOKS: Final = _("Comptes de l'offre, en partie double")
ACCRUED: Final = Break(
    _("Un montant compte dans le dernier mois connu de sa période ; le provisoire attend des déclarations."),
    Status.INFERRED,
)
BUDGET: Final = Break(_("Par année budgétaire ; qui paie et quand se rattache un droit sont supposés."), Status.ASSUMED)


@indicator(
    label=_("Montants dus"),
    definition=_("Ce que l'offre donne droit à recevoir, toutes mesures et toutes périodes."),
    group="money",
    unit=Unit.CENTS,
    frequency=Frequency.TOTAL,
    origin=OFFER,
    owner="mtnra",
    status=Status.PRESS,
    rank=f"{RANK}due",
    breaks=(ACCRUED,),
)
def due(due: int) -> int:
    """What is due so far."""
    return due


@indicator(
    label=_("Part provisoire des montants dus"),
    definition=_("Montants dus en attendant l'état annuel des salaires ou les comptes, sur tous les montants dus."),
    group="money",
    unit=Unit.BASIS_POINTS,
    frequency=Frequency.TOTAL,
    origin=OFFER,
    owner="mtnra",
    status=Status.PRESS,
    rank=f"{RANK}due",
    breaks=(ACCRUED,),
    falls=True,
)
def provisional_share(provisional: int, due: int) -> int | None:
    """The part of what is due that waits for declarations."""
    return share(provisional, due)


def _by_measure() -> None:
    """One indicator for each measure of the offer, whose formula is the sum of what is due under it."""
    for one in catalogue():
        if one.claims is None:  # gives no money
            continue
        Catalogue.add(
            Indicator(
                f"due_{one.measure}",
                due,
                label=format_lazy(_("Dû : {measure}"), measure=one.measure.upper()),
                definition=_("Ce que cette mesure donne droit à recevoir, toutes périodes."),
                unit=Unit.CENTS,
                frequency=Frequency.TOTAL,
                origin=OFFER,
                owner="mtnra",
                status=Status.PRESS,
                group="money",
                rank=f"{RANK}{one.measure}",
                breaks=(ACCRUED,),
                sums=(f"due_{one.measure}",),
            )
        )


_by_measure()

_CREDIT: Final = {
    "group": "credit",
    "unit": Unit.CENTS,
    "frequency": Frequency.YEAR,
    "source": Source.LEDGER,
    "origin": BOOKS,
    "owner": "mtnra",
    "status": Status.ASSUMED,
    "breaks": (BUDGET,),
}


@indicator(label=_("Crédits ouverts"), definition=_("Crédits autorisés des enveloppes de l'année."), **_CREDIT)
def credits_opened(opened: int) -> int:
    """Credits of the envelopes of the year."""
    return opened


@indicator(
    label=_("Crédits accordés"),
    definition=_("Droits reconnus par une décision, moins ce qui en a été annulé."),
    **_CREDIT,
)
def credits_granted(recognised: int, cancelled: int) -> int:
    """Rights recognised and not cancelled."""
    return recognised - cancelled


@indicator(label=_("Crédits engagés"), definition=_("Droits pour lesquels des crédits sont réservés."), **_CREDIT)
def credits_committed(committed: int) -> int:
    """Rights for which credits are set aside."""
    return committed


@indicator(label=_("Crédits consommés"), definition=_("Versés ou compensés, selon la banque."), **_CREDIT)
def credits_consumed(paid: int) -> int:
    """What was paid or set off."""
    return paid


@indicator(
    label=_("Restant à venir"),
    definition=_("Primes attendues des recrues déjà en poste, si personne ne part : PAE et PAF."),
    **_CREDIT,
)
def credits_to_come(expected: int) -> int:
    """What the premiums of recruits in post may still bring."""
    return expected
