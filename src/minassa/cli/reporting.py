"""Writing the report of a run."""

from __future__ import annotations

from pathlib import Path

import click

from minassa.cli.speaking import run_option, spoken
from minassa.cli.workspace import Workspace, pass_workspace
from minassa.entitlements.replays import offer_of
from minassa.entitlements.runs import Run
from minassa.offer.loading import load_offer
from minassa.steering.report import write_report


@click.command("report")
@run_option
@click.option("--out", default=None, type=click.Path(path_type=Path), help="Dossier du rapport.")
@click.option("--why", "why_id", default=None, help="Montant à ouvrir dans le rapport.")
@pass_workspace
@spoken
def report(space: Workspace, run_name: str | None, out: Path | None, why_id: str | None) -> None:
    """Écrire le rapport, une page à ouvrir sans réseau."""
    click.echo(f"Rapport : {report_of(space, space.run(run_name), out, why_id)}")


def report_of(space: Workspace, done: Run, out: Path | None = None, why_id: str | None = None) -> Path:
    """Write the report of a run and give its path."""
    law = offer_of(done, load_offer())
    return write_report(out or space.report_path, done, space.lake(), law, synthetic=space.synthetic(), why_id=why_id)
