"""Bank accounts: proposed by who signs for the firm, confirmed by the body that pays, on a certificate of the bank."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from minassa.journal.public import append
from minassa.ledger.account_models import SHOWN, BankAccount, PayingAccount
from minassa.ledger.errors import AccountRefused, ImpossibleState, SameHand, WrongAccount
from minassa.ledger.posting import require_ground
from minassa.registry.encryption import blind_index
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor, require
from minassa.vocabulary.identifiers import check_rib, compact

State = BankAccount.State
_BANK: Final = 3
_CERTIFICATE: Final = 120


@dataclass(frozen=True, slots=True)
class AccountGiven:
    """An account as a firm gives it: its holder, its RIB (24 digits). Its `repr` does not hold the RIB."""

    holder: str
    rib: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Payer:
    """The account that pays: its holder and its RIB (24 digits)."""

    name: str
    rib: str = field(repr=False)


def propose_account(actor: Actor, enterprise: Enterprise, given: AccountGiven, at: datetime) -> BankAccount:
    """Propose, in the name of the firm, an account to be paid on; nothing more is paid until it is confirmed.

    Forbidden, WrongAccount (shape or key), AccountRefused for the one that holds already or without holder.
    """
    require(actor, "account.propose", enterprise)
    rib, holder = checked_rib(given.rib), " ".join(given.holder.split())[:140]
    if not holder:
        raise AccountRefused(_("Dites au nom de qui est ce compte."))
    with transaction.atomic():
        _firm_held(enterprise)
        index, held = blind_index(rib), account_of(enterprise.pk)
        pending = BankAccount.objects.filter(enterprise=enterprise, state=State.PROPOSED)
        if held is not None and held.index == index and not pending.exists():
            raise AccountRefused(_("Ce compte est déjà celui sur lequel vous êtes payé."))
        for earlier in pending:
            _decide(earlier, State.REPLACED, actor, at)
        made = BankAccount.objects.create(
            enterprise=enterprise,
            holder=holder,
            rib=rib,
            index=index,
            bank=rib[:_BANK],
            last4=rib[-SHOWN:],
            proposed_by=str(actor),
            proposed_at=at,
        )
        _tell(made, "ledger.account-proposed", actor, at)
    return made


def confirm_account(actor: Actor, account: BankAccount, certificate: str, at: datetime) -> BankAccount:
    """Confirm a proposed account on a certificate of the bank (its reference): payments go there from now on.

    Forbidden, SameHand, ImpossibleState, AccountRefused without certificate.
    """
    require(actor, "account.confirm", account.enterprise)
    if not certificate.strip():
        raise AccountRefused(_("Notez l'attestation de la banque qui le prouve : son numéro, sa date."))
    return _decided(actor, account, State.CONFIRMED, at, certificate=certificate.strip()[:_CERTIFICATE])


def refuse_account(actor: Actor, account: BankAccount, ground: str, at: datetime) -> BankAccount:
    """Refuse a proposed account, on a ground; the one before holds again. Forbidden, SameHand, ImpossibleState."""
    require(actor, "account.confirm", account.enterprise)
    return _decided(actor, account, State.REFUSED, at, ground=require_ground(ground))


def _decided(actor: Actor, account: BankAccount, state: State, at: datetime, **said: str) -> BankAccount:
    with transaction.atomic():
        _firm_held(account.enterprise)
        held = BankAccount.objects.select_for_update().get(pk=account.pk)
        if held.state == state and held.decided_by == str(actor):
            return held
        if held.state != State.PROPOSED:
            raise ImpossibleState(_("Ce compte n'attend plus de décision."), state=held.state)
        if held.proposed_by == str(actor):
            raise SameHand(_("Vous avez proposé ce compte : une autre personne doit le confirmer."))
        _decide(held, state, actor, at, **said)
        _tell(held, f"ledger.account-{state}", actor, at)
    return held


def _decide(account: BankAccount, state: State, actor: Actor, at: datetime, **said: str) -> None:
    account.state, account.decided_by, account.decided_at = state, str(actor), at
    for name, text in said.items():
        setattr(account, name, text)
    account.save(update_fields=["state", "decided_by", "decided_at", *said])


def account_of(enterprise_id: int) -> BankAccount | None:
    """The last account confirmed for a firm; None when there is none."""
    return BankAccount.objects.filter(enterprise=enterprise_id, state=State.CONFIRMED).order_by("-pk").first()


def accounts_of(actor: Actor, enterprise: Enterprise) -> QuerySet[BankAccount]:
    """Every account that a firm has given, the last first. Forbidden."""
    require(actor, "account.view", enterprise)
    return BankAccount.objects.filter(enterprise=enterprise).order_by("-pk")


def accounts_to_confirm(actor: Actor) -> QuerySet[BankAccount]:
    """What the body that pays must look at, the oldest first. Forbidden."""
    require(actor, "payment.propose", None)
    return BankAccount.objects.filter(state=State.PROPOSED).select_related("enterprise").order_by("pk")


def set_payer(actor: Actor, given: Payer, at: datetime) -> PayingAccount:
    """Say from which account the State pays, from now on. Forbidden, WrongAccount, AccountRefused without name."""
    require(actor, "payer.set", None)
    rib, name = checked_rib(given.rib), " ".join(given.name.split())[:70]
    if not name:
        raise AccountRefused(_("Dites au nom de qui est ce compte."))
    with transaction.atomic():
        made = PayingAccount.objects.create(
            name=name, rib=rib, bank=rib[:_BANK], last4=rib[-SHOWN:], set_by=str(actor), set_at=at
        )
        append("payer", "ledger.payer-set", str(actor), {"account": made.pk, "last4": made.last4}, at)
    return made


def payer() -> PayingAccount | None:
    """The account from which the State pays now; None while nobody has said it."""
    return PayingAccount.objects.order_by("-pk").first()


def checked_rib(rib: str) -> str:
    """The 24 digits of a RIB; WrongAccount when its shape or its key is wrong."""
    for found in check_rib(rib):
        if found.severity == "reject":
            raise WrongAccount(found.message)
    return compact(rib)


def _firm_held(enterprise: Enterprise) -> None:
    """One act at a time on the accounts of a firm."""
    Enterprise.objects.select_for_update(no_key=True).filter(pk=enterprise.pk).values_list("pk").first()


def _tell(account: BankAccount, kind: str, actor: Actor, at: datetime) -> None:
    told = {"account": account.pk, "enterprise": account.enterprise_id, "last4": account.last4}
    append(f"account:{account.enterprise_id}", kind, str(actor), told, at)
