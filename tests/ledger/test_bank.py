from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minassa.journal.public import verify
from minassa.ledger.bank_files import LARGEST, RefusedFile, open_message
from minassa.ledger.chart import AccountCode
from minassa.ledger.models import BankEntry, BankFile, PaymentBatch, PaymentOrder
from minassa.ledger.public import (
    LedgerError,
    OpenFinding,
    balance,
    check_ledger,
    findings,
    reason_in_words,
    receive_bank_file,
    reconciliation,
    refusal_in_words,
    send_batch,
    settle_finding,
    totals,
)
from minassa.ledger.reasons import REFUSALS
from minassa.ledger.said import lines
from minassa.registry.public import Forbidden
from minassa.simulators.bank_messages import NOTICE, STATEMENT, Movement, Ordered, account_message, status_report
from tests.ledger.test_orders import valid
from tests.ledger.world import DAY, NOW, World

LATER = NOW + DAY


def sent(world: World, *amounts: int) -> PaymentBatch:
    """A batch of orders given to the bank, one for each amount."""
    rank = PaymentBatch.objects.count()
    references = [world.entitled(f"D-{rank}-{place}", amount) for place, amount in enumerate(amounts)]
    orders = [world.line(reference, amount) for reference, amount in zip(references, amounts, strict=True)]
    batch = world.validated(f"batch-{rank}", *orders)
    send_batch(world.checker, batch.number, NOW)
    return batch


def movement(order: PaymentOrder, reference: str = "B1", amount: int | None = None, *, back: bool = False) -> Movement:
    ordered = Ordered(order.batch.number, order.number, order.net)
    return Movement(ordered, reference, order.net if amount is None else amount, back, "AC04" if back else "")


def told(world: World, *movements: Movement, number: str = "S1", name: str = STATEMENT) -> list[str]:
    """Outcomes of a statement."""
    file = receive_bank_file(world.maker, account_message(name, number, movements, LATER), LATER)
    assert not file.refusal
    return [str(entry.outcome) for entry in file.entries.order_by("rank")]


def reported(
    world: World, batch: PaymentBatch, rejected: dict[str, str], accepted: list[str], number: str = "R1"
) -> list[str]:
    report = status_report(number, batch.number, rejected, accepted, LATER)
    file = receive_bank_file(world.maker, report, LATER)
    return [str(entry.outcome) for entry in file.entries.order_by("rank")]


def test_accepted_then_executed_each_order_is_matched_once(world: World) -> None:
    batch = sent(world, 1_000, 2_000)
    first, second = batch.orders.order_by("pk")
    assert reported(world, batch, {}, []) == ["accepted", "accepted"]
    assert told(world, movement(first, "B1"), movement(second, "B2")) == ["paid", "paid"]
    assert balance(AccountCode.TREASURY) == -3_000
    assert balance(AccountCode.PAYABLE) == 0
    listing = reconciliation(world.maker)
    assert [order.number for order in listing.matched] == [first.number, second.number]
    assert not listing.to_match.exists()
    assert not listing.unmatched.exists()
    assert (check_ledger(), verify()) == ([], [])


def test_a_file_received_twice_has_one_effect(world: World) -> None:
    order = sent(world, 1_000).orders.get()
    assert told(world, movement(order)) == ["paid"]
    assert told(world, movement(order)) == ["paid"]
    assert BankFile.objects.count() == BankEntry.objects.count() == 1


def test_the_notice_and_the_statement_of_one_movement_have_one_effect(world: World) -> None:
    order = sent(world, 1_000).orders.get()
    assert told(world, movement(order), name=NOTICE) == ["paid"]
    assert told(world, movement(order), number="S2") == ["repeated"]
    assert balance(AccountCode.TREASURY) == -1_000
    assert not findings().exists()


def test_a_second_execution_is_a_finding_and_never_a_second_payment(world: World) -> None:
    order = sent(world, 1_000).orders.get()
    assert told(world, movement(order, "B1"), movement(order, "B2")) == ["paid", "double"]
    assert balance(AccountCode.TREASURY) == -1_000
    assert [entry.outcome for entry in findings()] == ["double"]
    assert check_ledger() == []


def test_a_rejected_order_is_owed_again_and_told_with_its_reason(world: World) -> None:
    batch = sent(world, 1_000, 2_000)
    first, second = batch.orders.order_by("pk")
    assert reported(world, batch, {first.number: "AC04"}, [second.number]) == ["rejected", "accepted"]
    assert balance(AccountCode.ENTITLED) == -1_000
    rejected = reconciliation(world.maker).rejected
    assert [one.reason for one in rejected] == ["Le compte est clos : demandez à l'entreprise un autre RIB."]
    again = world.validated("again", world.line(first.entitlement.reference, 1_000, rank=9))
    assert again.orders.get().number != first.number
    assert check_ledger() == []


def test_a_whole_batch_rejected_frees_every_order(world: World) -> None:
    batch = sent(world, 1_000, 2_000)
    numbers = list(batch.orders.values_list("number", flat=True))
    assert reported(world, batch, dict.fromkeys(numbers, "AM04"), []) == ["rejected", "rejected"]
    assert balance(AccountCode.PAYABLE) == 0
    assert check_ledger() == []


