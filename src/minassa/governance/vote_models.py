"""What members do on an item: stand aside, ask for secrecy, vote, say that they disagree."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from minassa.registry.encryption import EncryptedText


class Nature(models.TextChoices):
    """What links a member to a firm, or why he or she stands aside."""

    SHARES = "shares", _("détient des parts")
    WORK = "work", _("y travaille, ou y a travaillé")
    FAMILY = "family", _("un proche y a un intérêt")
    MANDATE = "mandate", _("y exerce un mandat")
    OTHER = "other", _("autre intérêt")


class Ground(models.TextChoices):
    """Why a member is recused from an item."""

    DECLARED = "declared", _("intérêt déclaré")
    MANDATE = "mandate", _("mandat donné par l'entreprise")
    GROUP = "group", _("lien avec une entreprise du même groupe")
    SHAREHOLDER = "shareholder", _("lien avec un actionnaire ou une filiale")
    HAND = "hand", _("a instruit, contrôlé ou proposé")
    OWN = "own", _("s'est récusé")


class Choice(models.TextChoices):
    """What is voted."""

    FOR = "for", _("pour")
    AGAINST = "against", _("contre")
    ABSTAIN = "abstain", _("abstention")


class Interest(models.Model):
    """An interest that a member has declared in a firm or in a group, from a day to another."""

    account = models.ForeignKey("registry.Account", on_delete=models.PROTECT, related_name="interests")
    enterprise = models.ForeignKey("registry.Enterprise", null=True, blank=True, on_delete=models.PROTECT)
    group = models.ForeignKey("registry.Group", null=True, blank=True, on_delete=models.PROTECT)
    nature = models.CharField(max_length=10, choices=Nature.choices)
    detail = EncryptedText(blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    declared_at = models.DateTimeField()
    declared_by = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(enterprise__isnull=False, group__isnull=True)
                | models.Q(enterprise__isnull=True, group__isnull=False),
                name="interest_in_a_firm_or_a_group",
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="interest_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return f"{self.account_id} {self.nature}"


class Recusal(models.Model):
    """A member stands aside from an item, by a link that was found or by his or her own word. Append-only."""

    item = models.ForeignKey("governance.Item", on_delete=models.PROTECT, related_name="recusals")
    membership = models.ForeignKey("governance.Membership", on_delete=models.PROTECT, related_name="recusals")
    ground = models.CharField(max_length=12, choices=Ground.choices)
    said = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["item", "membership"], name="recused_once"),)

    def __str__(self) -> str:
        return f"{self.item_id} {self.membership_id}"


class SecretRequest(models.Model):
    """A member asks that the vote on an item be secret. Append-only."""

    item = models.ForeignKey("governance.Item", on_delete=models.PROTECT, related_name="secret_requests")
    membership = models.ForeignKey("governance.Membership", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["item", "membership"], name="secrecy_asked_once"),)

    def __str__(self) -> str:
        return f"{self.item_id} secret"


class Ballot(models.Model):
    """A seat has voted on an item; in a secret vote, only that it did. Append-only."""

    item = models.ForeignKey("governance.Item", on_delete=models.PROTECT, related_name="ballots")
    membership = models.ForeignKey("governance.Membership", on_delete=models.PROTECT, related_name="ballots")
    seat = models.SlugField(max_length=20)
    secret = models.BooleanField()
    choice = models.CharField(max_length=8, choices=Choice.choices, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["item", "seat"], name="one_vote_of_a_seat"),
            models.UniqueConstraint(fields=["item", "membership"], name="one_vote_of_a_person"),
            models.CheckConstraint(
                condition=models.Q(secret=True, choice="")
                | models.Q(secret=False, choice__in=["for", "against", "abstain"]),
                name="ballot_secret_or_said",
            ),
        )

    def __str__(self) -> str:
        return f"{self.item_id} {self.seat}"


class Tally(models.Model):
    """The totals of a secret vote: one row, which each vote raises by one.

    There is no row per vote, so nothing that could be laid beside the ballots to tell who voted what.
    """

    item = models.OneToOneField("governance.Item", on_delete=models.PROTECT, related_name="tally")
    in_favour = models.PositiveSmallIntegerField(default=0)
    against = models.PositiveSmallIntegerField(default=0)
    abstained = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.item_id} {self.in_favour}/{self.against}/{self.abstained}"


class Dissent(models.Model):
    """A member has it written, under his or her name, that he or she disagrees, and why. Append-only."""

    item = models.ForeignKey("governance.Item", on_delete=models.PROTECT, related_name="dissents")
    membership = models.ForeignKey("governance.Membership", on_delete=models.PROTECT, related_name="dissents")
    said = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["item", "membership"], name="dissent_once"),)

    def __str__(self) -> str:
        return f"{self.item_id} {self.membership_id}"
