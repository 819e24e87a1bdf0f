"""Running the offer on the lake, and writing the report."""

from __future__ import annotations

from pathlib import Path

import click
import polars as pl

from minassa.cli.speaking import Watch, as_json, json_option, spoken
from minassa.cli.workspace import Workspace
from minassa.engine import Offer, read_reform, reform
from minassa.entitlements.replays import offer_of
from minassa.entitlements.runs import Run, run
from minassa.offer.catalogue import catalogue
from minassa.offer.loading import codes, load_offer
from minassa.steering.report import write_report
from minassa.vocabulary.errors import MinassaError
from minassa.vocabulary.money import format_dirhams
from minassa.vocabulary.periods import month_label_fr, parse_month


class NothingDeclared(MinassaError):
    """The lake holds no CNSS declaration in effect: there is nothing to run on."""

    code = "RUN-NOTHING"


@click.command("run")
@click.option("--until", default=None, help="Dernier mois connu, AAAA-MM (par défaut : le dernier déclaré).")
@click.option("--reform", "reform_file", default=None, type=click.Path(exists=True, path_type=Path), help="Réforme YAML.")
@json_option
@click.pass_obj
@spoken
def run_command(space: Workspace, until: str | None, reform_file: Path | None, json_wanted: bool) -> None:
    """Calculer l'offre sur tout ce qui est déposé. Arrêté en route, le calcul reprend."""
    law = load_offer()
    if reform_file is not None:
        law = reform(law, read_reform(reform_file, codes()))
    watch = Watch(quiet=json_wanted)
    done = run_lake(space, law, None if until is None else parse_month(until), watch)
    if json_wanted:
        as_json({"run": done.path.name, **{k: v for k, v in done.manifest.items() if k != "offer"}})
    else:
        watch.end(f"Calcul « {done.path.name} » terminé.")
        say_totals(done)


def run_lake(space: Workspace, law: Offer, until: int | None, watch: Watch) -> Run:
    """Run an offer on the lake as it stands now, as known at the end of a month (the last one declared by default)."""
    lake = space.lake()
    versions = lake.versions()
    last = until if until is not None else last_month(lake.current("cnss_lines", versions))
    space.runs_path.mkdir(parents=True, exist_ok=True)
    return run(lake, versions, law, space.next_run(), last, watch)


def last_month(lines: pl.LazyFrame) -> int:
    """Last month declared at CNSS; NothingDeclared when there is none."""
    found = lines.select(pl.col("month").max()).collect().item()
    if found is None:
        message = "aucune déclaration CNSS n'est en vigueur ; déposez des fichiers DS_… : minassa deposit DOSSIER"
        raise NothingDeclared(message)
    return int(found)


def say_totals(done: Run) -> None:
    """The totals of a run, for people."""
    click.echo(f"Situation connue à fin {month_label_fr(done.until)}.")
    labels = {one.measure: one.label.fr for one in catalogue()}
    for measure, total in done.manifest["totals"].items():
        amount = format_dirhams(total["amount_cents"])
        click.echo(f"  {labels.get(measure, measure)} : {amount} pour {total['lines']} lignes")
    jobs = done.table("firm_month").filter(pl.col("month") == done.until)
    net, kept = jobs.select((pl.col("headcount_month") - pl.col("headcount_base")).sum(), pl.col("kept_hires_month").sum()).collect().row(0)
    click.echo(f"  Emplois nets depuis juin 2025 : {net} ; recrutements nouveaux encore en poste après 18 mois : {kept}")


@click.command("report")
@click.option("--run", "run_name", default=None, help="Nom du calcul (par défaut : le dernier).")
@click.option("--out", default=None, type=click.Path(path_type=Path), help="Dossier du rapport.")
@click.option("--why", "why_id", default=None, help="Montant à ouvrir dans le rapport.")
@click.pass_obj
@spoken
def report(space: Workspace, run_name: str | None, out: Path | None, why_id: str | None) -> None:
    """Écrire le rapport, une page HTML à ouvrir sans réseau."""
    click.echo(f"Rapport : {report_of(space, space.run(run_name), out, why_id)}")


def report_of(space: Workspace, done: Run, out: Path | None = None, why_id: str | None = None) -> Path:
    """Write the report of a run and give its path."""
    law = offer_of(done, load_offer())
    return write_report(out or space.report_path, done, space.lake(), law, synthetic=space.synthetic(), why_id=why_id)
