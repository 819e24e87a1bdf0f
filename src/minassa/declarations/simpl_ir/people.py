"""The persons of a batch: their texts read into values, checked, and turned into rows of the lake."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from minassa.declarations.findings import Severity
from minassa.declarations.parsing import amount, day, stripped, whole_number
from minassa.declarations.simpl_ir.identities import identities
from minassa.declarations.simpl_ir.layout import (
    EXEMPT_ELEMENTS,
    EXEMPT_NATURES,
    PERMANENT,
    TRAINEE,
    Field,
    Kind,
    Section,
)
from minassa.declarations.simpl_ir.places import Spot
from minassa.declarations.simpl_ir.remarks import Remarks
from minassa.declarations.simpl_ir.walk import Batch
from minassa.vocabulary.money import MoneyError, parse_dirhams

Mask = NDArray[np.bool_]

MOST_DAYS = 366
_BOOLEANS = ("true", "false", "1", "0")
_REJECTING = {Kind.AMOUNT, Kind.INTEGER}
"""What the lake keeps: unreadable, it costs the line. The rest only warns."""
_UNREADABLE = {
    Kind.AMOUNT: ("SIMPL-MONTANT", "écrivez des dirhams sans signe, un point et deux décimales (1234.50)"),
    Kind.INTEGER: ("SIMPL-ENTIER", "écrivez un nombre entier, en chiffres"),
    Kind.DATE: ("SIMPL-DATE", "écrivez une date qui existe, sous la forme AAAA-MM-JJ"),
    Kind.BOOLEAN: ("SIMPL-BOOLEEN", "écrivez true ou false"),
    Kind.CODED: ("SIMPL-CODE", "le code n'est pas dans la liste de la DGI, choisissez-en un de la liste"),
}

ROW_SCHEMA = pl.Schema(
    {
        "line": pl.Int32,
        "year": pl.Int16,
        "fiscal_id": pl.Int64,
        "affiliation": pl.Int32,
        "person": pl.Int64,
        "cin": pl.String,
        "category": pl.Int8,
        "gross_salary_year": pl.Int64,
        "exempt_year": pl.Int64,
        "gross_taxable_income_year": pl.Int64,
        "professional_expenses_year": pl.Int64,
        "social_contributions_year": pl.Int64,
        "other_deductions_year": pl.Int64,
        "net_taxable_income_year": pl.Int64,
        "income_tax_withheld_year": pl.Int64,
        "dependants": pl.Int8,
        "days_year": pl.Int16,
    }
)
"""Columns of `rows`, as in the lake's `dgi_lines`; `person` is the CNSS number itself (0 unknown), `cin` the card."""
_OFFSET = "offset"


@dataclass(frozen=True, slots=True)
class Sums:
    """Sum of each element over the members of a batch, and the elements that could not all be read."""

    totals: dict[str, int]
    unreadable: frozenset[str]


@dataclass(frozen=True, slots=True)
class Checked:
    """A batch once read: rows that may take effect (with the column `offset`), how many do not, the sums."""

    rows: pl.DataFrame
    rejected: int
    sums: Sums


def check(batch: Batch, remarks: Remarks) -> Checked:
    """Read a batch of persons; the anomalies go to `remarks`."""
    texts = _texts(batch)
    values = texts.select(_value(each).alias(each.tag) for each in batch.section.read)
    offsets = np.array(batch.offsets, dtype=np.int64)
    rejected = _check_texts(batch.section, texts, values, offsets, remarks)
    rejected |= _check_repeated(batch, remarks)
    person, cin, unidentified = identities(batch.section, texts, offsets, remarks)
    rejected |= unidentified
    rejected |= _check_days(values, offsets, remarks)
    included = np.zeros(len(offsets), dtype=np.bool_)
    if batch.section is PERMANENT:
        included = _check_deductions(values, offsets, remarks)
        rejected |= _check_exempt(batch, values, offsets, remarks)
    rows = _rows(batch, values, included).with_columns(person=pl.Series(person), cin=cin)
    return Checked(rows.filter(pl.Series(~rejected)), int(rejected.sum()), sums(batch.section, texts, values))


def _texts(batch: Batch) -> pl.DataFrame:
    columns = zip(batch.section.read, zip(*batch.rows, strict=True), strict=True)
    return pl.DataFrame([pl.Series(each.tag, texts, dtype=pl.String) for each, texts in columns]).select(
        stripped(pl.all())
    )


