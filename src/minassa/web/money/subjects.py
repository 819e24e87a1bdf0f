"""What an address of money bears on, among what the actor may know of."""

from __future__ import annotations

from uuid import UUID

from minassa.ledger.models import BankEntry, BankFile, Entitlement, Envelope, PaymentBatch, Recovery
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor, allowed


def the_enterprise(actor: Actor, enterprise: UUID) -> Enterprise | None:
    """The enterprise of an address; None when the actor may not read its account."""
    found = Enterprise.objects.get(uuid=enterprise)
    return found if allowed(actor, "statement.view", found) else None


def the_envelope(_actor: Actor, envelope: int) -> Envelope:
    """The credits of an address; DoesNotExist."""
    return Envelope.objects.get(pk=envelope)


def the_entitlement(_actor: Actor, entitlement: int) -> Entitlement:
    """The entitlement of an address; DoesNotExist."""
    return Entitlement.objects.select_related("enterprise").get(pk=entitlement)


def the_batch(_actor: Actor, number: str) -> PaymentBatch:
    """The batch of an address, by its number; DoesNotExist. Neither its file nor the account that pays is read."""
    return PaymentBatch.objects.defer("file", "payer_rib").get(number=number)


def the_file(_actor: Actor, file: int) -> BankFile:
    """The file of the bank of an address; DoesNotExist. Its content is not read."""
    return BankFile.objects.defer("content").get(pk=file)


def the_entry(_actor: Actor, entry: int) -> BankEntry:
    """The thing that the bank said of an address; DoesNotExist."""
    return BankEntry.objects.get(pk=entry)


def the_recovery(_actor: Actor, number: str) -> Recovery:
    """The sum to give back of an address, by its number; DoesNotExist."""
    return Recovery.objects.select_related("enterprise", "entitlement").get(number=number)
