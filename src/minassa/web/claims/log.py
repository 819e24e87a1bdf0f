"""The log of a claim: what the journal keeps of it, in words, with the short form of each hash."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from minassa.claims.acting import stream_of
from minassa.claims.models import Claim
from minassa.registry.public import Actor
from minassa.web.journaled import LogLine, lines_of

KINDS: Final[dict[str, str | Promise]] = {
    "claim.prepared": gettext_lazy("Demande préparée par la plateforme"),
    "claim.superseded": gettext_lazy("Remplacée : un nouveau dépôt a changé ses montants"),
    "claim.checked": gettext_lazy("Vérifiée par l'entreprise"),
    "claim.contested": gettext_lazy("Ligne contestée"),
    "claim.contest_answered": gettext_lazy("Réponse à une contestation"),
    "claim.signed": gettext_lazy("Signée"),
    "claim.expired": gettext_lazy("Délai de signature passé"),
    "claim.drawn": gettext_lazy("Tirée au sort pour un contrôle"),
    "claim.passed": gettext_lazy("Transmise à ceux qui décident"),
    "claim.conclude": gettext_lazy("Contrôle terminé"),
    "claim.propose": gettext_lazy("Réduction ou refus proposé : l'entreprise est entendue"),
    "claim.reply": gettext_lazy("L'entreprise a répondu"),
    "claim.reply_lapsed": gettext_lazy("Délai de réponse passé"),
    "claim.accept": gettext_lazy("Acceptée"),
    "claim.cut": gettext_lazy("Acceptée en partie"),
    "claim.refuse": gettext_lazy("Refusée"),
    "claim.suspend": gettext_lazy("Décision suspendue"),
    "claim.resume": gettext_lazy("Décision reprise"),
    "claim.cleared": gettext_lazy("Lignes retenues laissées payer"),
    "claim.recognised": gettext_lazy("Droit inscrit aux comptes de l'offre"),
    "claim.gives_back": gettext_lazy("Somme à rendre inscrite aux comptes de l'offre"),
    "claim.payment_rejected": gettext_lazy("Paiement rejeté par la banque : il reste dû"),
    "claim.restitution_proposed": gettext_lazy("Restitution proposée : l'entreprise est entendue"),
    "claim.restitution_replied": gettext_lazy("L'entreprise a répondu sur une restitution"),
    "claim.restitution_decided": gettext_lazy("Restitution décidée ou abandonnée"),
    "claim.paid": gettext_lazy("Paiement inscrit"),
    "claim.incident": gettext_lazy("Le recalcul de nuit ne donne plus le même montant"),
}


def log_of(actor: Actor, claim: Claim, names: dict[str, str]) -> list[LogLine]:
    """The entries of a claim, the latest first; `names`: of bodies, by code."""
    return lines_of(actor, stream_of(claim.pk), KINDS, names)
