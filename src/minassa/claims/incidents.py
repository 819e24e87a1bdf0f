"""What a replay found wrong: told once, to the journal and to those who look after the platform and the committees."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from minassa.claims.acting import stream_of
from minassa.claims.claim_models import Claim
from minassa.claims.preparing import CLAIMS
from minassa.claims.round_models import Incident
from minassa.journal.public import Entry, chained
from minassa.registry.public import Actor, require

INCIDENTS: Final[Mapping[str, Promise]] = {
    "amounts": _("Un montant recalculé diffère de celui qui est figé"),
    "tampered": _("Le contenu figé ne correspond plus à son empreinte"),
    "decision": _("Le montant décidé ne suit plus des lignes"),
    "unreadable": _("La demande ne peut plus être recalculée : règle réécrite, ou calcul absent"),
}
"""What each kind of incident means."""


def incidents(actor: Actor) -> QuerySet[Incident]:
    """Every incident of a replay, with its claim, the last found first. Forbidden."""
    require(actor, "claim.incidents")
    return Incident.objects.select_related("claim__enterprise").order_by("-found_at", "-pk")


def tell_incident(claim: Claim, kind: str, detail: Mapping[str, Any], at: datetime) -> None:
    """An incident, once per claim and kind, told to the journal."""
    with transaction.atomic():
        Claim.objects.select_for_update().get(pk=claim.pk)
        found, made = Incident.objects.get_or_create(
            claim=claim, kind=kind, defaults={"detail": dict(detail), "found_at": at}
        )
        if made:
            told = {"incident": found.pk, "incident_kind": kind, **detail}
            Entry.objects.bulk_create(chained(stream_of(claim.pk), [("claim.incident", told)], str(CLAIMS), at))
