"""The command `minassa`: its groups and its words."""

from __future__ import annotations

import sys

import click

from minassa.cli.asking import amounts, replay_command, simulate_command, try_command, why_command
from minassa.cli.declaring import declarations, deposit_command
from minassa.cli.demonstration import demo
from minassa.cli.nations import nation
from minassa.cli.offering import offer
from minassa.cli.running import report, run_command
from minassa.cli.workspace import workspace


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--workspace", "home", default=None, help="Dossier de travail (sinon MINASSA_HOME, sinon « var »).")
@click.pass_context
def minassa(context: click.Context, home: str | None) -> None:
    """Minassa : l'Offre Offshoring Maroc calculée au centime sur les déclarations des employeurs."""
    context.obj = workspace(home)


for command in (
    declarations,
    deposit_command,
    run_command,
    why_command,
    try_command,
    simulate_command,
    replay_command,
    amounts,
    report,
    nation,
    offer,
    demo,
):
    minassa.add_command(command)


def main() -> int:
    """Entry point of the command; returns the exit status."""
    minassa(prog_name="minassa")
    return 0


if __name__ == "__main__":
    sys.exit(main())
