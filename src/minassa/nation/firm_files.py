"""The firm sheets and the yearly accounts of a basin."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import numpy as np
import polars as pl

from minassa.declarations.tabular import FIRM_SCHEMA, write_firm_sheet, write_yearly_accounts
from minassa.nation.accounts import Books
from minassa.nation.firms import Firms, filiere_of
from minassa.nation.invented_numbers import affiliation, fiscal_id, ice, rc
from minassa.nation.sheets import split
from minassa.nation.titles import company
from minassa.vocabulary.periods import first_day, last_day, month_index, year_of

_REGIMES = ((month_index(2016, 1), 2007), (month_index(2022, 1), 2016), (month_index(2025, 7), 2022))
_LATEST_REGIME = 2025
_OUTSIDE_ANNEX_1 = "HORS"
_FRESH, _OLD = 1, 11
_TAX, _SOCIAL, _BOTH = 1, 2, 3

Row = dict[str, int | str | date | None]


def write_firm_sheets(firms: Firms, start: int, months: int, folder: Path) -> None:
    """Write the sheet of each firm, as it stands at the end: a row for each stay of an establishment in a place."""
    rows = [_sheet(firms, firm, start, months) for firm in np.flatnonzero(firms.opens < months).tolist()]
    if not rows:
        return
    schema = {name: FIRM_SCHEMA[name] for name in rows[0][0]}
    written = BytesIO()
    write_firm_sheet(written, pl.DataFrame([row for some in rows for row in some], schema=schema, orient="row"))
    folder.mkdir(parents=True, exist_ok=True)
    for some, part in zip(rows, split(written.getvalue(), [len(some) for some in rows]), strict=True):
        (folder / f"FICHE_{some[0]['affiliation']}.csv").write_bytes(part)


def _sheet(firms: Firms, firm: int, start: int, months: int) -> list[Row]:
    rank, installed = int(firms.rank[firm]), start + int(firms.installed[firm])
    shared: Row = {
        "affiliation": int(firms.affiliation[firm]),
        "ice": ice(rank),
        "fiscal_id": fiscal_id(rank),
        "rc": str(rc(rank)),
        "name": company(rank, int(firms.filiere[firm])),
        "group_head": affiliation(int(firms.group[firm])),
        "started_on": first_day(start + int(firms.started[firm])),
        "installed_on": first_day(installed),
        "activity": filiere_of(int(firms.filiere[firm])) if firms.listed[firm] else _OUTSIDE_ANNEX_1,
        "regime": _LATEST_REGIME if firms.renewed[firm] else regime(installed),
        "tax_certificate_on": _certificate(firms, firm, start, months, _TAX),
        "social_certificate_on": _certificate(firms, firm, start, months, _SOCIAL),
    }
    return [shared | row for row in _establishments(firms, firm, start, months)]


def regime(installed: int) -> int:
    """Return the circular under which a firm installed in a month joined the offer."""
    return next((circular for before, circular in _REGIMES if installed < before), _LATEST_REGIME)


def _certificate(firms: Firms, firm: int, start: int, months: int, which: int) -> date | None:
    """Return the day of a certificate: one month before the end of the firm's story, or long before when stale."""
    end = min(months - 1, int(firms.closes[firm]))
    stale = int(firms.stale[firm])
    if stale == _BOTH and which == _SOCIAL:
        return None
    return last_day(start + end - (_OLD if stale in {which, _BOTH} else _FRESH))


def _establishments(firms: Firms, firm: int, start: int, months: int) -> list[Row]:
    """Return the rows of the establishments: number, place, first and last day there."""
    end = int(firms.closes[firm])
    closed = last_day(start + end) if end < months else None
    installed = first_day(start + int(firms.installed[firm]))
    first, moved_to, moved_on = int(firms.place[firm]), int(firms.moved_to[firm]), int(firms.moved_on[firm])
    if moved_to not in {0, first} and moved_on < min(months, end):
        rows = [_stay(1, first, installed, last_day(start + moved_on - 1))]
        rows.append(_stay(1, moved_to, first_day(start + moved_on), closed))
    else:
        rows = [_stay(1, first, installed, closed)]
    second, since = int(firms.second_place[firm]), int(firms.second_from[firm])
    if second and since < min(months, end):
        opened = first_day(start + max(since, int(firms.installed[firm]))) if since > 0 else installed
        rows.append(_stay(2, second, opened, closed))
    return rows


def _stay(number: int, place: int, since: date, until: date | None) -> Row:
    return {"establishment": number, "place": place, "place_from": since, "place_to": until}


def write_accounts(firms: Firms, books: list[tuple[int, Books]], start: int, folder: Path) -> None:
    """Write the accounts of fiscal years, each with its firm; a file is named after the year in which it closes."""
    if not books:
        return
    written = BytesIO()
    write_yearly_accounts(written, pl.DataFrame([_account(firms, firm, year, start) for firm, year in books]))
    for (firm, year), part in zip(books, split(written.getvalue(), [1] * len(books)), strict=True):
        closing = year_of(start + year.closing)
        (folder / str(closing)).mkdir(parents=True, exist_ok=True)
        (folder / str(closing) / f"COMPTES_{firms.affiliation[firm]}_{closing}.csv").write_bytes(part)


def _account(firms: Firms, firm: int, books: Books, start: int) -> Row:
    return {
        "affiliation": int(firms.affiliation[firm]),
        "fiscal_id": fiscal_id(int(firms.rank[firm])),
        "opens_on": first_day(start + books.opening),
        "closes_on": last_day(start + books.closing),
        "turnover_year": books.turnover,
        "export_turnover_year": books.export,
        "taxable_profit_year": books.profit,
        "corporate_tax_year": books.tax,
        "value_added_year": books.value_added,
        "training_spend_year": books.training,
    }
