"""How accounts come to be: an invitation, sent by who may, or asked for by an enterprise that has nobody yet."""

from __future__ import annotations

import uuid

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.utils.translation import gettext_lazy as _

from minassa.registry.accounts import Account, Power, Role
from minassa.registry.encryption import EncryptedText


class Invitation(models.Model):
    """A letter that lets one person open an account with given rights, once, before a day."""

    uuid = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    email = models.EmailField(_("adresse électronique"))
    token_digest = models.CharField(max_length=64, unique=True)
    body = models.ForeignKey("registry.Body", null=True, blank=True, on_delete=models.PROTECT)
    role = models.CharField(max_length=20, choices=Role.choices, blank=True)
    enterprise = models.ForeignKey("registry.Enterprise", null=True, blank=True, on_delete=models.PROTECT)
    power = models.CharField(max_length=10, choices=Power.choices, blank=True)
    language = models.CharField(max_length=2, default="fr")
    invited_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT)
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(body__isnull=False, enterprise__isnull=True)
                | models.Q(body__isnull=True, enterprise__isnull=False),
                name="invitation_to_a_body_or_an_enterprise",
            ),
        )

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class RequestState(models.TextChoices):
    """Life of a request of a first account."""

    OPEN = "open", _("à traiter")
    INVITED = "invited", _("invitation envoyée")
    REFUSED = "refused", _("refusée")


class AccountRequest(models.Model):
    """An enterprise without account asks for its first signatory; who is competent answers by an invitation."""

    uuid = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    ice = models.CharField(_("ICE"), max_length=15)
    enterprise_name = models.CharField(_("raison sociale"), max_length=200)
    place = models.SmallIntegerField(_("lieu principal"), default=0)
    email = models.EmailField(_("adresse électronique"))
    full_name = EncryptedText(_("nom et prénom"))
    position = models.CharField(_("fonction"), max_length=100, blank=True)
    language = models.CharField(max_length=2, default="fr")
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.OPEN)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT)
    invitation = models.ForeignKey(Invitation, null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        indexes = (models.Index(fields=["state", "-asked_at"], name="account_request_queue"),)

    def __str__(self) -> str:
        return f"demande de compte {self.pk}"
