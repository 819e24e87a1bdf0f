"""The persons of a list: their texts read into values, checked, and turned into rows of the lake."""

from __future__ import annotations

from collections import defaultdict
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
)
from minassa.declarations.simpl_ir.members import Mask, Members
from minassa.vocabulary.money import MoneyError, parse_dirhams

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
FILE, OFFSET = "file", "offset"
"""Columns of rows until the end: the rank of their file, the byte where the member opens in it."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Sum of each element over the members of a file, and the elements that could not all be read."""

    members: int
    totals: dict[str, int]
    unreadable: frozenset[str]


@dataclass(frozen=True, slots=True)
class Checked:
    """Members once read: rows that may take effect (with `file` and `offset`), the files of the others, the sums."""

    rows: pl.DataFrame
    rejected: NDArray[np.int64]
    sums: dict[int, Sums]


def check(members: Members) -> Checked:
    """Read some persons; the anomalies go to the remarks of their files."""
    texts, values = read_values(members)
    rejected = _check_texts(members, texts, values)
    rejected |= _check_repeated(members)
    person, cin, unidentified = identities(members, texts)
    rejected |= unidentified
    rejected |= _check_days(members, values)
    included = np.zeros(len(members), dtype=np.bool_)
    if members.section is PERMANENT:
        included = _check_deductions(members, values)
        rejected |= _check_exempt(members, values)
    rows = _rows(members, values, included).with_columns(person=pl.Series(person), cin=cin)
    return Checked(rows.filter(pl.Series(~rejected)), members.files[rejected], sums(members, texts, values))


