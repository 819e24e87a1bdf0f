"""Bodies that act in the offer: agencies, P2I managers, committees, ministries, APEBI, training bodies."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class BodyKind(models.TextChoices):
    """What a body is for."""

    AGENCY = "agency", _("administration")
    PARK_MANAGER = "park_manager", _("gestionnaire de P2I")
    COMMITTEE = "committee", _("comité")
    MINISTRY = "ministry", _("ministère")
    FEDERATION = "federation", _("fédération")
    TRAINING = "training", _("organisme de formation")
    PLATFORM = "platform", _("plateforme")


class Body(models.Model):
    """A body, by its short code (`cnss`, `dgi`, `commune`, `immigration`, `gisre`, `anapec`, `cri`, `cto`…)."""

    code = models.SlugField(_("code"), max_length=30, unique=True)
    kind = models.CharField(_("nature"), max_length=20, choices=BodyKind.choices)
    name = models.CharField(_("nom"), max_length=200)
    name_arabic = models.CharField(_("nom en arabe"), max_length=200, blank=True)
    name_english = models.CharField(_("nom en anglais"), max_length=200, blank=True)
    answers_by_api = models.BooleanField(_("répond par interface"), default=False)
    endpoint = models.URLField(_("adresse de réception"), blank=True)

    def __str__(self) -> str:
        return self.name


class Park(models.Model):
    """A P2I (place of `minassa.vocabulary.places`) and the body that manages it, dated."""

    place = models.SmallIntegerField(_("lieu"), unique=True)
    manager = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="parks")
    since = models.DateField(_("depuis le"))

    def __str__(self) -> str:
        return str(self.place)
