"""Letters that remind: dated when the survey opens, taken one by one by the worker, in the language of each person."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from minassa.delays import instant_of, local_day
from minassa.registry.models import Account, Mandate
from minassa.surveys.models import Asked, AskedState, Reminder
from minassa.surveys.policies import FIRM
from minassa.talent.survey.forms import said


def remind_next(at: datetime) -> bool:
    """Send the next letter that is due; False when none is.

    A firm that answered, or whose reason is known, owes nothing any more: its letters are written off without a
    letter. The row is held while letters leave: another worker takes the next one.
    """
    today = local_day(instant_of(at))
    with transaction.atomic():
        owed = Reminder.objects.filter(sent_at=None, due_on__lte=today, asked__survey__closes_on__gte=today)
        held = owed.select_for_update(skip_locked=True, of=("self",)).order_by("due_on", "pk").first()
        if held is None:
            return False
        asked = held.asked
        waiting = asked.state in {AskedState.ASKED, AskedState.DRAFT}
        held.letters = sum(_sent(asked, one) for one in _people(asked, at)) if waiting else 0
        held.sent_at = at
        held.save(update_fields=["letters", "sent_at"])
    return True


def _people(asked: Asked, at: datetime) -> list[Account]:
    """Those who may answer for a firm today."""
    today = local_day(instant_of(at))
    held = Mandate.objects.filter(enterprise=asked.enterprise_id, power__in=FIRM, since__lte=today)
    people = held.exclude(until__lt=today).values("account_id")
    return list(Account.objects.filter(pk__in=people, is_active=True).order_by("pk"))


def _sent(asked: Asked, person: Account) -> int:
    with translation.override(person.language):
        title = said(asked.survey.titles, person.language)
        address = settings.MINASSA_ADDRESS + reverse("survey-answer", kwargs={"asked": asked.uuid})
        body = _(
            "Bonjour,\n\nVotre entreprise n'a pas encore répondu à : %(title)s.\n\n"
            "Vous pouvez répondre, ou reprendre votre brouillon, jusqu'au %(day)s :\n%(address)s\n\n"
            "Vos réponses ne sont montrées à aucune autre entreprise."
        ) % {"title": title, "day": asked.survey.closes_on.isoformat(), "address": address}
        return send_mail(_("Rappel : une enquête attend votre réponse"), body, None, [person.email])
