"""Making a synthetic nation, and comparing what was found with what was planted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict, Unpack

import click

from minassa.cli.speaking import Watch, as_json, json_option, run_option, spoken
from minassa.cli.workspace import Workspace, pass_workspace
from minassa.nation import make_nation
from minassa.outlook.truth import compared
from minassa.vocabulary.periods import parse_month

START = "2025-01"


@dataclass(frozen=True, slots=True)
class Size:
    """How large a nation is, from when on, and the seed that makes it."""

    people: int
    months: int
    seed: int
    start: str = START
    workers: int = 1
    written: int | None = None
    silent_from: int | None = None


class Asked(TypedDict):
    """The options of `nation make`."""

    people: int
    months: int
    seed: int
    start: str
    workers: int


@click.group()
def nation() -> None:
    """Fabriquer un pays synthétique ; mesurer ce qu'on y retrouve."""


@nation.command("make")
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--people", default=6000, show_default=True, help="Salariés en poste au départ.")
@click.option("--months", default=42, show_default=True, help="Nombre de mois.")
@click.option("--seed", default=1, show_default=True, help="Graine : la même donne les mêmes octets.")
@click.option("--start", default=START, show_default=True, help="Premier mois, AAAA-MM.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processus.")
@json_option
@spoken
def make_command(target: Path, json_wanted: bool, **size: Unpack[Asked]) -> None:
    """Écrire une nation synthétique dans TARGET. Arrêtée en route, elle reprend."""
    watch = Watch(quiet=json_wanted)
    make(target, Size(**size), watch)
    watch.end(f"Nation synthétique écrite dans {target}")
    if json_wanted:
        as_json({"target": str(target), **size})


def make(target: Path, size: Size, watch: Watch) -> None:
    """Make a nation, showing how far it has come."""
    make_nation(
        target,
        people=size.people,
        months=size.months,
        seed=size.seed,
        start_month=parse_month(size.start),
        progress=lambda done, total: watch("Écriture de la nation synthétique", done, total),
        workers=size.workers,
        written=size.written,
        silent_from=size.silent_from,
    )


@nation.command("truth")
@click.argument("source", type=click.Path(path_type=Path))
@run_option
@json_option
@pass_workspace
@spoken
def truth_command(space: Workspace, source: Path, run_name: str | None, json_wanted: bool) -> None:
    """Comparer les irrégularités trouvées avec celles que la nation synthétique a plantées."""
    rows = compared(space.run(run_name), source / "verite", space.lake().pseudonyms())
    if json_wanted:
        as_json([row.as_json() for row in rows])
        return
    click.echo(f"{'irrégularité':22}{'plantées':>9}{'trouvées':>9}{'justes':>8}{'rappel':>9}{'précision':>11}")
    for row in rows:
        click.echo(f"{row.kind:22}{row.planted:9}{row.found:9}{row.right:8}{row.recall:9.3f}{row.precision:11.3f}")
