"""Accounts, and what gives them rights: an appointment in a body, or a mandate from an enterprise."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, Final

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.utils.translation import gettext_lazy as _

from minassa.registry.encryption import EncryptedText
from minassa.statements import Compiled, Given


class Accounts(BaseUserManager["Account"]):
    """How accounts are made: by their address alone."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Account:  # noqa: ANN401
        """A new account; without password it can only be entered by invitation or by national identity."""
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get(self, *conditions: Any, **named: Any) -> Account:  # noqa: ANN401 (Django's)
        """An account, as Django does; by its key alone, as every request of someone signed in asks, without delay."""
        if conditions or named.keys() != {"pk"}:
            return super().get(*conditions, **named)
        found = _BY_KEY.first(pk=named["pk"])
        if found is None:
            raise self.model.DoesNotExist
        return found


class Account(AbstractBaseUser):
    """Someone who signs in. Rights come from appointments and mandates, never from the account itself."""

    uuid = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    email = models.EmailField(_("adresse électronique"), unique=True)
    full_name = EncryptedText(_("nom et prénom"), blank=True)
    language = models.CharField(_("langue"), max_length=2, default="fr")
    is_active = models.BooleanField(_("actif"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Accounts] = Accounts()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return f"compte {self.pk}"


_BY_KEY: Final = Compiled(lambda: Account.objects.filter(pk=Given("pk")))


class Role(models.TextChoices):
    """What an account does in a body."""

    OFFICER = "officer", _("agent")
    SUPERVISOR = "supervisor", _("responsable de service")
    PARK_MANAGER = "park_manager", _("gestionnaire de P2I")
    CTO_MEMBER = "cto_member", _("membre du CTO")
    SECRETARIAT = "secretariat", _("secrétariat du CTO")
    STEERING_MEMBER = "steering_member", _("membre du comité de pilotage")
    FEDERATION = "federation", _("APEBI")
    TRAINING = "training", _("organisme de formation")
    ANALYST = "analyst", _("analyste")
    ADMINISTRATOR = "administrator", _("administrateur de la plateforme")


class Power(models.TextChoices):
    """What an enterprise lets an account do in its name."""

    PREPARE = "prepare", _("préparer")
    SIGN = "sign", _("signer")


class Appointment(models.Model):
    """An account holds a role in a body, from a day to another."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="appointments")
    body = models.ForeignKey("registry.Body", on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(_("rôle"), max_length=20, choices=Role.choices)
    since = models.DateField(_("depuis le"))
    until = models.DateField(_("jusqu'au"), null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["account", "body", "role", "since"], name="appointment_once"),)

    def __str__(self) -> str:
        return f"{self.account_id} {self.role} {self.body_id}"


class Mandate(models.Model):
    """An enterprise lets an account prepare or sign for it, from a day to another."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="mandates")
    enterprise = models.ForeignKey("registry.Enterprise", on_delete=models.PROTECT, related_name="mandates")
    power = models.CharField(_("pouvoir"), max_length=10, choices=Power.choices)
    since = models.DateField(_("depuis le"))
    until = models.DateField(_("jusqu'au"), null=True, blank=True)
    granted_by = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="granted_mandates")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["account", "enterprise", "power", "since"], name="mandate_once"),
            ExclusionConstraint(
                name="mandate_without_overlap",
                expressions=[
                    ("account", RangeOperators.EQUAL),
                    ("enterprise", RangeOperators.EQUAL),
                    ("power", RangeOperators.EQUAL),
                    (models.Func("since", "until", models.Value("[]"), function="daterange"), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="mandate_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return f"{self.account_id} {self.power} {self.enterprise_id}"
