"""Reckoning a case described by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from minassa.cli.speaking import as_json, json_option, spoken
from minassa.entitlements.simulation import simulate
from minassa.vocabulary.money import format_dirhams


@click.command("simulate")
@click.argument("case", type=click.Path(path_type=Path))
@json_option
@spoken
def simulate_command(case: Path, json_wanted: bool) -> None:
    """Calculer un cas décrit à la main.

    Le format est celui des cas rangés avec les mesures.
    """
    result = simulate(case)
    if json_wanted:
        as_json(result)
        return
    click.echo(result["title"])
    for name, measures in [*result["employees"].items(), ("entreprise", result["firm"])]:
        for measure, line in measures.items():
            if measure != "rules":
                click.echo(f"  {name} · {measure.upper()} {told(line)}")


def told(line: dict[str, Any]) -> str:
    """One amount of a case, for people: period, dirhams, status, conditions that fail."""
    unmet = [name for name in line["required"] if not line["conditions"].get(name, True)]
    why_not = f" : non rempli {', '.join(unmet)}" if unmet else ""
    return f"{line['period']} : {format_dirhams(line['amount_cents'])} [{line['status']}]{why_not}"
