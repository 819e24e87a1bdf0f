"""Showing the offer: measures, figures, what is official and what is assumed."""

from __future__ import annotations

import click

from minassa.cli.speaking import as_json, json_option, spoken
from minassa.engine import shown
from minassa.offer.catalogue import catalogue
from minassa.offer.loading import load_offer
from minassa.vocabulary.periods import format_month
from minassa.vocabulary.statuses import label


@click.group()
def offer() -> None:
    """Montrer l'offre : mesures, chiffres, sources, statuts."""


@offer.command("measures")
@json_option
@spoken
def measures(json_wanted: bool) -> None:
    """Lister les mesures du catalogue et leur statut."""
    if json_wanted:
        as_json([{"measure": m.measure, "label": m.label.fr, "status": m.status} for m in catalogue()])
        return
    for one in catalogue():
        click.echo(f"{one.measure:22} {one.status:12} {one.label.fr}")


@offer.command("figures")
@json_option
@spoken
def figures(json_wanted: bool) -> None:
    """Lister les chiffres : valeurs datées, source, statut, date de relecture."""
    listed = [
        {
            "name": name,
            "unit": figure.unit,
            "starts": format_month(value.starts),
            "ends": None if value.ends is None else format_month(value.ends),
            "value": shown(value.value),
            "status": value.status.value,
            "label": label(value.status),
            "source": value.source.model_dump(),
            "reviewed_on": value.reviewed_on.isoformat(),
        }
        for name, figure in sorted(load_offer().figures.items())
        for value in figure.values
    ]
    if json_wanted:
        as_json(listed)
        return
    for row in listed:
        dates = f"{row['starts']}–{row['ends'] or '…':8}"
        click.echo(f"{row['name']:44} {dates} {row['value']!s:>10} {row['unit']:12} {row['label']}")
