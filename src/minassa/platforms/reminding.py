"""The letter that chases a late report: one, in the language of each person who manages the P2I."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from minassa.delays import instant_of, local_day
from minassa.platforms.models import Reminder, Report, ReportState
from minassa.platforms.policies import MANAGERS
from minassa.platforms.reporting import DONE
from minassa.platforms.units import body_of, unit
from minassa.registry.models import Account, Appointment
from minassa.vocabulary.periods import format_month


def remind_next(at: datetime) -> bool:
    """Send the next letter that is due; False when none is. One for a report filed meanwhile is written off."""
    today = local_day(instant_of(at))
    with transaction.atomic():
        owed = Reminder.objects.filter(sent_at=None, due_on__lte=today)
        held = owed.select_for_update(skip_locked=True, of=("self",)).order_by("due_on", "pk").first()
        if held is None:
            return False
        report = held.report
        late = ReportState(report.state) not in DONE
        held.letters = sum(_sent(report, one) for one in _people(report, today)) if late else 0
        held.sent_at = at
        held.save(update_fields=["letters", "sent_at"])
    return True


def late_reports(today: date) -> list[Report]:
    """Reports that are not filed though their last day is past, the oldest first."""
    return list(Report.objects.filter(due_on__lt=today).exclude(state__in=DONE).order_by("due_on", "place"))


def _people(report: Report, today: date) -> list[Account]:
    """Those who manage the unit today."""
    held = Appointment.objects.filter(body__code=body_of(report.place), role__in=MANAGERS, since__lte=today)
    people = held.exclude(until__lt=today).values("account_id")
    return list(Account.objects.filter(pk__in=people, is_active=True).order_by("pk"))


def _sent(report: Report, person: Account) -> int:
    with translation.override(person.language):
        address = settings.MINASSA_ADDRESS + reverse("platform-report", kwargs={"report": report.uuid})
        told = {
            "unit": getattr(unit(report.place), f"name_{person.language}"),
            "first": format_month(report.first_month),
            "last": format_month(report.last_month),
            "day": report.due_on.isoformat(),
            "address": address,
        }
        body = _(
            "Bonjour,\n\nLe rapport de %(unit)s, de %(first)s à %(last)s, était dû le %(day)s et n'est pas déposé.\n\n"
            "Ce que la plateforme sait y est déjà ; il reste à le compléter, à le vérifier et à le sceller :\n"
            "%(address)s"
        )
        return send_mail(_("Le rapport de votre P2I est en retard"), body % told, None, [person.email])