def read_values(batch: Batch) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The texts and the values of the members of a list, column by column."""
    texts = _texts(batch)
    return texts, texts.select(_value(each).alias(each.tag) for each in batch.section.read)


def _value(field: Field) -> pl.Expr:
    """The value of an element, null when it is empty or unreadable; the text itself where it is one."""
    text = pl.col(field.tag)
    match field.kind:
        case Kind.AMOUNT:
            return amount(text)
        case Kind.INTEGER:
            # One reading of the DGI's annex types the days as an amount: 312.00 is 312.
            return whole_number(text.str.replace(r"\.0{1,2}$", ""), 4)
        case Kind.DATE:
            return day(text, "%Y-%m-%d", "%Y/%m/%d")
        case Kind.BOOLEAN:
            return pl.when(text.str.to_lowercase().is_in(_BOOLEANS)).then(text)
        case Kind.CODED:
            return pl.when(text.is_in(sorted(field.codes))).then(text)
        case _:
            return text


def _check_texts(
    section: Section, texts: pl.DataFrame, values: pl.DataFrame, offsets: NDArray[np.int64], remarks: Remarks
) -> Mask:
    """Unreadable texts and required elements without one; the members rejected for it."""
    rejected: Mask = np.zeros(len(offsets), dtype=np.bool_)
    for each in section.read:
        if each.kind not in _UNREADABLE or not values[each.tag].null_count():
            continue
        rule, what_to_do = _UNREADABLE[each.kind]
        empty: Mask = (texts[each.tag] == "").to_numpy()
        unreadable: Mask = values[each.tag].is_null().to_numpy() & ~empty
        severity = Severity.REJECT if each.kind in _REJECTING else Severity.WARN
        message = f"{each.tag} illisible : {what_to_do}."
        remarks.add_all(rule, severity, unreadable, offsets, each.tag, message)
        if each.kind in _REJECTING:
            rejected |= unreadable
        if each.required:
            message = f"{each.tag} est absent ou vide : indiquez-le, 0.00 compris."
            rejected |= remarks.add_all("SIMPL-ABSENT", Severity.REJECT, empty, offsets, each.tag, message)
    return rejected


def _check_repeated(batch: Batch, remarks: Remarks) -> Mask:
    rejected: Mask = np.zeros(len(batch.offsets), dtype=np.bool_)
    for rank, tag in batch.repeated:
        rejected[rank] = True
        message = f"{tag} est donné deux fois pour la même personne : gardez le bon."
        remarks.add("SIMPL-BALISE-DOUBLE", Severity.REJECT, Spot(batch.offsets[rank], tag, 1), message)
    return rejected


def _check_days(values: pl.DataFrame, offsets: NDArray[np.int64], remarks: Remarks) -> Mask:
    """More days than a year has, more dependants than can be counted."""
    rejected: Mask = np.zeros(len(offsets), dtype=np.bool_)
    for tag, most in (("periode", MOST_DAYS), ("nbrReductions", np.iinfo(np.int8).max)):
        if tag in values.columns:
            message = f"{tag} dépasse {most} : vérifiez-le."
            over: Mask = (values[tag] > most).fill_null(value=False).to_numpy()
            rejected |= remarks.add_all("SIMPL-ETENDUE", Severity.REJECT, over, offsets, tag, message)
    return rejected


def _check_deductions(values: pl.DataFrame, offsets: NDArray[np.int64], remarks: Remarks) -> Mask:
    """The sum of deductions against its parts, with or without mtEcheances; True where these instalments are in it."""
    known = values.select(
        pl.col("mtTotalDeduction"),
        parts=pl.sum_horizontal(pl.col("mtFraisProfess", "mtCotisationAssur", "mtAutresRetenues").fill_null(0)),
        instalments=pl.col("mtEcheances").fill_null(0),
    )
    total, parts, instalments = known["mtTotalDeduction"], known["parts"], known["instalments"]
    wrong: Mask = ((total != parts) & (total != parts + instalments)).fill_null(value=False).to_numpy()
    message = (
        "mtTotalDeduction n'est pas la somme de mtFraisProfess, mtCotisationAssur et mtAutresRetenues "
        "(avec ou sans mtEcheances) : vérifiez ces montants."
    )
    remarks.add_all("SIMPL-DEDUCTION", Severity.WARN, wrong, offsets, "mtTotalDeduction", message)
    included: Mask = ((total == parts + instalments) & (instalments > 0)).fill_null(value=False).to_numpy()
    return included


def _check_exempt(batch: Batch, values: pl.DataFrame, offsets: NDArray[np.int64], remarks: Remarks) -> Mask:
    """The exempt elements against mtExonere; the persons whose elements cannot be read or do not add up."""
    given: NDArray[np.int64] = values["mtExonere"].fill_null(0).to_numpy()
    found = np.zeros(len(offsets), dtype=np.int64)
    detailed: Mask = np.zeros(len(offsets), dtype=np.bool_)
    unreadable: Mask = np.zeros(len(offsets), dtype=np.bool_)
    for rank, element in batch.details:
        detailed[rank] = True
        if (element.get("refNatureElementExonere") or "").strip() not in EXEMPT_NATURES:
            message = "La nature d'un élément exonéré n'est pas dans la liste (NAT_ELEM_EXO_1 à 25) : corrigez-la."
            remarks.add("SIMPL-CODE", Severity.WARN, Spot(batch.offsets[rank], EXEMPT_ELEMENTS), message)
        try:
            found[rank] += _element_amount(element.get("montantExonere"))
        except MoneyError:
            unreadable[rank] = True
    message = "Un montantExonere est illisible : écrivez des dirhams sans signe, un point et deux décimales."
    remarks.add_all("SIMPL-MONTANT", Severity.REJECT, unreadable, offsets, EXEMPT_ELEMENTS, message)
    message = "La somme des montantExonere n'est pas mtExonere : corrigez l'un ou l'autre."
    unequal = detailed & ~unreadable & (found != given)
    remarks.add_all("SIMPL-EXONERE", Severity.REJECT, unequal, offsets, "mtExonere", message)
    message = "mtExonere n'est détaillé par aucun élément exonéré : ajoutez listElementsExonere."
    remarks.add_all("SIMPL-EXONERE-DETAIL", Severity.WARN, ~detailed & (given > 0), offsets, "mtExonere", message)
    rejected: Mask = unreadable | unequal
    return rejected


def _element_amount(text: str | None) -> int:
    """Centimes of an exempt element, the signs and commas of `parse_dirhams` refused as elsewhere in the file."""
    clean = (text or "0").strip()
    if not clean.replace(".", "", 1).isdigit() or len(clean) > 15:  # noqa: PLR2004 - 12 digits, a dot, 2 decimals
        raise MoneyError("Montant illisible.")
    return parse_dirhams(clean)


def _rows(batch: Batch, values: pl.DataFrame, instalments_included: Mask) -> pl.DataFrame:
    """The lake's columns, 0 where the list has no such element; plus the offset, for what is checked at the end."""
    section = batch.section
    known = {each.column: each for each in section.fields if each.tag in values.columns}
    columns = {
        name: pl.col(known[name].tag).fill_null(0) if name in known else pl.lit(0)
        for name in ROW_SCHEMA.names()
        if name not in {"line", "year", "fiscal_id", "affiliation", "person", "cin", "category"}
    }
    if section is TRAINEE:
        columns["gross_salary_year"] += pl.col("mtBrutIndemnites").fill_null(0)
    if section is PERMANENT:
        columns["other_deductions_year"] += (
            pl.when(pl.Series(instalments_included)).then(pl.col("mtEcheances").fill_null(0)).otherwise(0)
        )
    return values.select(
        pl.Series("line", batch.lines, dtype=pl.Int32),
        pl.Series(_OFFSET, batch.offsets, dtype=pl.Int64),
        pl.lit(int(section.category or 0)).alias("category"),
        *(_cast(column, name).alias(name) for name, column in columns.items()),
    )


def _cast(column: pl.Expr, name: str) -> pl.Expr:
    """To the type of the lake; what does not fit belongs to a rejected line and becomes 0."""
    return column.cast(ROW_SCHEMA[name], strict=False).fill_null(0)


def sums(section: Section, texts: pl.DataFrame, values: pl.DataFrame) -> Sums:
    """Sum of each amount over the members, rejected ones included; and the elements with an unreadable member."""
    amounts = [each.tag for each in section.of_kind(Kind.AMOUNT)]
    incomplete = [tag for tag in amounts if values[tag].null_count()]
    unreadable = {tag for tag in incomplete if (values[tag].is_null() & (texts[tag] != "")).any()}
    return Sums({tag: int(values[tag].sum() or 0) for tag in amounts}, frozenset(unreadable))
