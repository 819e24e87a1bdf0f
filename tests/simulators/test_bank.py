from __future__ import annotations

from datetime import UTC, datetime

from lxml import etree

from minassa.simulators.bank import Bank, BankBehaviour

AT = datetime(2026, 3, 2, tzinfo=UTC)
ORDER = (
    "<CdtTrfTxInf><PmtId><EndToEndId>OP-{0}</EndToEndId></PmtId>"
    "<Amt><InstdAmt Ccy='MAD'>{0}.50</InstdAmt></Amt></CdtTrfTxInf>"
)
WORST = BankBehaviour(
    rejects=30, silent=10, returns=30, twice=30, repeats=30, late=30, reorders=50, lies=20, pays_twice=20
)


def transfers(batch: str = "LOT-1", orders: int = 20) -> bytes:
    listed = "".join(ORDER.format(rank) for rank in range(1, orders + 1))
    return (
        "<Document xmlns='urn:iso:std:iso:20022:tech:xsd:pain.001.001.09'><CstmrCdtTrfInitn>"
        f"<GrpHdr><MsgId>{batch}</MsgId></GrpHdr><PmtInf>{listed}</PmtInf></CstmrCdtTrfInitn></Document>"
    ).encode()


def answered(bank: Bank) -> list[bytes]:
    bank.receive(transfers(), AT)
    return [*bank.answers(), *bank.answers(), *bank.answers(final=True)]


def names(files: list[bytes]) -> list[str]:
    return [str(etree.QName(etree.fromstring(file)).namespace).rpartition(":")[2] for file in files]


def test_a_bank_that_behaves_accepts_notifies_and_states_each_order_once() -> None:
    files = answered(Bank(1))
    assert names(files) == ["pain.002.001.12", "camt.054.001.08", "camt.053.001.08"]
    entries = etree.fromstring(files[2]).findall(".//{*}Ntry")
    assert [entry.findtext("{*}Amt") for entry in entries] == [f"{rank}.50" for rank in range(1, 21)]
    assert len({entry.findtext("{*}AcctSvcrRef") for entry in entries}) == 20


def test_what_a_bank_does_follows_from_its_seed() -> None:
    assert answered(Bank(7, WORST)) == answered(Bank(7, WORST))
    assert answered(Bank(7, WORST)) != answered(Bank(8, WORST))


def test_a_batch_given_again_is_not_executed_again() -> None:
    bank = Bank(1)
    assert answered(bank)
    assert answered(bank) == []
    bank.receive(transfers("LOT-2"), AT)
    assert len(bank.answers()) == 3


def test_a_bank_that_rejects_says_why_and_moves_nothing() -> None:
    files = answered(Bank(3, BankBehaviour(rejects=100)))
    assert names(files) == ["pain.002.001.12"]
    report = etree.fromstring(files[0])
    assert report.findtext(".//{*}GrpSts") == "RJCT"
    assert len(report.findall(".//{*}StsRsnInf/{*}Rsn/{*}Cd")) == 20


def test_what_is_late_comes_in_the_end_and_what_is_sent_twice_is_the_same() -> None:
    late = Bank(3, BankBehaviour(late=100))
    late.receive(transfers(), AT)
    assert late.answers() == []
    assert len(late.answers(final=True)) == 3
    twice = answered(Bank(3, BankBehaviour(twice=100)))
    assert twice[:3] == twice[3:]
