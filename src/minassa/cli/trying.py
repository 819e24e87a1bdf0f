"""Trying reforms on a run."""

from __future__ import annotations

from pathlib import Path

import click

from minassa.cli.speaking import Watch, as_json, json_option, run_option, spoken, text_of
from minassa.cli.workspace import Workspace, pass_workspace
from minassa.engine import read_reform
from minassa.entitlements.replays import offer_of
from minassa.offer.loading import codes, load_offer
from minassa.outlook.trial import Trial, as_documents


@click.command("try")
@click.argument("reforms", nargs=-1, required=True, type=click.Path(path_type=Path))
@run_option
@json_option
@pass_workspace
@spoken
def try_command(space: Workspace, reforms: tuple[Path, ...], run_name: str | None, json_wanted: bool) -> None:
    """Essayer des réformes : qui gagne, qui perd, combien.

    Chacune sur toutes les déclarations du calcul.
    """
    patches = [read_reform(text_of(path), codes()) for path in reforms]
    watch = Watch(quiet=json_wanted)
    done = space.run(run_name)
    watch("Chargement du calcul", 0, 1)
    trial = Trial(offer_of(done, load_offer()), done)
    outcomes = []
    for patch in patches:
        watch(f"Essai de « {patch.name} »", 0, 1)
        outcomes.append(trial.outcome(patch))
    if json_wanted:
        as_json(as_documents(outcomes))
        return
    watch.end("Essais terminés.")
    for outcome in outcomes:
        click.echo(outcome.text())