def test_money_that_comes_back_is_owed_again(world: World) -> None:
    order = sent(world, 1_000).orders.get()
    assert told(world, movement(order, "B1")) == ["paid"]
    assert told(world, movement(order, "B2", back=True), number="S2") == ["returned"]
    assert told(world, movement(order, "B2", back=True), number="S3") == ["repeated"]
    assert balance(AccountCode.TREASURY) == 0
    assert balance(AccountCode.ENTITLED) == -1_000
    assert reconciliation(world.maker).rejected[0].reason.startswith("Le compte est clos")
    assert check_ledger() == []


def test_executed_before_the_report_that_comes_late(world: World) -> None:
    batch = sent(world, 1_000)
    order = batch.orders.get()
    assert told(world, movement(order)) == ["paid"]
    assert reported(world, batch, {}, []) == ["repeated"]
    assert reported(world, batch, {order.number: "AC01"}, [], number="R2") == ["after_payment"]
    assert balance(AccountCode.TREASURY) == -1_000
    assert check_ledger() == []


def test_executed_after_a_rejection_holds_the_entitlement_until_somebody_has_looked(world: World) -> None:
    batch = sent(world, 1_000)
    order = batch.orders.get()
    assert reported(world, batch, {order.number: "AC01"}, []) == ["rejected"]
    assert told(world, movement(order)) == ["after_rejection"]
    assert balance(AccountCode.TREASURY) == 0
    with pytest.raises(OpenFinding):
        world.proposed("again", world.line(order.entitlement.reference, 1_000))
    entry = findings().get()
    with pytest.raises(Forbidden):
        settle_finding(world.signer, entry, "Vu", LATER)
    with pytest.raises(LedgerError):
        settle_finding(world.maker, entry, " ", LATER)
    settle_finding(world.maker, entry, "La banque a annulé son mouvement", LATER)
    with pytest.raises(LedgerError):
        settle_finding(world.maker, entry, "Encore", LATER)
    world.proposed("again", world.line(order.entitlement.reference, 1_000))
    assert not findings().exists()
    assert check_ledger() == []


@pytest.mark.parametrize("amount", [1, 999, 1_001, 2_000])
def test_another_amount_than_ordered_is_never_posted(world: World, amount: int) -> None:
    order = sent(world, 1_000).orders.get()
    assert told(world, movement(order, amount=amount)) == ["wrong_amount"]
    assert balance(AccountCode.TREASURY) == 0
    assert order.number in {each.number for each in reconciliation(world.maker).to_match}
    assert told(world, movement(order, "B2"), number="S2") == ["paid"]
    assert check_ledger() == []


def test_what_cannot_be_matched_is_shown(world: World) -> None:
    order = sent(world, 1_000).orders.get()
    world.entitled("D-x", 500)
    waiting = world.proposed("waiting", world.line("D-x", 500)).orders.get()
    euros = Movement(Ordered("", order.number, 1_000, "EUR"), "B3", 1_000)
    stranger = Movement(Ordered("", "OP-0000-1", 5), "B4", 5)
    nobody = Movement(Ordered("", "", 5), "B5", 5)
    assert told(world, movement(waiting), movement(order, "B2", back=True), euros, stranger, nobody) == [
        "not_ordered",
        "return_unpaid",
        "wrong_currency",
        "unknown",
        "no_reference",
    ]
    assert findings().count() == 5
    assert totals()["unknown"] == 1
    assert balance(AccountCode.TREASURY) == 0
    assert check_ledger() == []


def test_a_report_about_an_unknown_batch_or_one_not_sent_is_a_finding(world: World) -> None:
    world.entitled("D-x", 500)
    waiting = world.validated("waiting", world.line("D-x", 500))
    assert reported(world, waiting, {}, []) == ["not_ordered"]
    ghost = PaymentBatch(number="LOT-0000-1")
    assert reported(world, ghost, {}, [], number="R2") == ["no_reference"]
    assert reported(world, ghost, {"OP-0": "AC01"}, [], number="R3") == ["unknown"]
    assert check_ledger() == []


def test_who_does_not_pay_reads_nothing(world: World) -> None:
    for actor in (world.signer, world.stranger):
        with pytest.raises(Forbidden):
            receive_bank_file(actor, b"<x/>", NOW)
        with pytest.raises(Forbidden):
            reconciliation(actor)


