"""The monthly payments of the tax withheld: twelve months, each the sum of its details. They only ever warn."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import NamedTuple

from minassa.declarations.findings import Severity
from minassa.declarations.simpl_ir.header import Header
from minassa.declarations.simpl_ir.layout import PAYMENT_DETAILS, PAYMENT_MEANS
from minassa.declarations.simpl_ir.members import Members
from minassa.declarations.simpl_ir.people import Sums, read_values, sums
from minassa.declarations.simpl_ir.places import Spot
from minassa.declarations.simpl_ir.remarks import Remarks
from minassa.declarations.simpl_ir.walk import Texts
from minassa.vocabulary.money import MoneyError, parse_dirhams
from minassa.vocabulary.periods import MONTHS_A_YEAR

_PARTS = ("principal", "penalite", "majorations")


class Payment(NamedTuple):
    """One payment: where it opens, month and centimes (None: unreadable), whether its date is, its own details."""

    offset: int
    month: int | None
    paid: int | None
    misdated: bool
    details: list[Texts]


def read_payments(members: Members) -> tuple[list[Payment], dict[int, Sums]]:
    """Payments of one file or several, in their order, and the sums of each file."""
    texts, values = read_values(members)
    details: defaultdict[int, list[Texts]] = defaultdict(list)
    for rank, detail in members.details:
        details[rank].append(detail)
    misdated = (values["dateDerniereVersment"].is_null() & (texts["dateDerniereVersment"] != "")).to_list()
    columns = zip(members.offsets.tolist(), values["mois"], values["totalVersement"], misdated, strict=True)
    payments = [Payment(*each, details.get(rank, [])) for rank, each in enumerate(columns)]
    return payments, sums(members, texts, values)


class Payments:
    """The payments of one file, month after month."""

    def __init__(self, remarks: Remarks) -> None:
        """Nothing read yet; anomalies go to `remarks`."""
        self._remarks = remarks
        self._months: Counter[int] = Counter()
        self._principal = 0
        self._readable = True
        self._first: Spot | None = None

    def add(self, payment: Payment) -> None:
        """Check one more payment."""
        offset = payment.offset
        self._first = self._first or Spot(offset)
        self._month(payment.month, Spot(offset, "mois"))
        self._amount(payment.paid, payment.details, offset)
        if payment.misdated:
            self._warn("SIMPL-DATE", Spot(offset, "dateDerniereVersment"), _DATE)

    def finish(self, header: Header) -> None:
        """Once every payment is read: twelve months, and the tax withheld on salaries paid over."""
        if self._first is None:
            return
        if set(self._months) != set(range(1, MONTHS_A_YEAR + 1)):
            message = "Il manque des mois de versement : indiquez les 12 mois, à 0.00 s'il n'y a rien eu."
            self._warn("SIMPL-VERSEMENT-ABSENT", self._first, message)
        withheld = header.totals.get("totalMtIrPrelevePP", 0) + header.totals.get("totalIrPrelevePO", 0)
        if self._readable and self._principal != withheld:
            message = "Le principal versé sur l'année n'est pas l'impôt prélevé aux salariés : vérifiez les versements."
            self._warn("SIMPL-VERSEMENT-IR", self._first, message)

    def _month(self, month: int | None, spot: Spot) -> None:
        if month is None or not 1 <= month <= MONTHS_A_YEAR:
            self._warn("SIMPL-VERSEMENT-MOIS", spot, "mois doit être un nombre de 1 à 12 : corrigez-le.")
            return
        self._months[month] += 1
        if self._months[month] > 1:
            self._warn("SIMPL-VERSEMENT-MOIS", spot, "Ce mois de versement est donné deux fois : réunissez-les.")

    def _amount(self, paid: int | None, details: list[Texts], offset: int) -> None:
        spot = Spot(offset, PAYMENT_DETAILS)
        if paid is None:
            self._readable = False
            self._warn("SIMPL-MONTANT", Spot(offset, "totalVersement"), _AMOUNT)
        try:
            parts = [{tag: _centimes(detail.get(tag)) for tag in ("totalVerse", *_PARTS)} for detail in details]
        except MoneyError:
            self._readable = False
            self._warn("SIMPL-MONTANT", spot, _AMOUNT)
            return
        self._principal += sum(part["principal"] for part in parts) if details else paid or 0
        if any(part["totalVerse"] != sum(part[tag] for tag in _PARTS) for part in parts):
            self._warn("SIMPL-VERSEMENT-SOMME", spot, "totalVerse n'est pas principal + penalite + majorations.")
        if details and paid is not None and paid != sum(part["totalVerse"] for part in parts):
            message = "totalVersement n'est pas la somme des totalVerse du mois : corrigez l'un ou l'autre."
            self._warn("SIMPL-VERSEMENT-SOMME", Spot(offset, "totalVersement"), message)
        if any((detail.get("refMoyenPaiement") or "").strip() not in {"", *PAYMENT_MEANS} for detail in details):
            self._warn("SIMPL-CODE", spot, "Le moyen de paiement n'est pas ES, CH ou SIR : corrigez-le.")

    def _warn(self, rule: str, spot: Spot, message: str) -> None:
        self._remarks.add(rule, Severity.WARN, spot, message)


_AMOUNT = "Un montant versé est illisible : écrivez des dirhams sans signe, un point et deux décimales."
_DATE = "dateDerniereVersment n'est pas une date qui existe (AAAA-MM-JJ) : corrigez-la."


def _centimes(text: str | None) -> int:
    clean = (text or "").strip() or "0"
    if not clean.replace(".", "", 1).isdigit():
        raise MoneyError("Montant illisible.")
    return parse_dirhams(clean)
