"""Missions and events, leads, the P2I that a lead was proposed to, and what they answered."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from minassa.markets.figure_models import Segment
from minassa.registry.models import Enterprise


class EventKind(models.TextChoices):
    """What an event is."""

    MISSION = "mission", _("mission à l'étranger")
    FAIR = "fair", _("salon")
    FORUM = "forum", _("forum ou conférence")
    MEETINGS = "meetings", _("rencontres d'affaires")
    VISIT = "visit", _("visite d'une délégation au Maroc")


class Commission(models.TextChoices):
    """The commission of the federation that an event is of."""

    EUROPE = "europe", _("Europe")
    AFRICA = "africa", _("Afrique")
    AMERICAS = "americas", _("Amériques")
    MIDDLE_EAST = "middle-east", _("Moyen-Orient")
    SKILLS = "skills", _("Compétences et talents")
    OFFSHORING = "offshoring", _("Groupe Offshoring")


class Event(models.Model):
    """A mission or an event abroad. Append-only."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=EventKind.choices)
    name = models.CharField(max_length=200)
    market = models.CharField(max_length=2)
    segment = models.CharField(max_length=12, choices=Segment.choices)
    starts_on = models.DateField()
    ends_on = models.DateField()
    place = models.CharField(max_length=200)
    commission = models.CharField(max_length=12, choices=Commission.choices, blank=True)
    organiser = models.CharField(max_length=200)
    synthetic = models.BooleanField(default=False)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("starts_on")), name="market_event_days"),
        )

    def __str__(self) -> str:
        return str(self.uuid)


class LeadState(models.TextChoices):
    """Where a lead stands."""

    NEW = "new", _("nouvelle")
    QUALIFIED = "qualified", _("qualifiée")
    PROPOSED = "proposed", _("proposée à une P2I")
    ANSWERED = "answered", _("la P2I a répondu")
    WON = "won", _("gagnée, contrat signé")
    LOST = "lost", _("perdue")


class Lead(models.Model):
    """A firm abroad that may place work in Morocco: what it wants, where the lead stands, how it ended.

    `by_month` and `signed_month` are indexes of months. `confidential`: the P2I do not read the name of the firm.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, null=True, on_delete=models.PROTECT, related_name="leads")
    company = models.CharField(max_length=200)
    market = models.CharField(max_length=2)
    segment = models.CharField(max_length=12, choices=Segment.choices)
    filiere = models.SmallIntegerField()
    skills = models.TextField(blank=True)
    languages = models.JSONField(default=list)
    places_wanted = models.PositiveIntegerField()
    by_month = models.IntegerField()
    confidential = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=LeadState.choices, default=LeadState.NEW)
    enterprise = models.ForeignKey(Enterprise, null=True, on_delete=models.PROTECT, related_name="leads")
    signed_month = models.IntegerField(null=True)
    jobs_promised = models.PositiveIntegerField(null=True)
    lost_reason = models.TextField(blank=True)
    synthetic = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField()
    touched_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(state="won")
                | models.Q(enterprise__isnull=False, signed_month__isnull=False, jobs_promised__gte=1),
                name="market_lead_won_names_its_contract",
            ),
        )
        indexes = (models.Index(fields=["state", "market"], name="market_lead_state"),)

    def __str__(self) -> str:
        return str(self.uuid)


class Proposed(models.Model):
    """A lead proposed to a P2I, with the reasons of that day (`reasons`, as the page showed them). Append-only."""

    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="proposed")
    place = models.SmallIntegerField()
    reasons = models.JSONField(default=list)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["lead", "place"], name="market_lead_proposed_once"),)

    def __str__(self) -> str:
        return f"{self.lead_id}/{self.place}"


class Reply(models.Model):
    """What a P2I answered: places, delay and price (centimes, per post and month) with its source, or why not."""

    proposed = models.OneToOneField(Proposed, on_delete=models.PROTECT, related_name="reply")
    accepted = models.BooleanField()
    places = models.PositiveIntegerField(null=True)
    delay_days = models.PositiveIntegerField(null=True)
    cents_post_month = models.BigIntegerField(null=True)
    price_source = models.CharField(max_length=300, blank=True)
    said = models.TextField(blank=True)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(accepted=False)
                | models.Q(places__gte=1, delay_days__isnull=False) & ~models.Q(price_source=""),
                name="market_reply_says_what_it_offers",
            ),
        )

    def __str__(self) -> str:
        return str(self.proposed_id)
