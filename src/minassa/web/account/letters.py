"""The letter of an invitation, and the link in it."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from minassa.registry.models import Invitation


def link(invitation: Invitation, token: str) -> str:
    """The address that opens the account, in the language of the invitation."""
    with translation.override(invitation.language):
        return settings.MINASSA_ADDRESS + reverse("account-invitation", kwargs={"token": token})


def send(invitation: Invitation, token: str) -> str:
    """Send the letter; the link, to be shown in the demonstration alone, empty elsewhere."""
    address = link(invitation, token)
    with translation.override(invitation.language):
        giver = invitation.enterprise or invitation.body
        subject = _("Votre invitation sur Minassa")
        body = _(
            "Bonjour,\n\nVous êtes invité à agir pour %(giver)s sur la plateforme Minassa.\n\n"
            "Ouvrez votre compte avant sept jours :\n%(address)s\n\n"
            "Si vous n'attendiez pas cette lettre, ne faites rien."
        ) % {"giver": giver, "address": address}
    send_mail(subject, body, None, [invitation.email])
    return address if settings.MINASSA_DEMONSTRATION else ""
