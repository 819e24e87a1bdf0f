"""Running the offer on the lake."""

from __future__ import annotations

from pathlib import Path

import click
import polars as pl

from minassa.cli.speaking import Watch, as_json, json_option, spoken, text_of
from minassa.cli.workspace import Workspace, pass_workspace
from minassa.engine import Offer, read_reform, reform
from minassa.entitlements.runs import Run, run
from minassa.offer.catalogue import catalogue
from minassa.offer.loading import codes, load_offer
from minassa.vocabulary.errors import MinassaError
from minassa.vocabulary.money import format_dirhams
from minassa.vocabulary.periods import format_month, month_label_fr, parse_month


class NothingDeclared(MinassaError):
    """The lake holds no CNSS declaration in effect by then: there is nothing to run on."""

    code = "RUN-NOTHING"


@click.command("run")
@click.option("--until", default=None, help="Dernier mois connu, AAAA-MM (par défaut : le dernier déclaré).")
@click.option("--reform", "reform_file", default=None, type=click.Path(path_type=Path), help="Réforme YAML.")
@json_option
@pass_workspace
@spoken
def run_command(space: Workspace, until: str | None, reform_file: Path | None, json_wanted: bool) -> None:
    """Calculer l'offre sur tout ce qui est déposé. Arrêté en route, le calcul reprend."""
    last = None if until is None else parse_month(until)
    law = load_offer()
    if reform_file is not None:
        law = reform(law, read_reform(text_of(reform_file), codes()))
    watch = Watch(quiet=json_wanted)
    done = run_lake(space, law, last, watch)
    if json_wanted:
        as_json({"run": done.path.name, **{k: v for k, v in done.manifest.items() if k != "offer"}})
    else:
        watch.end(f"Calcul « {done.path.name} » terminé.")
        say_totals(done)


def run_lake(space: Workspace, law: Offer, until: int | None, watch: Watch) -> Run:
    """Run an offer on the lake as it stands now, as known at the end of a month (the last one declared by default)."""
    lake = space.lake()
    versions = lake.versions()
    first, last = months_declared(lake.current("cnss_lines", versions))
    if until is not None and until < first:
        message = f"rien n'est déclaré à la CNSS avant {format_month(first)} ; demandez ce mois ou un mois plus tardif"
        raise NothingDeclared(message)
    space.runs_path.mkdir(parents=True, exist_ok=True)
    return run(lake, versions, law, space.next_run(), last if until is None else until, watch)


def months_declared(lines: pl.LazyFrame) -> tuple[int, int]:
    """First and last month declared at CNSS; NothingDeclared when there is none."""
    month = pl.col("month")
    first, last = lines.select(month.min().alias("first"), month.max().alias("last")).collect().row(0)
    if first is None:
        message = "aucune déclaration CNSS n'est en vigueur ; déposez des fichiers DS_… : minassa deposit DOSSIER"
        raise NothingDeclared(message)
    return int(first), int(last)


def say_totals(done: Run) -> None:
    """The totals of a run, for people."""
    click.echo(f"Situation connue à fin {month_label_fr(done.until)}.")
    labels = {one.measure: one.label.fr for one in catalogue()}
    for measure, total in done.manifest["totals"].items():
        amount = format_dirhams(total["amount_cents"])
        click.echo(f"  {labels.get(measure, measure)} : {amount} pour {total['lines']} lignes")
    jobs = done.table("firm_month").filter(pl.col("month") == done.until)
    sums = jobs.select(pl.col("headcount_month", "headcount_base", "kept_hires_month").sum()).collect()
    heads, base, kept = sums.row(0)
    net = heads - base if base else "on ne sait pas, juin 2025 n'est pas déclaré"
    click.echo(f"  Emplois nets depuis juin 2025 : {net}")
    click.echo(f"  Recrutements nouveaux encore en poste après 18 mois : {kept}")
