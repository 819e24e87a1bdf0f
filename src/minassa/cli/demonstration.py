"""The main job from end to end, on a synthetic nation made of files in the real formats."""

from __future__ import annotations

import click

from minassa.cli.declaring import deposit_paths
from minassa.cli.nations import Size, make
from minassa.cli.reporting import report_of
from minassa.cli.running import run_lake, say_totals
from minassa.cli.speaking import Watch, spoken
from minassa.cli.workspace import Workspace, pass_workspace
from minassa.offer.loading import load_offer
from minassa.steering.public import publish

PEOPLE, MONTHS, SEED = 6000, 42, 2025


@click.command("demo")
@click.option("--people", default=PEOPLE, show_default=True, help="Salariés en poste au départ.")
@click.option("--months", default=MONTHS, show_default=True, help="Nombre de mois depuis janvier 2025.")
@click.option("--seed", default=SEED, show_default=True, help="Graine.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processus pour l'écrire.")
@pass_workspace
@spoken
def demo(space: Workspace, people: int, months: int, seed: int, workers: int) -> None:
    """Tout le travail sur une nation synthétique.

    La nation est écrite, déposée, calculée, et le rapport est fait.
    """
    click.echo("DONNÉES SYNTHÉTIQUES : entreprises et personnes inventées, fichiers aux formats réels.")
    source = space.home / f"nation-{people}-{months}-{seed}"
    watch = Watch(quiet=False)
    make(source, Size(people, months, seed, workers=workers), watch)
    watch.end("Nation synthétique écrite.")
    deposit_paths(space, [source])
    watch = Watch(quiet=False)
    done = run_lake(space, load_offer(), None, watch)
    watch.end(f"Calcul « {done.path.name} » terminé.")
    say_totals(done)
    publish(space.home)
    click.echo(f"Rapport à ouvrir : {report_of(space, done).resolve()}")
