"""Listing amounts, with the identifiers by which one asks why."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypedDict, Unpack

import click
import polars as pl

from minassa.cli.speaking import as_json, json_option, run_option, spoken
from minassa.cli.workspace import Workspace, pass_workspace
from minassa.entitlements.amounts import AmountId
from minassa.vocabulary.money import format_dirhams
from minassa.vocabulary.periods import format_month

MONTHS = ("period_start", "period_end")


class Wanted(TypedDict):
    """Which amounts are listed, and where they go."""

    measure: str | None
    affiliation: int | None
    everything: bool
    limit: int
    csv_target: Path | None


@click.command("amounts")
@run_option
@click.option("--measure", default=None, help="Une mesure : air, ais, pae, paf.")
@click.option("--affiliation", default=None, type=int, help="Une entreprise.")
@click.option("--all/--entitled", "everything", default=False, help="Aussi les montants auxquels rien n'ouvre droit.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(min=0), help="Nombre de lignes.")
@click.option("--csv", "csv_target", default=None, type=click.Path(path_type=Path), help="Tout écrire dans un fichier.")
@json_option
@pass_workspace
@spoken
def amounts(space: Workspace, run_name: str | None, json_wanted: bool, **wanted: Unpack[Wanted]) -> None:
    """Lister des montants et leurs identifiants.

    Les plus grands d'abord.
    """
    rows = chosen(space.run(run_name).table("amounts"), wanted)
    if wanted["csv_target"]:
        with_ids(rows.collect()).write_csv(wanted["csv_target"])
    top = rows.sort(["amount_cents", "affiliation", "person", "period_start"], descending=[True, False, False, False])
    listed = with_ids(top.head(wanted["limit"]).collect()).to_dicts()
    if json_wanted:
        as_json(listed)
        return
    for row in listed:
        mark = "" if row["entitled"] else "  (conditions non remplies)"
        click.echo(f"{row['id']:44} {format_dirhams(row['amount_cents']):>20}{mark}")


def chosen(rows: pl.LazyFrame, wanted: Wanted) -> pl.LazyFrame:
    """The amounts asked for; unless all are, those that something gives a right to."""
    if wanted["measure"]:
        rows = rows.filter(pl.col("measure") == wanted["measure"].lower())
    if wanted["affiliation"]:
        rows = rows.filter(pl.col("affiliation").cast(pl.Int64) == wanted["affiliation"])
    return rows if wanted["everything"] else rows.filter(pl.col("entitled") & (pl.col("amount_cents") > 0))


def with_ids(rows: pl.DataFrame) -> pl.DataFrame:
    """Amounts with the identifier of each in front, months as people write them."""
    ids = pl.Series("id", [identifier(row) for row in rows.iter_rows(named=True)], dtype=pl.String)
    months = [pl.col(name).map_elements(format_month, return_dtype=pl.String) for name in MONTHS]
    return rows.with_columns(months).select(ids, *rows.columns)


def identifier(row: dict[str, Any]) -> str:
    """The identifier of a row of the table of amounts."""
    return str(AmountId(row["measure"], row["affiliation"], row["person"], row["period_start"]))
