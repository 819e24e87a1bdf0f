"""Indicators of how well it works: real delays, discrepancies between sources, signs of what is not a new job."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from minassa.steering.indicators.catalogue import Break, Frequency, Source, Unit, indicator
from minassa.vocabulary.statuses import Status

SOURCES: Final = _("Confrontation des déclarations entre elles")
MINUTES: Final = _("Registre à la minute des dossiers")


@indicator(
    label=_("Délai médian d'une adhésion"),
    definition=_("Du dépôt à la décision, sans le temps de l'entreprise : dossiers terminés dans le mois."),
    group="quality",
    unit=Unit.SECONDS,
    source=Source.DELAYS,
    origin=MINUTES,
    owner="cto",
    status=Status.OFFICIAL,
    falls=True,
)
def membership_delay(median: int) -> int:
    """The median time of a whole case of membership."""
    return median


@indicator(
    label=_("Écarts entre sources"),
    definition=_("Désaccords entre la CNSS, la DGI et le registre, dans l'année concernée."),
    group="quality",
    unit=Unit.COUNT,
    frequency=Frequency.YEAR,
    origin=SOURCES,
    owner="cnss",
    status=Status.INFERRED,
    falls=True,
)
def discrepancies(discrepancies: int) -> int:
    """Disagreements between sources."""
    return discrepancies


@indicator(
    label=_("Effet des écarts"),
    definition=_("Ce que les écarts changeraient aux montants, en valeur absolue, dans l'année concernée."),
    group="quality",
    unit=Unit.CENTS,
    frequency=Frequency.YEAR,
    origin=SOURCES,
    owner="cnss",
    status=Status.INFERRED,
    falls=True,
)
def discrepancy_effect(discrepancy_effect: int) -> int:
    """What disagreements would change."""
    return discrepancy_effect


@indicator(
    label=_("Signes à vérifier"),
    definition=_("Cas qui ont l'air d'un emploi nouveau et n'en sont peut-être pas : des signes, pas des fautes."),
    group="quality",
    unit=Unit.COUNT,
    frequency=Frequency.YEAR,
    origin=SOURCES,
    owner="cnss",
    status=Status.INFERRED,
    breaks=(Break(_("Transferts, réembauches et remplacements comptent depuis juillet 2025."), Status.INFERRED),),
    falls=True,
)
def signs(irregularities: int) -> int:
    """Signs to check."""
    return irregularities
