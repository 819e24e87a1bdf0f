"""Running again what was run, as it was, and comparing."""

from __future__ import annotations

import click

from minassa.cli.claiming import managed
from minassa.cli.other_engines import NAMES, engine
from minassa.cli.speaking import FAILED, as_json, json_option, run_option, spoken
from minassa.cli.workspace import Workspace, pass_workspace
from minassa.entitlements.replays import replay
from minassa.offer.loading import load_offer


@click.command("replay")
@click.argument("decision", required=False)
@run_option
@click.option(
    "--engine", "engine_name", type=click.Choice(NAMES), default="polars", show_default=True, help="Moteur de calcul."
)
@json_option
@pass_workspace
@spoken
def replay_command(
    space: Workspace, decision: str | None, run_name: str | None, engine_name: str, json_wanted: bool
) -> None:
    """Refaire un calcul, ou DECISION, et comparer au centime.

    Depuis les déclarations et l'offre d'alors. DECISION, sur la plateforme : une demande (AIR-2026-T1-0000001), un
    point de comité (CTO-2026-0001/3) ou une séance. Sortie 1 : un montant diffère.
    """
    if decision is not None:
        managed(space, "claims", "replay", decision)
        return
    done = space.run(run_name)
    with engine(engine_name) as chosen:
        outcome = replay(done, load_offer(), space.lake(), chosen)
    if json_wanted:
        as_json({"run": done.path.name, "compared": outcome.compared, "differences": outcome.differences.to_dicts()})
    else:
        click.echo(f"{outcome.compared} montants comparés, {outcome.differences.height} différences.")
    if not outcome.identical:
        raise SystemExit(FAILED)
