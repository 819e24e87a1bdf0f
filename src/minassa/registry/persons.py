"""Natural persons named in a case: names and numbers encrypted, found again by a blind index."""

from __future__ import annotations

import uuid

from django.contrib.postgres.functions import RandomUUID
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from minassa.registry.encryption import EncryptedText


class Person(models.Model):
    """A person, for instance the foreign talent of a work authorisation."""

    uuid = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    full_name = EncryptedText(_("nom et prénom"))
    full_name_arabic = EncryptedText(_("nom en arabe"), blank=True)
    cin = EncryptedText(_("CIN"), blank=True)
    passport = EncryptedText(_("passeport"), blank=True)
    cnss_number = EncryptedText(_("immatriculation CNSS"), blank=True)
    nationality = models.CharField(_("nationalité"), max_length=2, blank=True)
    cin_index = models.CharField(max_length=32, blank=True, db_index=True, editable=False)
    cnss_index = models.CharField(max_length=32, blank=True, db_index=True, editable=False)
    name_index = models.JSONField(default=list, editable=False)
    enterprise = models.ForeignKey("registry.Enterprise", null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        indexes = (GinIndex(fields=["name_index"], opclasses=["jsonb_path_ops"], name="person_by_name"),)

    def __str__(self) -> str:
        return f"personne {self.pk}"