def read_values(members: Members) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The texts and the values of the members of a list, column by column."""
    read = members.section.read
    columns = zip(read, zip(*members.rows, strict=True), strict=True)
    texts = pl.DataFrame([pl.Series(each.tag, cells, dtype=pl.String) for each, cells in columns]).select(
        stripped(pl.all())
    )
    return texts, texts.select(_value(each).alias(each.tag) for each in read)


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


def _check_texts(members: Members, texts: pl.DataFrame, values: pl.DataFrame) -> Mask:
    """Unreadable texts and required elements without one; the members rejected for it."""
    rejected: Mask = np.zeros(len(members), dtype=np.bool_)
    for each in members.section.read:
        if each.kind not in _UNREADABLE or not values[each.tag].null_count():
            continue
        rule, what_to_do = _UNREADABLE[each.kind]
        empty: Mask = (texts[each.tag] == "").to_numpy()
        unreadable: Mask = values[each.tag].is_null().to_numpy() & ~empty
        severity = Severity.REJECT if each.kind in _REJECTING else Severity.WARN
        message = f"{each.tag} illisible : {what_to_do}."
        members.note_all(rule, severity, unreadable, each.tag, message)
        if each.kind in _REJECTING:
            rejected |= unreadable
        if each.required:
            message = f"{each.tag} est absent ou vide : indiquez-le, 0.00 compris."
            rejected |= members.note_all("SIMPL-ABSENT", Severity.REJECT, empty, each.tag, message)
    return rejected


def _check_repeated(members: Members) -> Mask:
    rejected: Mask = np.zeros(len(members), dtype=np.bool_)
    for rank, tag in members.repeated:
        rejected[rank] = True
        message = f"{tag} est donné deux fois pour la même personne : gardez le bon."
        members.note(rank, "SIMPL-BALISE-DOUBLE", Severity.REJECT, tag, message, again=1)
    return rejected


def _check_days(members: Members, values: pl.DataFrame) -> Mask:
    """More days than a year has, more dependants than can be counted."""
    rejected: Mask = np.zeros(len(members), dtype=np.bool_)
    for tag, most in (("periode", MOST_DAYS), ("nbrReductions", np.iinfo(np.int8).max)):
        if tag in values.columns:
            message = f"{tag} dépasse {most} : vérifiez-le."
            over: Mask = (values[tag] > most).fill_null(value=False).to_numpy()
            rejected |= members.note_all("SIMPL-ETENDUE", Severity.REJECT, over, tag, message)
    return rejected


def _check_deductions(members: Members, values: pl.DataFrame) -> Mask:
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
    members.note_all("SIMPL-DEDUCTION", Severity.WARN, wrong, "mtTotalDeduction", message)
    included: Mask = ((total == parts + instalments) & (instalments > 0)).fill_null(value=False).to_numpy()
    return included


def _check_exempt(members: Members, values: pl.DataFrame) -> Mask:
    """The exempt elements against mtExonere; the persons whose elements cannot be read or do not add up."""
    given: NDArray[np.int64] = values["mtExonere"].fill_null(0).to_numpy()
    found = np.zeros(len(members), dtype=np.int64)
    detailed: Mask = np.zeros(len(members), dtype=np.bool_)
    unreadable: Mask = np.zeros(len(members), dtype=np.bool_)
    for rank, element in members.details:
        detailed[rank] = True
        if (element.get("refNatureElementExonere") or "").strip() not in EXEMPT_NATURES:
            message = "La nature d'un élément exonéré n'est pas dans la liste (NAT_ELEM_EXO_1 à 25) : corrigez-la."
            members.note(rank, "SIMPL-CODE", Severity.WARN, EXEMPT_ELEMENTS, message)
        try:
            found[rank] += _element_amount(element.get("montantExonere"))
        except MoneyError:
            unreadable[rank] = True
    message = "Un montantExonere est illisible : écrivez des dirhams sans signe, un point et deux décimales."
    members.note_all("SIMPL-MONTANT", Severity.REJECT, unreadable, EXEMPT_ELEMENTS, message)
    message = "La somme des montantExonere n'est pas mtExonere : corrigez l'un ou l'autre."
    unequal = detailed & ~unreadable & (found != given)
    members.note_all("SIMPL-EXONERE", Severity.REJECT, unequal, "mtExonere", message)
    message = "mtExonere n'est détaillé par aucun élément exonéré : ajoutez listElementsExonere."
    members.note_all("SIMPL-EXONERE-DETAIL", Severity.WARN, ~detailed & (given > 0), "mtExonere", message)
    rejected: Mask = unreadable | unequal
    return rejected


def _element_amount(text: str | None) -> int:
    """Centimes of an exempt element, the signs and commas of `parse_dirhams` refused as elsewhere in the file."""
    clean = (text or "0").strip()
    if not clean.replace(".", "", 1).isdigit() or len(clean) > 15:  # noqa: PLR2004 - 12 digits, a dot, 2 decimals
        raise MoneyError("Montant illisible.")
    return parse_dirhams(clean)


def _rows(members: Members, values: pl.DataFrame, instalments_included: Mask) -> pl.DataFrame:
    """The lake's columns, 0 where the list has no such element; plus the offset, for what is checked at the end."""
    section = members.section
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
        pl.Series(FILE, members.files, dtype=pl.Int32),
        pl.Series("line", members.lines, dtype=pl.Int32),
        pl.Series(OFFSET, members.offsets, dtype=pl.Int64),
        pl.lit(int(section.category or 0)).alias("category"),
        *(_cast(column, name).alias(name) for name, column in columns.items()),
    )


def _cast(column: pl.Expr, name: str) -> pl.Expr:
    """To the type of the lake; what does not fit belongs to a rejected line and becomes 0."""
    return column.cast(ROW_SCHEMA[name], strict=False).fill_null(0)


def sums(members: Members, texts: pl.DataFrame, values: pl.DataFrame) -> dict[int, Sums]:
    """For each file the sum of each amount, rejected members included, and the elements with an unreadable member."""
    amounts = [each.tag for each in members.section.of_kind(Kind.AMOUNT)]
    lost = {tag: values[tag].is_null() & (texts[tag] != "") for tag in amounts if values[tag].null_count()}
    of_files = values.select(amounts).with_columns(pl.Series(FILE, members.files))
    totals = of_files.group_by(FILE, maintain_order=True).agg(pl.len(), pl.col(amounts).sum())
    unreadable: defaultdict[int, set[str]] = defaultdict(set)
    for tag, broken in lost.items():
        for file in np.unique(members.files[broken.to_numpy()]).tolist():
            unreadable[file].add(tag)
    return {
        file: Sums(count, dict(zip(amounts, each, strict=True)), frozenset(unreadable[file]))
        for file, count, *each in totals.iter_rows()
    }
