"""Bank accounts of firms: two hands, a certificate, nothing shown whole, nothing paid while a change waits."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from minassa.journal.models import Entry
from minassa.ledger.models import BankAccount, PayingAccount
from minassa.ledger.public import (
    AccountGiven,
    AccountRefused,
    ImpossibleState,
    LedgerError,
    Payer,
    WrongAccount,
    account_of,
    accounts_of,
    accounts_to_confirm,
    confirm_account,
    payer,
    propose_account,
    refuse_account,
    set_payer,
    validate_batch,
)
from minassa.registry.public import Forbidden
from tests.ledger.world import NOW, PAYER, World, rib


def proposed(world: World, rank: int = 1) -> BankAccount:
    return propose_account(world.signer, world.firm, AccountGiven("SOCIETE EXEMPLE", rib(rank)), NOW)


def confirmed(world: World, rank: int = 1) -> BankAccount:
    return confirm_account(world.maker, proposed(world, rank), "Attestation EXEMPLE 12 du 1er mars", NOW)


def test_an_account_holds_once_the_body_that_pays_has_confirmed_it_on_a_certificate(world: World) -> None:
    made = proposed(world)
    assert account_of(world.firm.pk) is None
    with pytest.raises(AccountRefused):
        confirm_account(world.maker, made, "  ", NOW)
    confirm_account(world.maker, made, "Attestation EXEMPLE", NOW)
    assert account_of(world.firm.pk) == made
    assert confirm_account(world.maker, made, "Attestation EXEMPLE", NOW).pk == made.pk
    with pytest.raises(ImpossibleState):
        refuse_account(world.checker, made, "trop tard", NOW)


def test_only_who_signs_for_the_firm_proposes_and_only_the_payer_confirms(world: World) -> None:
    for actor in (world.maker, world.checker, world.claims, world.stranger):
        with pytest.raises(Forbidden):
            propose_account(actor, world.firm, AccountGiven("X", rib(1)), NOW)
    with pytest.raises(Forbidden):
        propose_account(world.signer, world.other, AccountGiven("X", rib(1)), NOW)
    made = proposed(world)
    for actor in (world.signer, world.claims, world.stranger):
        with pytest.raises(Forbidden):
            confirm_account(actor, made, "Attestation", NOW)
        with pytest.raises(Forbidden):
            refuse_account(actor, made, "motif", NOW)
    with pytest.raises(Forbidden):
        accounts_of(world.stranger, world.firm)
    assert accounts_of(world.signer, world.firm).get() == made
    assert accounts_to_confirm(world.maker).get() == made


@pytest.mark.parametrize("given", ["", "123", "0" * 24, "1" * 24, "011780000000000000000001OO"])
def test_a_wrong_rib_is_refused(world: World, given: str) -> None:
    with pytest.raises(WrongAccount):
        propose_account(world.signer, world.firm, AccountGiven("SOCIETE", given), NOW)
    assert not BankAccount.objects.exists()


def test_a_rib_is_encrypted_and_never_shown_whole(world: World) -> None:
    made = proposed(world)
    whole = rib(1)
    assert (made.masked, made.last4) == (f"{whole[:3]} ••• {whole[-4:]}", whole[-4:])
    assert whole not in repr(AccountGiven("X", whole))
    assert whole not in str(list(Entry.objects.values_list("body", flat=True)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(a)::text FROM ledger_bankaccount AS a")
        assert whole not in cursor.fetchone()[0]


def test_a_change_stops_payments_until_it_is_confirmed(world: World) -> None:
    confirmed(world)
    world.entitled("D", 1_000)
    with pytest.raises(AccountRefused):
        world.proposed("b0", world.line("D", 300, rank=2))
    batch = world.proposed("b1", world.line("D", 300))
    change = proposed(world, 2)
    with pytest.raises(AccountRefused):
        world.proposed("b2", world.line("D", 300))
    with pytest.raises(AccountRefused):
        validate_batch(world.checker, batch.number, NOW)
    confirm_account(world.checker, change, "Attestation EXEMPLE 13", NOW)
    with pytest.raises(AccountRefused):
        validate_batch(world.checker, batch.number, NOW)
    validate_batch(world.checker, world.proposed("b3", world.line("D", 300, rank=2)).number, NOW)


def test_a_change_refused_leaves_the_account_before(world: World) -> None:
    held = confirmed(world)
    with pytest.raises(AccountRefused):
        proposed(world)
    first = proposed(world, 2)
    second = proposed(world, 3)
    first.refresh_from_db()
    assert first.state == "replaced"
    with pytest.raises(LedgerError):
        refuse_account(world.maker, second, " ", NOW)
    refuse_account(world.maker, second, "attestation illisible", NOW)
    assert account_of(world.firm.pk) == held
    assert [one.state for one in accounts_of(world.maker, world.firm)] == ["refused", "replaced", "confirmed"]


def test_the_database_keeps_the_history_and_two_hands(world: World) -> None:
    made = confirmed(world)
    for change in ({"last4": "0000"}, {"certificate": "AUTRE"}, {"decided_by": "autre"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            BankAccount.objects.filter(pk=made.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        BankAccount.objects.filter(pk=made.pk).delete()
    other = proposed(world, 2)
    with pytest.raises(IntegrityError), transaction.atomic():
        BankAccount.objects.filter(pk=other.pk).update(
            state="confirmed", decided_by=other.proposed_by, decided_at=NOW, certificate="X"
        )


def test_the_account_that_pays_is_said_by_a_supervisor(world: World) -> None:
    assert payer() is None
    with pytest.raises(Forbidden):
        set_payer(world.maker, PAYER, NOW)
    with pytest.raises(WrongAccount):
        set_payer(world.checker, Payer("TRESORERIE", "1"), NOW)
    with pytest.raises(AccountRefused):
        set_payer(world.checker, Payer(" ", PAYER.rib), NOW)
    set_payer(world.checker, PAYER, NOW)
    held = payer()
    assert held is not None
    assert held.masked.endswith(PAYER.rib[-4:])
    with pytest.raises(IntegrityError), transaction.atomic():
        PayingAccount.objects.update(name="AUTRE")
