"""The firms of the nation enter the registry from the sheets that they deposited; accounts get mandates for a few."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random
from typing import Any, Final

import polars as pl

from minassa.entitlements.runs import Run
from minassa.intake.public import lake
from minassa.registry.demonstration import SINCE
from minassa.registry.models import Enterprise, Group, Power
from minassa.registry.registering import searchable
from minassa.simulators.story.cast import Cast
from minassa.simulators.story.rounds import SEED
from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.periods import month_index

FORMER_REGIME: Final = 2016
PLAYED: Final = 150
"""Firms that live the story, at most: of a whole country, the worker opens the claims of the others on the next day."""
_FORMER_END: Final = month_index(2025, 6)
_MANDATES: Final = (("prepare", Power.PREPARE), ("sign", Power.SIGN), ("accountant", Power.PREPARE))
_ARABIC: Final = "مقاولة مصطنعة رقم"
_ACTIVITIES: Final = {
    Filiere.ITO: "services informatiques",
    Filiere.CRM: "centre d'appels",
    Filiere.BPO: "processus métiers",
    Filiere.ESO: "ingénierie",
    Filiere.KPO: "analyse de données",
}


def register_firms() -> int:
    """Register every firm whose sheet is in the lake and that is not known yet: how many."""
    sheets = lake().current("firm_lines").sort("affiliation", "establishment", "place_from").collect()
    known = set(Enterprise.objects.values_list("affiliation", flat=True))
    names = dict(sheets.select("affiliation", "name").unique("affiliation").iter_rows())
    heads = sheets.filter(pl.col("group_head") != pl.col("affiliation"))["group_head"].unique().to_list()
    made = 0
    for one in sheets.partition_by("affiliation", maintain_order=True):
        if one["affiliation"][0] not in known:
            _register(one.rows(named=True), names, set(heads))
            made += 1
    return made


def _register(rows: list[dict[str, Any]], names: dict[int, str], heads: set[int]) -> None:
    sheet = rows[-1]
    grouped = sheet["affiliation"] in heads or sheet["group_head"] != sheet["affiliation"]
    leader = names.get(sheet["group_head"], sheet["name"])
    group = Group.objects.get_or_create(name=f"Groupe {leader}")[0] if grouped else None
    filiere = Filiere[sheet["activity"]] if sheet["activity"] in Filiere.__members__ else Filiere.NONE
    firm = Enterprise(
        ice=sheet["ice"],
        fiscal_id=sheet["fiscal_id"],
        rc=sheet["rc"],
        affiliation=sheet["affiliation"],
        name=sheet["name"],
        name_arabic=f"{_ARABIC} {sheet['name'].rpartition(' ')[2]}",
        activity=_ACTIVITIES.get(filiere, ""),
        filiere=filiere.value,
        place=sheet["place"],
        group=group,
    )
    firm.search = searchable(firm)
    firm.save()
    for row in {one["establishment"]: one for one in rows}.values():
        firm.establishments.create(
            number=row["establishment"], place=row["place"], opened_on=row["place_from"], closed_on=row["place_to"]
        )


def played(kept: Iterable[Enterprise]) -> frozenset[int]:
    """The affiliations of the firms that live the story: those kept, then others drawn, the same ones each time."""
    first = {firm.affiliation for firm in kept if firm.affiliation is not None}
    known = Enterprise.objects.filter(affiliation__isnull=False).values_list("affiliation", flat=True)
    others = sorted(number for number in known if number is not None and number not in first)
    Random(SEED).shuffle(others)  # noqa: S311 (a draw that can be drawn again)
    return frozenset(first) | frozenset(others[: PLAYED - len(first)])


def former_firm(run: Run) -> Enterprise | None:
    """A firm that joined under the regime of 2016, of those the one to which most is due before July 2025."""
    sheets = lake().current("firm_lines").filter(pl.col("regime") == FORMER_REGIME).select("affiliation").collect()
    due = run.table("amounts").filter(
        pl.col("measure") == "air",
        "entitled",
        pl.col("period_start") <= _FORMER_END,
        pl.col("affiliation").is_in(sheets["affiliation"].to_list()),
    )
    best = due.group_by("affiliation").agg(pl.col("amount_cents").sum()).collect().sort("amount_cents", "affiliation")
    return Enterprise.objects.filter(affiliation=best["affiliation"][-1]).first() if best.height else None


def mandate(cast: Cast, late: int, *others: Enterprise | None) -> list[Enterprise]:
    """Give accounts their mandates: for the firm that is late, and for others. Those firms."""
    firms = [firm for firm in (Enterprise.objects.filter(affiliation=late).first(), *others) if firm is not None]
    for firm in firms:
        for name, power in (*_MANDATES, ("signataires", Power.SIGN)):
            cast.accounts[name].mandates.get_or_create(enterprise=firm, power=power, since=SINCE)
    return firms
