"""The firm sheets and the yearly accounts of a basin."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from minassa.nation.accounts import Books
from minassa.nation.calendar_days import iso_days
from minassa.nation.firms import Firms, filiere_of
from minassa.nation.invented_numbers import fiscal_id, ice, rc
from minassa.nation.sheets import Sheet, dirhams, write_sheet
from minassa.nation.titles import company
from minassa.vocabulary.periods import first_day, last_day, month_index
from minassa.vocabulary.places import place

_REGIMES = ((month_index(2016, 1), 2007), (month_index(2022, 1), 2016), (month_index(2025, 7), 2022))
_LATEST_REGIME = 2025
_OUTSIDE_ANNEX_1 = "HORS"
_FRESH, _OLD = 1, 11
_TAX, _SOCIAL, _BOTH = 1, 2, 3


def write_firm_sheet(firms: Firms, head: int, firm: int, start: int, months: int, folder: Path) -> None:
    """Write the sheet of a firm, as it stands at the end: one row for each establishment. `head` leads its group."""
    alone = head == firms.affiliation[firm] and not (firms.group == firms.group[firm]).sum() > 1
    rank = int(firms.rank[firm])
    shared = {
        "affiliation": str(firms.affiliation[firm]),
        "ice": ice(rank),
        "identifiant_fiscal": str(fiscal_id(rank)),
        "rc": str(rc(rank)),
        "raison_sociale": company(rank, int(firms.filiere[firm])),
        "groupe": "" if alone else str(head),
        "debut_activite": first_day(start + int(firms.started[firm])).isoformat(),
        "date_installation": first_day(start + int(firms.installed[firm])).isoformat(),
        "activite": filiere_of(int(firms.filiere[firm])) if firms.listed[firm] else _OUTSIDE_ANNEX_1,
        "regime": str(regime(start + int(firms.installed[firm]))),
        "attestation_fiscale": _certificate(firms, firm, start, months, _TAX),
        "attestation_cnss": _certificate(firms, firm, start, months, _SOCIAL),
    }
    rows = [shared | row for row in _establishments(firms, firm, start, months)]
    columns: Sheet = {name: [row[name] for row in rows] for name in rows[0]}
    write_sheet(folder / f"FICHE_{shared['affiliation']}.csv", columns)


def regime(installed: int) -> int:
    """Return the circular under which a firm installed in a month joined the offer."""
    return next((circular for before, circular in _REGIMES if installed < before), _LATEST_REGIME)


def _certificate(firms: Firms, firm: int, start: int, months: int, which: int) -> str:
    """Return the day of a certificate: one month before the end of the firm's story, or long before when stale."""
    end = min(months - 1, int(firms.closes[firm]))
    stale = int(firms.stale[firm])
    if stale == _BOTH and which == _SOCIAL:
        return ""
    age = _OLD if stale in {which, _BOTH} else _FRESH
    return last_day(start + end - age).isoformat()


def _establishments(firms: Firms, firm: int, start: int, months: int) -> list[dict[str, str]]:
    """Return the rows of the establishments: number, place, first and last day there."""
    end = int(firms.closes[firm])
    closed = last_day(start + end).isoformat() if end < months else ""
    installed = first_day(start + int(firms.installed[firm])).isoformat()
    moved_to, moved_on = int(firms.moved_to[firm]), int(firms.moved_on[firm])
    rows = []
    if moved_to not in {0, int(firms.place[firm])} and moved_on < min(months, end):
        left = last_day(start + moved_on - 1).isoformat()
        rows.append(_establishment("0001", int(firms.place[firm]), installed, left))
        rows.append(_establishment("0001", moved_to, first_day(start + moved_on).isoformat(), closed))
    else:
        rows.append(_establishment("0001", int(firms.place[firm]), installed, closed))
    second, since = int(firms.second_place[firm]), int(firms.second_from[firm])
    if second and since < min(months, end):
        opened = first_day(start + max(since, int(firms.installed[firm]))).isoformat() if since > 0 else installed
        rows.append(_establishment("0002", second, opened, closed))
    return rows


def _establishment(number: str, code: int, since: str, until: str) -> dict[str, str]:
    return {"etablissement": number, "lieu": place(code).slug, "lieu_du": since, "lieu_au": until}


def write_accounts(firms: Firms, firm: int, books: Books, start: int, folder: Path) -> None:
    """Write the accounts of a firm for a fiscal year, named after the year in which it closes."""
    number, year = int(firms.affiliation[firm]), (start + books.closing) // 12
    months = np.array([start + books.opening, start + books.closing])
    opens_on, closes_on = iso_days(months, np.array([1, 31]), np.ones(2, np.bool_))
    row = {
        "affiliation": str(number),
        "identifiant_fiscal": str(fiscal_id(int(firms.rank[firm]))),
        "exercice_du": str(opens_on),
        "exercice_au": str(closes_on),
        "chiffre_affaires": dirhams(books.turnover),
        "chiffre_affaires_export_devises": dirhams(books.export),
        "resultat_fiscal": dirhams(books.profit),
        "impot_societes": dirhams(books.tax),
        "valeur_ajoutee": dirhams(books.value_added),
        "depenses_formation": dirhams(books.training),
    }
    target = folder / str(year) / f"COMPTES_{number}_{year}.csv"
    write_sheet(target, {name: [value] for name, value in row.items()})
