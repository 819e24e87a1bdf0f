"""What firms and officers tell after a grant: who was hired, that a place is given up, what an alert was worth."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from minassa.delays import instant_of, local_day
from minassa.intake.public import lake
from minassa.journal.public import append
from minassa.registry.public import Actor, require
from minassa.visas.errors import VisaError
from minassa.visas.quota import give_back, moved
from minassa.visas.visa_models import Alert, AlertKind, Hire, Move, Visa, VisaState
from minassa.vocabulary.identifiers import check_immatriculation, compact
from minassa.vocabulary.periods import month_of

NOBODY: Final = frozenset({0, 999_999_999})
"""Numbers that are nobody's: none yet, and casual labour."""


def tell_hire(actor: Actor, visa: Visa, number: str, starts_month: int, at: datetime) -> Hire:
    """Say under which CNSS number, from which month on, the person works; kept as a pseudonym at once. Once.

    VisaError for a visa that is not granted, a hire told before, a month before the grant or still to come.
    """
    require(actor, "visa.tell", visa)
    today = local_day(instant_of(at))
    digits = compact(number)
    if check_immatriculation(digits) or int(digits) in NOBODY:
        raise VisaError(_("Ce numéro de CNSS n'est pas valide : neuf chiffres, sans espace."))
    with transaction.atomic():
        held = _granted(visa)
        if Hire.objects.filter(visa=held).exists():
            raise VisaError(_("L'embauche de cette personne a déjà été dite."))
        if held.granted_on is None or not month_of(held.granted_on) <= starts_month <= month_of(today):
            raise VisaError(_("Le mois d'entrée va du mois de l'accord au mois en cours."))
        [person] = lake().pseudonyms().of_numbers(np.array([int(digits)], dtype=np.int64)).tolist()
        made = Hire.objects.create(visa=held, person=person, starts_month=starts_month, told_by=str(actor), told_at=at)
        open_alerts = Alert.objects.filter(visa=held, kind=AlertKind.UNTOLD, closed_at__isnull=True)
        open_alerts.update(closed_at=at, closed_by=str(actor))
        append(f"visa:{held.pk}", "visa.hired", str(actor), {"month": starts_month}, at)
    return made


def give_up(actor: Actor, visa: Visa, at: datetime) -> None:
    """Say that the person did not come, or has left: the place goes back to the quota. VisaError when none is held."""
    require(actor, "visa.give-up", visa)
    with transaction.atomic():
        held = _granted(visa)
        give_back(held)
        held.state = VisaState.FREED
        held.save(update_fields=["state"])
        Alert.objects.filter(visa=held, closed_at__isnull=True).update(closed_at=at, closed_by=str(actor))
        moved(actor, held, Move.GIVEN_UP, at)


def close_alert(actor: Actor, alert: Alert, ground: str, at: datetime) -> None:
    """Close an alert with what was found. VisaError without a word, or when it is closed already."""
    require(actor, "visa.follow", alert.visa)
    said = ground.replace("\x00", "").strip()
    if not said:
        raise VisaError(_("Dites ce qui a été constaté."))
    with transaction.atomic():
        held = Alert.objects.select_for_update().get(pk=alert.pk)
        if held.closed_at is not None:
            raise VisaError(_("Cette alerte est déjà close."))
        held.closed_at, held.closed_by, held.ground = at, str(actor), said
        held.save(update_fields=["closed_at", "closed_by", "ground"])
        append(f"visa:{held.visa_id}", "visa.alert-closed", str(actor), {"horizon": held.horizon}, at)


def _granted(visa: Visa) -> Visa:
    held = Visa.objects.select_for_update().get(pk=visa.pk)
    if held.state != VisaState.GRANTED:
        raise VisaError(_("Ce visa n'est pas accordé, ou sa place est rendue."))
    return held
