"""Asking: why an amount, what a reform would change, what a case gives, whether a run replays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import polars as pl

from minassa.cli.explaining import say_answer
from minassa.cli.speaking import FAILED, Watch, as_json, json_option, spoken
from minassa.cli.workspace import Workspace
from minassa.engine import read_reform
from minassa.entitlements.amounts import AmountId
from minassa.entitlements.replays import offer_of, replay
from minassa.entitlements.simulation import simulate
from minassa.entitlements.why import why
from minassa.offer.loading import codes, load_offer
from minassa.outlook.trial import Trial
from minassa.vocabulary.money import format_dirhams

run_option = click.option("--run", "run_name", default=None, help="Nom du calcul (par défaut : le dernier).")


@click.command("why")
@click.argument("identifier")
@run_option
@click.option("--lines/--no-lines", "with_lines", default=False, help="Montrer les lignes des fichiers, noms masqués.")
@json_option
@click.pass_obj
@spoken
def why_command(space: Workspace, identifier: str, run_name: str | None, with_lines: bool, json_wanted: bool) -> None:
    """Pourquoi ce montant : règles, articles, chiffres, conditions, lignes des fichiers."""
    done = space.run(run_name)
    lake = space.lake()
    answer = why(identifier, done, offer_of(done, load_offer()), lake)
    if json_wanted:
        as_json(answer.as_json())
    else:
        say_answer(answer, lake if with_lines else None)


@click.command("amounts")
@run_option
@click.option("--measure", default=None, help="Une mesure : air, ais, pae, paf.")
@click.option("--affiliation", default=None, type=int, help="Une entreprise.")
@click.option("--all/--entitled", "everything", default=False, help="Aussi les montants auxquels rien n'ouvre droit.")
@click.option("--limit", default=20, help="Nombre de lignes.")
@click.option("--csv", "csv_target", default=None, type=click.Path(path_type=Path), help="Tout écrire dans un fichier.")
@json_option
@click.pass_obj
@spoken
def amounts(space: Workspace, run_name: str | None, json_wanted: bool, **wanted: Any) -> None:
    """Lister des montants et leurs identifiants, les plus grands d'abord."""
    rows = space.run(run_name).table("amounts")
    if wanted["measure"]:
        rows = rows.filter(pl.col("measure") == wanted["measure"].lower())
    if wanted["affiliation"]:
        rows = rows.filter(pl.col("affiliation") == wanted["affiliation"])
    if not wanted["everything"]:
        rows = rows.filter(pl.col("entitled") & (pl.col("amount_cents") > 0))
    if wanted["csv_target"]:
        rows.collect().write_csv(wanted["csv_target"])
    top = rows.sort("amount_cents", descending=True).head(wanted["limit"]).collect()
    listed = [{"id": identifier(row), **row} for row in top.iter_rows(named=True)]
    if json_wanted:
        as_json(listed)
        return
    for row in listed:
        mark = "" if row["entitled"] else "  (conditions non remplies)"
        click.echo(f"{row['id']:44} {format_dirhams(row['amount_cents']):>20}{mark}")


def identifier(row: dict[str, Any]) -> str:
    """The identifier of a row of the table of amounts."""
    return str(AmountId(row["measure"], row["affiliation"], row["person"], row["period_start"]))


@click.command("try")
@click.argument("reforms", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@run_option
@json_option
@click.pass_obj
@spoken
def try_command(space: Workspace, reforms: tuple[Path, ...], run_name: str | None, json_wanted: bool) -> None:
    """Essayer une ou plusieurs réformes sur toutes les déclarations : qui gagne, qui perd, combien."""
    watch = Watch(quiet=json_wanted)
    done = space.run(run_name)
    watch("Chargement du calcul", 0, 1)
    trial = Trial(offer_of(done, load_offer()), done)
    outcomes = []
    for path in reforms:
        watch(f"Essai de {path.name}", 0, 1)
        outcomes.append(trial.outcome(read_reform(path, codes())))
    if json_wanted:
        as_json(outcomes[0].as_json() if len(outcomes) == 1 else [outcome.as_json() for outcome in outcomes])
        return
    watch.end("Essais terminés.")
    for outcome in outcomes:
        click.echo(outcome.text())


@click.command("simulate")
@click.argument("case", type=click.Path(exists=True, path_type=Path))
@json_option
@spoken
def simulate_command(case: Path, json_wanted: bool) -> None:
    """Calculer un cas décrit à la main (même format que les cas des mesures)."""
    result = simulate(case)
    if json_wanted:
        as_json(result)
        return
    click.echo(result["title"])
    for name, measures in [*result["employees"].items(), ("entreprise", result["firm"])]:
        for measure, line in measures.items():
            if measure != "rules":
                unmet = [c for c in line["required"] if not line["conditions"].get(c, True)]
                why_not = f" : non rempli {', '.join(unmet)}" if unmet else ""
                amount = format_dirhams(line["amount_cents"])
                click.echo(f"  {name} · {measure.upper()} {line['period']} : {amount} [{line['status']}]{why_not}")


@click.command("replay")
@run_option
@json_option
@click.pass_obj
@spoken
def replay_command(space: Workspace, run_name: str | None, json_wanted: bool) -> None:
    """Refaire un calcul depuis les déclarations et l'offre d'alors, et comparer chaque montant au centime."""
    done = space.run(run_name)
    outcome = replay(done, load_offer(), space.lake())
    if json_wanted:
        as_json({"run": done.path.name, "compared": outcome.compared, "differences": outcome.differences.to_dicts()})
    else:
        click.echo(f"{outcome.compared} montants comparés, {outcome.differences.height} différences.")
    if not outcome.identical:
        raise SystemExit(FAILED)
