"""The main job from end to end, on a synthetic nation made of files in the real formats."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import TypedDict, Unpack

import click

from minassa import __version__
from minassa.cli.declaring import deposit_paths
from minassa.cli.evaluating import say_evaluation
from minassa.cli.nations import START, Size, make
from minassa.cli.reporting import report_of
from minassa.cli.running import run_lake, say_totals
from minassa.cli.speaking import Watch, spoken
from minassa.cli.workspace import Workspace, pass_workspace
from minassa.entitlements.runs import Run
from minassa.hosting.demonstration import MONTHS, PEOPLE, nation_made
from minassa.nation import read_manifest
from minassa.nation.stages import filed_by
from minassa.offer.loading import load_offer
from minassa.steering.public import publish
from minassa.vocabulary.periods import MONTHS_A_QUARTER, month_of, parse_month

SEED = 2025
DUE_DAY = 10
"""Day of the month on which the declarations of the month before are due."""
EARLIER = (14, 18)
"""Ranks of months computed before the last: recruits of July 2025 have passed six months in post, then twelve."""
OPENS_AFTER = 31
"""Days after a quarter from which its claims are open for sure."""


class Wanted(TypedDict):
    """The options of `demo` that say how large the nation is."""

    people: int
    months: int
    seed: int
    workers: int


@dataclass(frozen=True, slots=True)
class Declared:
    """What is declared of a nation: so many months, one firm being silent from a month on; None: all, none."""

    written: int | None = None
    silent_from: int | None = None


def declared_by(today: dt.date, months: int) -> Declared:
    """What was declared of a nation of so many months by a day; nothing to say when it was over, or had not begun.

    The firm that is late is so since the last month of the last quarter whose claims are open.
    """
    start = parse_month(START)
    known = month_of(today) - (1 if today.day > DUE_DAY else 2)
    opened = month_of(today - dt.timedelta(days=OPENS_AFTER))
    silent = opened - 1 - opened % MONTHS_A_QUARTER
    written = known - start + 1
    if not MONTHS_A_QUARTER < written < months:
        return Declared()
    return Declared(written, min(silent, known) - start)


def earlier_months(known: Declared, months: int = 0) -> list[int]:
    """Months at whose end what was filed is computed too, as it would have been then.

    `months`: how many are declared of a nation declared whole; none of them by default.
    """
    start = parse_month(START)
    return [start + rank for rank in EARLIER if rank < (known.written or months) - 1]


@click.command("demo")
@click.option("--people", default=PEOPLE, show_default=True, help="Salariés en poste au départ.")
@click.option("--months", default=MONTHS, show_default=True, help="Nombre de mois depuis janvier 2025.")
@click.option("--seed", default=SEED, show_default=True, help="Graine.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processus pour l'écrire.")
@click.option("--today", default=None, type=click.DateTime(["%Y-%m-%d"]), help="Ne pas déclarer au-delà de ce jour.")
@click.option("--earlier", is_flag=True, help="Calculer aussi ce qui était su à deux mois d'avant (--today : fait).")
@pass_workspace
@spoken
def demo(space: Workspace, today: dt.datetime | None, *, earlier: bool, **size: Unpack[Wanted]) -> None:
    """Tout le travail sur une nation synthétique.

    La nation est écrite, déposée, calculée, et le rapport est fait. Avec --today, elle s'arrête au dernier mois dont
    les déclarations étaient dues ce jour-là, et une entreprise est en retard des siennes. Arrêté en route, il reprend :
    ce qui est écrit, déposé ou calculé ne l'est pas deux fois.
    """
    click.echo("DONNÉES SYNTHÉTIQUES : entreprises et personnes inventées, fichiers aux formats réels.")
    source = space.home / "nation-{people}-{months}-{seed}".format(**size)
    watch = Watch(quiet=False)
    known = Declared() if today is None else declared_by(today.date(), size["months"])
    make(source, Size(**size, written=known.written, silent_from=known.silent_from), watch)
    watch.end("Nation synthétique écrite.")
    made = read_manifest(source)
    if made is not None:
        space.remember_synthetic(asdict(made))
    for month in earlier_months(known, size["months"]) if today is not None or earlier else ():
        if not any(one.until == month for one in space.runs()):
            deposit_paths(space, filed_by(source, month))
            computed_now(space)
    deposit_paths(space, [source])
    done = computed_now(space)
    say_totals(done)
    publish(space.home)
    say_evaluation(space, done)
    click.echo(f"Rapport à ouvrir : {report_of(space, done).resolve()}")
    nation_made(space.home)


def computed_now(space: Workspace) -> Run:
    """The run on the lake as it stands: the last one when this very code made it on these very rows."""
    found, versions = space.runs(), space.lake().versions()
    if found and (found[-1].manifest["versions"], found[-1].manifest["code"]) == (versions, __version__):
        return found[-1]
    watch = Watch(quiet=False)
    done = run_lake(space, load_offer(), None, watch)
    watch.end(f"Calcul « {done.path.name} » terminé.")
    return done
