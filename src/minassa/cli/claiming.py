"""Claims from the command line: what the platform does each night, now."""

from __future__ import annotations

import os
import subprocess

import click

from minassa.cli.speaking import spoken
from minassa.cli.workspace import Workspace, pass_workspace
from minassa.hosting.demonstration import MANAGE
from minassa.hosting.plant import PORT, Plant
from minassa.hosting.ports import HOST
from minassa.vocabulary.errors import MinassaError

ACTS = {
    "open": "Ouvrir les demandes des périodes complètes, depuis le dernier calcul.",
    "list": "Lister les demandes et où elles en sont.",
    "recheck": "Revoir les demandes avec le dernier calcul : ce qui changerait.",
    "replay": "Refaire chaque demande depuis ce qu'elle a figé, et comparer au centime.",
}


class NoPlatform(MinassaError):
    """Nothing was ever started in this folder: there are no claims yet."""

    code = "PLATFORM-NEVER-UP"


@click.group("claims")
def claims() -> None:
    """Les demandes des entreprises : ouvrir, lister, revoir, rejouer."""


def managed(space: Workspace, *words: str) -> None:
    """Run a command of the platform's Django on its database, started for the time if the platform is not up.

    NoPlatform where it never was.
    """
    plant = Plant(space.home.resolve())
    never = NoPlatform(f"la plateforme n'a jamais démarré dans « {plant.home} » ; lancez d'abord : ./run")
    if plant.database.server is not None and not (plant.home / "postgres").exists():
        raise never
    up = plant.running()
    url = plant.database.start()
    try:
        if plant.database.empty():
            raise never
        address = os.environ.get("MINASSA_ADDRESS") or f"http://{HOST}:{PORT}"
        environment = plant.environment(url, address, {})
        done = subprocess.run((*MANAGE, *words), env=environment, check=False)  # noqa: S603 (this very program)
    finally:
        if not up:
            plant.stop_database()
    if done.returncode:
        raise SystemExit(1)


def _command(act: str, line: str) -> click.Command:
    @pass_workspace
    @spoken
    def run(space: Workspace) -> None:
        managed(space, "claims", act)

    return click.Command(act, callback=run, help=line)


for _act, _line in ACTS.items():
    claims.add_command(_command(_act, _line))


@claims.command("draw")
@click.argument("name")
@pass_workspace
@spoken
def draw(space: Workspace, name: str) -> None:
    """Donner le fichier d'un tirage de contrôles, que chacun peut refaire."""
    managed(space, "claims", "draw", name)
