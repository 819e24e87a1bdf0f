"""Evaluating what the offer adds, by the frozen plan."""

from __future__ import annotations

import click

from minassa.cli.speaking import run_option, spoken
from minassa.cli.workspace import Workspace, pass_workspace
from minassa.entitlements.runs import Run
from minassa.steering.evaluations.making import evaluate

ANSWERS = {
    "adds": "l'offre ajoute des emplois",
    "harms": "l'offre en retire",
    "negligible": "l'offre ne change rien qui compte",
    "unsure": "on ne peut pas trancher",
    "refused": "il n'y a pas assez d'entreprises à comparer",
}


@click.command("evaluate")
@run_option
@pass_workspace
@spoken
def evaluate_command(space: Workspace, run_name: str | None) -> None:
    """Évaluer ce que l'offre ajoute, par le plan enregistré."""
    say_evaluation(space, space.run(run_name))


def say_evaluation(space: Workspace, done: Run) -> None:
    """Evaluate a run, keep the result for the pages, say it in a line."""
    made = evaluate(space.home, done, synthetic=space.synthetic() is not None)
    if made is None:
        click.echo("Une évaluation est déjà en cours.")
        return
    found = made["found"]["jobs"]
    click.echo(f"Évaluation de « {done.path.name} » : {found['refused'] or ANSWERS[found['said']]}")
    if found["deviations"]:
        click.echo(f"  écarts au plan : {', '.join(found['deviations'])}")
