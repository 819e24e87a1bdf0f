"""The platform from the command line: start, stop, state, erasure, backup."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any, TypedDict, Unpack

import click

from minassa.cli.speaking import as_json, json_option, spoken
from minassa.cli.workspace import Workspace, pass_workspace
from minassa.hosting.archive import erase, restore, write_backup
from minassa.hosting.errors import StepFailed
from minassa.hosting.plant import PORT, Plant, Wishes

MEGABYTE = 1_000_000
DETACHED_WITHIN = 180.0


class Wished(TypedDict):
    """The options of `up` that say what is wished of a platform."""

    port: int
    demonstration: bool
    nation: bool
    people: int | None
    months: int | None


@click.group("platform")
def platform() -> None:
    """La plateforme : démarrer, arrêter, sauvegarder."""


def plant_of(space: Workspace) -> Plant:
    """The platform of the workspace's folder."""
    return Plant(space.home.resolve())


@platform.command("up")
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(1, 65_535), help="Port des pages.")
@click.option("--detach", is_flag=True, help="Rendre la main dès que la plateforme est prête.")
@click.option("--demonstration/--no-demonstration", default=True, help="Faire les comptes et dossiers inventés.")
@click.option("--nation/--no-nation", default=True, help="Fabriquer et calculer la nation synthétique.")
@click.option("--people", type=click.IntRange(1), help="Salariés de la nation au départ (6000 sinon).")
@click.option(
    "--months",
    type=click.IntRange(1, 120),
    help="Mois de la nation depuis janvier 2025, tous déclarés (sinon 42, déclarés jusqu'à aujourd'hui).",
)
@pass_workspace
@spoken
def up(space: Workspace, *, detach: bool, **wishes: Unpack[Wished]) -> None:
    """Démarrer la plateforme et rester jusqu'à Ctrl-C.

    La démonstration d'un pays entier : --people 280000 --months 66. Arrêtée en route, elle reprend au prochain départ.
    """
    plant = plant_of(space)
    if detach:
        start_apart(plant, Wishes(**wishes))
    else:
        plant.up(Wishes(**wishes), lambda line: print(line, flush=True))  # noqa: T201


def start_apart(plant: Plant, wishes: Wishes) -> None:
    """Start the platform in a process of its own and show what it says until it is ready."""
    with plant.alone():
        pass
    plant.log_folder.mkdir(parents=True, exist_ok=True)
    log = plant.log_folder / "platform.log"
    command = [sys.executable, "-m", "minassa.cli.main", "--workspace", str(plant.home), "platform", "up"]
    command += options_of(wishes)
    with log.open("wb") as file:
        process = subprocess.Popen(  # noqa: S603 (this very command)
            command, stdin=subprocess.DEVNULL, stdout=file, stderr=file, start_new_session=True
        )
    limit = time.monotonic() + DETACHED_WITHIN
    with log.open(encoding="utf-8") as said:
        while process.poll() is None and time.monotonic() < limit:
            for line in said:
                if line.startswith("Ctrl-C"):
                    click.echo("Pour arrêter : ./run stop")
                    # It goes on without us, on purpose.
                    process.returncode = 0
                    return
                click.echo(line, nl=False)
            time.sleep(0.1)
        click.echo(said.read(), nl=False)
    raise StepFailed(f"la plateforme n'est pas partie ; voyez « {log} »")


def options_of(wishes: Wishes) -> list[str]:
    """The options of `up` that say what is wished."""
    sizes = {"--people": wishes.people, "--months": wishes.months}
    return [
        *("--port", str(wishes.port)),
        "--demonstration" if wishes.demonstration else "--no-demonstration",
        "--nation" if wishes.nation else "--no-nation",
        *(word for option, size in sizes.items() if size is not None for word in (option, str(size))),
    ]


@platform.command("stop")
@pass_workspace
@spoken
def stop(space: Workspace) -> None:
    """Arrêter la plateforme et sa base de données."""
    click.echo("Plateforme arrêtée." if plant_of(space).stop() else "Rien n'était en marche.")


@platform.command("status")
@json_option
@pass_workspace
@spoken
def status(space: Workspace, *, json_wanted: bool) -> None:
    """Dire ce qui tourne, depuis quand, et ce que cela occupe."""
    found = plant_of(space).status()
    if json_wanted:
        as_json(found)
        return
    click.echo(f"Plateforme : {found['address'] or '—'}" if found["up"] else "La plateforme est arrêtée.")
    for line in table(found["processes"]):
        click.echo(line)
    base = found["database"]
    click.echo(
        f"Base de données : PostgreSQL {base['version']}, {base['bytes'] / MEGABYTE:.1f} Mo"
        if base
        else "Base de données : arrêtée."
    )


def table(rows: list[dict[str, Any]]) -> list[str]:
    """The processes, one a line under their headings."""
    if not rows:
        return []
    lines = [("processus", "pid", "état", "depuis", "mémoire", "reprises")]
    for row in rows:
        since = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(row["since"])) if row.get("since") else "—"
        memory = f"{row['memory'] / MEGABYTE:.0f} Mo" if row.get("memory") else "—"
        lines.append(
            (row["name"], str(row.get("pid") or "—"), row["state"], since, memory, str(row.get("restarts", 0)))
        )
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return ["  ".join(word.ljust(width) for word, width in zip(line, widths, strict=True)).rstrip() for line in lines]


@platform.command("reset")
@click.option("--yes", is_flag=True, help="Ne pas demander de confirmation.")
@pass_workspace
@spoken
def reset(space: Workspace, *, yes: bool) -> None:
    """Effacer la base et les fichiers du dossier de travail."""
    plant = plant_of(space)
    if not yes:
        click.confirm(f"Effacer tout ce que contient « {plant.home} » (base, dépôts, clés) ?", abort=True)
    plant.stop()
    erase(plant)
    click.echo(f"« {plant.home} » est vide.")


@platform.command("backup")
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@pass_workspace
@spoken
def backup(space: Workspace, file: Path | None) -> None:
    """Mettre la base, le lac, les fichiers et les clés dans un seul fichier."""
    target = file or Path(f"minassa-{time.strftime('%Y%m%d-%H%M%S')}.zip")
    began = time.monotonic()
    done = write_backup(plant_of(space), target)
    size = target.stat().st_size / MEGABYTE
    click.echo(f"{target} : {len(done['files'])} fichiers, {size:.1f} Mo, {time.monotonic() - began:.1f} s.")
    click.echo("Ce fichier contient les clés : qui l'a peut tout lire. Gardez-le en lieu sûr.")


@platform.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--yes", is_flag=True, help="Ne pas demander de confirmation.")
@pass_workspace
@spoken
def restore_command(space: Workspace, file: Path, *, yes: bool) -> None:
    """Remettre une sauvegarde dans le dossier de travail."""
    plant = plant_of(space)
    if plant.home.exists() and any(plant.home.iterdir()) and not yes:
        click.confirm(f"« {plant.home} » n'est pas vide ; le mettre de côté et restaurer ?", abort=True)
    aside = restore(plant, file)
    click.echo(f"Sauvegarde restaurée dans « {plant.home} ». Pour démarrer : ./run")
    if aside is not None:
        click.echo(f"L'ancien dossier est gardé : « {aside} ».")
