"""The header of a statement: who declares, for which year, and the counts and totals as written."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

from minassa.declarations.findings import Severity
from minassa.declarations.simpl_ir.layout import (
    ALL_PAID,
    COUNTS,
    HEADCOUNT,
    PAID_TO,
    SALARY_INCOME,
    SUMS,
    TOP_UP,
)
from minassa.declarations.simpl_ir.places import Spot
from minassa.declarations.simpl_ir.remarks import Remarks
from minassa.declarations.simpl_ir.walk import Texts
from minassa.vocabulary.identifiers import check_affiliation, check_fiscal_id, compact
from minassa.vocabulary.money import parse_dirhams

_AFFILIATION_DIGITS = 7
_YEARS = range(2000, 2100)
_COMMUNE = re.compile(r"[0-9]{3}\.[0-9]{2}\.[0-9]{2}")
_DAY = re.compile(r"([0-9]{4})([-/])([0-9]{2})\2([0-9]{2})")
_COUNT = re.compile(r"[0-9]{1,9}")
_TOTAL = re.compile(r"[0-9]{1,15}(\.[0-9]{1,2})?")


@dataclass(frozen=True, slots=True)
class Header:
    """Who declares, for which year. `affiliation` is 0 when the file does not say it; dates are None when unreadable.

    `totals` holds the counts and totals as written by the sender (amounts in centimes), by the DGI's names.
    """

    fiscal_id: int = 0
    affiliation: int = 0
    year: int = 0
    opens_on: date | None = None
    closes_on: date | None = None
    name: str = ""
    trade_register: str = ""
    professional_tax_id: str = ""
    commune: str = ""
    reference: str = ""
    totals: dict[str, int] = field(default_factory=dict)
    tags: frozenset[str] = field(default=frozenset(), repr=False)
    """The elements that the header of the file has."""

    def spot(self, tag: str) -> Spot:
        """Where to show what is said of an element: the root when the file has none."""
        return Spot(0, tag if tag in self.tags else "")


def read_header(texts: Texts, repeated: list[str], remarks: Remarks) -> tuple[Header, bool]:
    """The header, and whether it is sound: without its year, its IF or with two answers, no line can be kept."""
    clean = {tag: (text or "").strip() for tag, text in texts.items()}
    sound = not repeated
    for tag in repeated:
        message = f"{tag} est donné deux fois dans l'en-tête : gardez le bon."
        remarks.add("SIMPL-BALISE-DOUBLE", Severity.REJECT, Spot(0, tag, 1), message)
    fiscal_id = _fiscal_id(clean, remarks)
    year = _year(clean, remarks)
    opens_on, closes_on = (_day(clean, tag, remarks) for tag in ("exerciceFiscalDu", "exerciceFiscalAu"))
    sound &= fiscal_id is not None and year is not None and _coherent(year, opens_on, closes_on, clean, remarks)
    if clean.get("commune") and not _COMMUNE.fullmatch(clean["commune"]):
        message = "Le code de la commune n'a pas la forme de la DGI (111.01.01) : vérifiez-le."
        remarks.add("SIMPL-CODE", Severity.WARN, Spot(0, "commune"), message)
    totals = _totals(clean, remarks)
    header = Header(
        fiscal_id=fiscal_id or 0,
        affiliation=_affiliation(clean, remarks),
        year=year or 0,
        opens_on=opens_on,
        closes_on=closes_on,
        name=clean.get("raisonSociale", ""),
        trade_register=clean.get("numeroRC", ""),
        professional_tax_id=clean.get("identifiantTP", ""),
        commune=clean.get("commune", ""),
        reference=clean.get("referenceDeclaration", ""),
        totals={tag: value for tag, value in totals.items() if value is not None},
        tags=frozenset(texts),
    )
    return header, sound and None not in totals.values()


def _fiscal_id(texts: dict[str, str], remarks: Remarks) -> int | None:
    text = texts.get("identifiantFiscal", "")
    for finding in check_fiscal_id(text):
        remarks.add("SIMPL-EN-TETE", Severity.REJECT, _spot(texts, "identifiantFiscal"), finding.message)
        return None
    return int(compact(text))


def _year(texts: dict[str, str], remarks: Remarks) -> int | None:
    text = texts.get("annee", "")
    if text.isascii() and text.isdigit() and int(text) in _YEARS:
        return int(text)
    message = "annee est absente ou illisible : indiquez l'année des salaires, en 4 chiffres."
    remarks.add("SIMPL-EN-TETE", Severity.REJECT, _spot(texts, "annee"), message)
    return None


def _day(texts: dict[str, str], tag: str, remarks: Remarks) -> date | None:
    text = texts.get(tag, "")
    shaped = _DAY.fullmatch(text)
    if shaped:
        with suppress(ValueError):
            return date(int(shaped[1]), int(shaped[3]), int(shaped[4]))
    message = f"{tag} est absent ou n'est pas une date qui existe (AAAA-MM-JJ) : corrigez-le."
    remarks.add("SIMPL-DATE", Severity.WARN, _spot(texts, tag), message)
    return None


def _coherent(
    year: int, opens_on: date | None, closes_on: date | None, texts: dict[str, str], remarks: Remarks
) -> bool:
    """Whether the fiscal year, as far as it is known, lies within the year declared."""
    inside = all(each is None or each.year == year for each in (opens_on, closes_on))
    if inside and (opens_on is None or closes_on is None or opens_on <= closes_on):
        return True
    message = "L'exercice fiscal n'est pas dans l'année déclarée (annee) : corrigez l'un ou l'autre."
    remarks.add("SIMPL-EXERCICE", Severity.REJECT, _spot(texts, "annee"), message)
    return False


def _affiliation(texts: dict[str, str], remarks: Remarks) -> int:
    """The employer's affiliation number, 0 when it is absent or cannot be one: its lines then wait for a link."""
    text = compact(texts.get("numeroCNSS", ""))
    number = text.zfill(_AFFILIATION_DIGITS) if text else ""
    for finding in check_affiliation(number):
        reject = finding.severity == "reject"
        rule = "SIMPL-AFFILIATION" if reject else "SIMPL-AFFILIATION-CLE"
        remarks.add(rule, Severity.WARN, _spot(texts, "numeroCNSS"), f"numeroCNSS : {finding.message}")
        if reject:
            return 0
    return int(number)


def _totals(texts: dict[str, str], remarks: Remarks) -> dict[str, int | None]:
    """The counts and totals of the header as numbers; None where a text is not one. Empty ones are left out."""
    counts = (HEADCOUNT, *COUNTS)
    given = {tag: text for tag, text in texts.items() if text and (tag in counts or tag in _AMOUNTS)}
    totals: dict[str, int | None] = {}
    for tag, text in given.items():
        totals[tag] = None
        if tag in counts and _COUNT.fullmatch(text):
            totals[tag] = int(text)
        elif tag not in counts and _TOTAL.fullmatch(text):
            totals[tag] = parse_dirhams(text)
        else:
            rule = "SIMPL-ENTIER" if tag in counts else "SIMPL-MONTANT"
            wanted = "un nombre entier" if tag in counts else "des dirhams sans signe, un point et deux décimales"
            remarks.add(rule, Severity.REJECT, Spot(0, tag), f"{tag} illisible : écrivez {wanted}.")
    return totals


_AMOUNTS = frozenset((*SUMS, ALL_PAID, SALARY_INCOME, TOP_UP, *PAID_TO))


def _spot(texts: dict[str, str], tag: str) -> Spot:
    return Spot(0, tag if tag in texts else "")
