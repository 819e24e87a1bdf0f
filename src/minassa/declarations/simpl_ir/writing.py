"""A statement of salaries written as EDI XML, in the order of the tags that payroll programs follow.

Each list is put together by columns, one slice of rows after the other, so that memory does not grow with the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from xml.sax.saxutils import escape

import polars as pl

from minassa.declarations.simpl_ir.layout import (
    ALL_PAID,
    COUNTS,
    DOCTORAL,
    EXEMPT,
    EXEMPT_ELEMENT,
    EXEMPT_ELEMENTS,
    HEADCOUNT,
    HEADER,
    OCCASIONAL,
    OTHER_NATURE,
    PAID_TO,
    PAYMENT_DETAILS,
    PAYMENTS,
    PERMANENT,
    ROOT,
    SALARY_INCOME,
    SUMS,
    TOP_UP,
    TRAINEE,
    Field,
    Kind,
    Section,
)
from minassa.declarations.simpl_ir.statements import Employer, Statement

_SLICE = 20_000
_CENTIMES = 100
_NOT_XML = "[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": " ", "\n": " ", "\t": " "}


def write(target: BinaryIO | Path, statement: Statement) -> None:
    """Write a statement in UTF-8, one element a line, every count and total computed from its lists.

    Raises ValueError for a negative amount or a column that its list does not have: the caller's mistake.
    """
    if isinstance(target, Path):
        with target.open("wb") as stream:
            write(stream, statement)
        return
    lists = {section.tag: frame for section, frame in _lists(statement)}
    for piece in _pieces(statement.employer, lists):
        target.write(piece.encode())


def _lists(statement: Statement) -> Iterator[tuple[Section, pl.DataFrame]]:
    """The lists of a statement, each with all the columns of its section."""
    yield PERMANENT, _complete(PERMANENT, _with_deductions(statement.permanent))
    yield EXEMPT, _complete(EXEMPT, statement.exempt)
    yield OCCASIONAL, _complete(OCCASIONAL, statement.occasional)
    yield TRAINEE, _complete(TRAINEE, statement.trainees)
    yield DOCTORAL, _complete(DOCTORAL, statement.doctoral)
    yield PAYMENTS, _complete(PAYMENTS, statement.payments)


def _with_deductions(permanent: pl.DataFrame) -> pl.DataFrame:
    if permanent.is_empty() or "total_deductions_year" in permanent.columns:
        return permanent
    parts = (
        "professional_expenses_year",
        "social_contributions_year",
        "other_deductions_year",
        "instalments_year",
    )
    given = [part for part in parts if part in permanent.columns]
    return permanent.with_columns(total_deductions_year=pl.sum_horizontal(*given) if given else pl.lit(0))


def _complete(section: Section, frame: pl.DataFrame) -> pl.DataFrame:
    columns = {each.column for each in section.fields} | ({"exempt_nature"} if section is PERMANENT else set())
    strange = sorted(set(frame.columns) - columns)
    if strange:
        raise ValueError(f"{section.tag} : colonnes inconnues {', '.join(strange)}.")
    amounts = [each.column for each in section.of_kind(Kind.AMOUNT)]
    missing = [pl.lit(0, dtype=pl.Int64).alias(name) for name in amounts if name not in frame.columns]
    completed = frame.with_columns(missing) if frame.width else pl.DataFrame(schema=dict.fromkeys(amounts, pl.Int64))
    if completed.select(pl.any_horizontal((pl.col(amounts) < 0).any())).item():
        raise ValueError(f"{section.tag} : un montant est négatif.")
    return completed


def _pieces(employer: Employer, lists: dict[str, pl.DataFrame]) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<{ROOT}>\n'
    yield from (f"{_element(tag, text)}\n" for tag, text in _head(employer).items())
    yield from (f"{_element(tag, text)}\n" for tag, text in _totals(lists).items())
    if employer.reference:
        yield f"{_element('referenceDeclaration', employer.reference)}\n"
    for section in (PERMANENT, EXEMPT, OCCASIONAL, TRAINEE, DOCTORAL, PAYMENTS):
        frame = lists[section.tag]
        if frame.height:
            yield f"<{section.list_tag}>\n"
            for part in frame.iter_slices(_SLICE):
                yield "".join(part.select(_member(section, part)).to_series())
            yield f"</{section.list_tag}>\n"
    yield f"</{ROOT}>\n"


def _element(tag: str, text: str) -> str:
    clean = escape(re.sub(_NOT_XML, " ", text))
    return f"<{tag}><code>{clean}</code></{tag}>" if tag == "commune" else f"<{tag}>{clean}</{tag}>"


def _head(employer: Employer) -> dict[str, str]:
    known = {
        "identifiantFiscal": str(employer.fiscal_id),
        "raisonSociale": employer.name,
        "exerciceFiscalDu": f"{employer.year}-01-01",
        "exerciceFiscalAu": f"{employer.year}-12-31",
        "annee": str(employer.year),
        "commune": employer.commune,
        "adresse": employer.address,
        "numeroCNSS": f"{employer.affiliation:07d}" if employer.affiliation else "",
        "numeroRC": employer.trade_register,
        "identifiantTP": employer.professional_tax_id,
        "numeroTelephone": employer.phone,
        "email": employer.email,
    }
    return {tag: known.get(tag, "") for tag in HEADER}


def _totals(lists: dict[str, pl.DataFrame]) -> dict[str, str]:
    """Counts and totals, in the order of the file."""
    counts = {tag: lists[section.tag].height for tag, section in COUNTS.items()}
    amounts = {tag: _sum(lists, section, element) for tag, (section, element) in SUMS.items()}
    permanent, occasional, trainee = PAID_TO
    paid = {
        permanent: _sum(lists, PERMANENT, "mtBrutTraitementSalaire"),
        occasional: amounts["totalMtBrutSommesPO"],
        trainee: amounts["totalMtBrutTraitSalaireSTG"] + amounts["totalMtBrutIndemnitesSTG"],
    }
    amounts |= {ALL_PAID: sum(paid.values()), SALARY_INCOME: 0, TOP_UP: 0, **paid}
    return (
        {HEADCOUNT: str(sum(counts.values()))}
        | {tag: str(count) for tag, count in counts.items()}
        | {tag: f"{cents // _CENTIMES}.{cents % _CENTIMES:02d}" for tag, cents in amounts.items()}
    )


def _sum(lists: dict[str, pl.DataFrame], section: Section, tag: str) -> int:
    column = next(each.column for each in section.fields if each.tag == tag)
    return int(lists[section.tag][column].sum())


def _member(section: Section, frame: pl.DataFrame) -> pl.Expr:
    """The XML of each row."""
    pieces: list[pl.Expr | str] = [f"<{section.tag}>\n"]
    for each in section.fields:
        pieces += _field(each, frame)
    if section is PERMANENT:
        pieces += [f"<{EXEMPT_ELEMENTS}>", _exempt_element(frame), f"</{EXEMPT_ELEMENTS}>\n"]
    if section is PAYMENTS:
        pieces += [_payment_detail(frame)]
    pieces.append(f"</{section.tag}>\n")
    return pl.concat_str(_merged(pieces))


def _merged(pieces: list[pl.Expr | str]) -> list[pl.Expr]:
    """Neighbouring constants put together: fewer columns to concatenate."""
    merged: list[pl.Expr | str] = []
    for piece in pieces:
        if merged and isinstance(piece, str) and isinstance(merged[-1], str):
            merged[-1] += piece
        else:
            merged.append(piece)
    return [pl.lit(piece) if isinstance(piece, str) else piece for piece in merged]


def _field(field: Field, frame: pl.DataFrame) -> list[pl.Expr | str]:
    inner = ("<code>", "</code>") if field.kind is Kind.CODED else ("", "")
    texts: list[pl.Expr | str] = [_text(field)] if field.column in frame.columns else []
    return [f"<{field.tag}>{inner[0]}", *texts, f"{inner[1]}</{field.tag}>\n"]


def _text(field: Field) -> pl.Expr:
    column = pl.col(field.column)
    match field.kind:
        case Kind.AMOUNT:
            return _dirhams(column)
        case Kind.DATE:
            text = column.dt.to_string("%Y-%m-%d")
        case Kind.BOOLEAN:
            text = pl.when(column).then(pl.lit("true")).otherwise(pl.lit("false"))
        case Kind.INTEGER:
            text = column.cast(pl.String)
        case _ if field.tag == "numCNSS":
            text = pl.when(column > 0).then(column.cast(pl.String).str.zfill(9))
        case _:
            text = column.cast(pl.String).str.replace_many(_ESCAPES).str.replace_all(_NOT_XML, " ")
    return text.fill_null("")


def _dirhams(column: pl.Expr) -> pl.Expr:
    cents = column.fill_null(0).cast(pl.Int64)
    text = cents.cast(pl.String).str.zfill(3)
    return pl.concat_str(text.str.head(-2), pl.lit("."), text.str.tail(2))


def _exempt_element(frame: pl.DataFrame) -> pl.Expr:
    nature = pl.col("exempt_nature").fill_null(OTHER_NATURE) if "exempt_nature" in frame.columns else OTHER_NATURE
    element = pl.format(
        f"<{EXEMPT_ELEMENT}><montantExonere>{{}}</montantExonere><refNatureElementExonere><code>NAT_ELEM_EXO_{{}}"
        f"</code></refNatureElementExonere></{EXEMPT_ELEMENT}>",
        _dirhams(pl.col("exempt_year")),
        nature if isinstance(nature, pl.Expr) else pl.lit(nature),
    )
    return pl.when(pl.col("exempt_year") > 0).then(element).otherwise(pl.lit(""))


def _payment_detail(frame: pl.DataFrame) -> pl.Expr:
    paid_on = pl.col("paid_on").dt.to_string("%Y-%m-%d").fill_null("") if "paid_on" in frame.columns else pl.lit("")
    paid = _dirhams(pl.col("paid"))
    return pl.format(
        f"<{PAYMENT_DETAILS}><DetailPaiementTraitementSalaire><reference></reference><totalVerse>{{}}</totalVerse>"
        "<principal>{}</principal><penalite>0.00</penalite><majorations>0.00</majorations><dateVersement>{}"
        "</dateVersement><refMoyenPaiement><code>SIR</code></refMoyenPaiement><numQuittance></numQuittance>"
        f"</DetailPaiementTraitementSalaire></{PAYMENT_DETAILS}>\n",
        paid,
        paid,
        paid_on,
    )
