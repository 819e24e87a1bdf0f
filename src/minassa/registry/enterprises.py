"""Enterprises, their establishments, groups and shareholders."""

from __future__ import annotations

import uuid

from django.contrib.postgres.functions import RandomUUID
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.utils.translation import gettext_lazy as _


class Group(models.Model):
    """Enterprises under one control: jobs moved inside a group are not new jobs."""

    name = models.CharField(_("groupe"), max_length=200)

    def __str__(self) -> str:
        return self.name


class Enterprise(models.Model):
    """A firm, by its common identifier (ICE) and the numbers that each administration gave it."""

    uuid = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    ice = models.CharField(_("ICE"), max_length=15, unique=True)
    fiscal_id = models.BigIntegerField(_("identifiant fiscal"), null=True, blank=True, unique=True)
    rc = models.CharField(_("registre du commerce"), max_length=30, blank=True)
    affiliation = models.IntegerField(_("affiliation CNSS"), null=True, blank=True, unique=True)
    name = models.CharField(_("raison sociale"), max_length=200)
    name_arabic = models.CharField(_("raison sociale en arabe"), max_length=200, blank=True)
    activity = models.CharField(_("activité"), max_length=30, blank=True)
    filiere = models.SmallIntegerField(_("filière"), default=0)
    place = models.SmallIntegerField(_("lieu principal"), default=0)
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="members")
    search = models.TextField(editable=False, default="")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = (
            GinIndex(OpClass("search", name="gin_trgm_ops"), name="enterprise_search"),
            models.Index(fields=["place", "name"], name="enterprise_by_place"),
            models.Index(fields=["name", "id"], name="enterprise_by_name"),
        )

    def __str__(self) -> str:
        return self.name


class Establishment(models.Model):
    """A place of work of an enterprise, dated."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="establishments")
    number = models.PositiveSmallIntegerField(_("numéro"))
    place = models.SmallIntegerField(_("lieu"))
    address = models.CharField(_("adresse"), max_length=250, blank=True)
    opened_on = models.DateField(_("depuis le"))
    closed_on = models.DateField(_("jusqu'au"), null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["place", "enterprise"], name="establishment_by_place"),)
        constraints = (
            models.UniqueConstraint(fields=["enterprise", "number"], name="establishment_once"),
            models.CheckConstraint(
                condition=models.Q(closed_on__isnull=True) | models.Q(closed_on__gte=models.F("opened_on")),
                name="establishment_closes_after_it_opens",
            ),
        )

    def __str__(self) -> str:
        return f"{self.enterprise_id}/{self.number:04}"


class Shareholding(models.Model):
    """Share of one enterprise held by another, in basis points, dated."""

    holder = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="holdings")
    held = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="shareholders")
    share_basis_points = models.PositiveIntegerField(_("part (points de base)"))
    since = models.DateField(_("depuis le"))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["holder", "held", "since"], name="shareholding_once"),
            models.CheckConstraint(condition=models.Q(share_basis_points__lte=10_000), name="share_within_the_whole"),
            models.CheckConstraint(condition=~models.Q(holder=models.F("held")), name="nobody_holds_itself"),
        )

    def __str__(self) -> str:
        return f"{self.holder_id} → {self.held_id}"