GOOD = status_report("R", "LOT-1", {}, [], NOW)
BOMB = b"""<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><b>&b;</b>"""
HOSTILE = {
    "nothing": (b"", "not-xml"),
    "words": (b"bonjour", "not-xml"),
    "truncated": (GOOD[: len(GOOD) // 2], "not-xml"),
    "two roots": (GOOD + b"<x/>", "not-xml"),
    "bomb": (BOMB, "doctype"),
    "bomb behind a long comment": (b"<!--" + b"x" * 70_000 + b"-->" + BOMB[21:], "doctype"),
    "external entity": (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>', "doctype"),
    "utf-16": (GOOD.decode().replace("UTF-8", "UTF-16").encode("utf-16"), "encoding"),
    "said latin-1": (GOOD.replace(b"UTF-8", b"ISO-8859-1"), "encoding"),
    "not utf-8": (GOOD.replace(b"LOT-1", b"LOT-\xe9"), "encoding"),
    "nul": (b"\x00" + GOOD, "encoding"),
    "other namespace": (GOOD.replace(b"pain.002.001.12", b"pain.008.001.08"), "not-a-message"),
    "no namespace": (b"<Document><CstmrPmtStsRpt/></Document>", "not-a-message"),
    "other root": (GOOD.replace(b"Document", b"Documents"), "not-a-message"),
    "empty message": (b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"/>', "empty"),
    "deep": (b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">' + b"<a>" * 100_000, "not-xml"),
    "a hundred megabytes": (b" " * (100 << 20), "too-large"),
    "one byte too many": (b" " * (LARGEST + 1), "too-large"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_broken_file_is_refused_in_words_and_leaves_no_movement(world: World, name: str) -> None:
    content, code = HOSTILE[name]
    file = receive_bank_file(world.maker, content, NOW)
    assert file.refusal == code
    assert refusal_in_words(code)
    assert BankEntry.objects.count() == 0
    assert receive_bank_file(world.maker, content, LATER).pk == file.pk
    assert reconciliation(world.maker).refused_files.get() == file
    assert check_ledger() == []


def test_every_refusal_has_its_sentence() -> None:
    assert {code for _content, code in HOSTILE.values()} | {"too-many"} == set(REFUSALS)


def test_more_movements_than_a_file_may_hold_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("minassa.ledger.said.ENTRIES_AT_MOST", 3)
    content = account_message(STATEMENT, "S", [Movement(Ordered("", "x", 1), f"B{n}", 1) for n in range(4)], NOW)
    with pytest.raises(RefusedFile) as caught:
        lines(open_message(content))
    assert caught.value.code == "too-many"


WRITTEN = account_message(STATEMENT, "S", [Movement(Ordered("", "OP-1", 100), "B1", 100)], NOW)


@given(st.integers(0, len(WRITTEN)), st.integers(0, len(WRITTEN)), st.binary(max_size=40))
def test_any_damage_is_read_or_refused_never_a_failure(start: int, end: int, put: bytes) -> None:
    content = WRITTEN[: min(start, end)] + put + WRITTEN[max(start, end) :]
    try:
        said = lines(open_message(content))
    except RefusedFile as refused:
        said = []
        known = refused.code in REFUSALS
    else:
        known = len(said) == 1
    assert known, said


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1.00", 100),
        ("1", 100),
        ("1.5", 150),
        ("1.50000", 150),
        ("1.001", None),
        ("-1.00", None),
        ("abc", None),
        ("0.00", None),
        ("9" * 17, None),
    ],
)
def test_amounts_are_read_to_the_centime_or_not_at_all(text: str, cents: int | None) -> None:
    content = WRITTEN.replace(b">1.00<", f">{text}<".encode())
    assert lines(open_message(content))[0].amount == cents


OLDER = b"""<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>
<GrpHdr><MsgId>M</MsgId></GrpHdr><Stmt><Ntry><Amt Ccy="MAD">7.50</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>
<BookgDt><DtTm>2026-03-02T00:00:00</DtTm></BookgDt><AcctSvcrRef>B9</AcctSvcrRef><NtryDtls><TxDtls>
<Refs><EndToEndId>OP-1</EndToEndId></Refs><AmtDtls><TxAmt><Amt Ccy="MAD">7.50</Amt></TxAmt>
</AmtDtls></TxDtls>
</NtryDtls></Ntry><Ntry><Amt Ccy="MAD">3.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>PDNG</Sts></Ntry>
</Stmt></BkToCstmrStmt></Document>"""


def test_the_older_layout_of_statements_is_read() -> None:
    first, second = lines(open_message(OLDER))
    assert (first.end_to_end_id, first.reference, first.amount, first.booked) == ("OP-1", "B9", 750, True)
    assert first.booked_on == date(2026, 3, 2)
    assert (second.amount, second.booked) == (300, False)


@pytest.mark.parametrize("rejected", [{}, {"OP-1": "AC01"}, {"OP-1": "AC01", "OP-2": "AM04"}])
def test_what_the_simulated_bank_reports_is_valid_by_the_schema_of_the_standard(rejected: dict[str, str]) -> None:
    accepted = [number for number in ("OP-1", "OP-2") if number not in rejected]
    assert valid(status_report("R", "LOT-1", rejected, accepted, NOW), "pain002/schemas/pain.002.001.12.xsd")


def test_a_code_that_is_not_in_the_table_is_shown_as_it_came() -> None:
    assert reason_in_words("ZZ99") == "Raison de la banque : ZZ99."
    assert reason_in_words("").startswith("La banque n'a pas donné")
