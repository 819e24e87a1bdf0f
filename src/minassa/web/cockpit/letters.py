"""The letter of an alert, written in the language of its reader; a loop of the worker sends what is owed."""

from __future__ import annotations

import smtplib
from datetime import datetime
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from minassa.registry.public import actor_of, allowed
from minassa.steering.indicators.catalogue import Catalogue
from minassa.steering.indicators.letters import READS, drop, refused, sent, take
from minassa.steering.indicators.thresholds import Threshold, thresholds
from minassa.steering.models import Alert, AlertLetter
from minassa.web.indicators import wording
from minassa.web.reports.wording import written

REFUSALS: Final = (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused)
"""What a mail server answers when a letter surely did not leave."""
NO_RIGHT: Final = "no right any more"
NO_THRESHOLD: Final = "threshold no longer there"
UNKNOWN: Final = "line broken: nobody knows whether it left"


def send_next(at: datetime) -> bool:
    """Send the letter that is owed for longest; whether there was one. A loop of the worker."""
    letter = take(at)
    if letter is None:
        return False
    threshold = next((one for one in thresholds() if one.code == letter.alert.code), None)
    if threshold is None:
        drop(letter, NO_THRESHOLD, at)
    elif not allowed(actor_of(letter.account), READS):
        drop(letter, NO_RIGHT, at)
    else:
        _send(letter, threshold, at)
    return True


def _send(letter: AlertLetter, threshold: Threshold, at: datetime) -> None:
    """Reach the mail server, then hand it over; only what surely did not leave is owed again."""
    line = get_connection()
    try:
        line.open()
    except OSError as away:
        refused(letter, type(away).__name__, at)
        return
    try:
        message = message_of(letter.alert, threshold, letter.account.email, letter.account.language)
        message.connection = line
        message.send()
    except REFUSALS as refusal:
        refused(letter, type(refusal).__name__, at)
    except OSError:
        drop(letter, UNKNOWN, at)
    else:
        sent(letter, at)
    finally:
        line.close()


def message_of(alert: Alert, threshold: Threshold, address: str, language: str) -> EmailMessage:
    """The letter: the indicator, its value, the threshold, where to read more. It names nobody."""
    indicator = Catalogue.all()[threshold.indicator]
    with translation.override(language):
        told = {
            "indicator": indicator.label,
            "value": written(indicator.unit, alert.value),
            "period": wording.period_words(indicator.frequency, alert.period),
            "threshold": written(indicator.unit, threshold.raised if alert.raised else threshold.cleared),
            "address": settings.MINASSA_ADDRESS + reverse("indicator", args=[indicator.code]),
            "account": settings.MINASSA_ADDRESS + reverse("account-home"),
            "synthetic": _("Données synthétiques : tout est inventé.") if settings.MINASSA_DEMONSTRATION else "",
        }
        subject = (_("Alerte : %(indicator)s") if alert.raised else _("Fin d'alerte : %(indicator)s")) % told
        body = _body(alert, threshold) % told
    return EmailMessage(subject, body, None, [address])


def _body(alert: Alert, threshold: Threshold) -> str:
    if not alert.raised:
        said = _("%(indicator)s : %(value)s (%(period)s). L'alerte retombe ; son seuil de retour est %(threshold)s.")
    elif threshold.side == "below":
        said = _("%(indicator)s : %(value)s (%(period)s), sous le seuil de %(threshold)s.")
    else:
        said = _("%(indicator)s : %(value)s (%(period)s), au-dessus du seuil de %(threshold)s.")
    more = _(
        "Les seuils sont proposés par la plateforme, aucun texte n'en fixe.\nLire l'indicateur : %(address)s\n"
        "Ne plus recevoir ces lettres : %(account)s"
    )
    return f"{said}\n\n{more}\n\n%(synthetic)s"
