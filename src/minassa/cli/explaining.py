"""Why an amount is what it is, told in a terminal."""

from __future__ import annotations

import click

from minassa.cli.speaking import as_json, json_option, run_option, spoken
from minassa.cli.workspace import Workspace, pass_workspace
from minassa.declarations.lake import Lake
from minassa.engine import Node, shown
from minassa.entitlements.replays import offer_of
from minassa.entitlements.why import Answer, Line, why
from minassa.offer.loading import load_offer
from minassa.steering.originals import pieces_of
from minassa.vocabulary.money import format_dirhams
from minassa.vocabulary.periods import format_month
from minassa.vocabulary.rates import format_rate
from minassa.vocabulary.statuses import label


@click.command("why")
@click.argument("identifier")
@run_option
@click.option("--lines/--no-lines", "with_lines", default=False, help="Montrer les lignes des fichiers, noms masqués.")
@json_option
@pass_workspace
@spoken
def why_command(space: Workspace, identifier: str, run_name: str | None, with_lines: bool, json_wanted: bool) -> None:
    """Dire pourquoi un montant est ce qu'il est.

    Règles, articles, chiffres, conditions, lignes des fichiers.
    """
    done = space.run(run_name)
    lake = space.lake()
    answer = why(identifier, done, offer_of(done, load_offer()), lake)
    if json_wanted:
        as_json(answer.as_json())
    else:
        say_answer(answer, lake if with_lines else None)


def say_answer(answer: Answer, lake: Lake | None) -> None:
    """Say an answer: amount, conditions, tree, lines. With a lake, the original lines too, people masked."""
    state = "dû" if answer.entitled else "non dû : une condition requise manque"
    click.echo(f"{answer.identifier}  {format_dirhams(answer.tree.value)}  ({answer.period}, {state})")
    if answer.tree.weakest is not None:
        sure = label(answer.tree.weakest)
        click.echo(f"Sûreté juridique : {sure} (le plus faible des statuts sur lesquels il repose)")
    click.echo("Conditions :")
    for name, holds in answer.conditions.items():
        required = "" if name in answer.required else "  (proposée, non requise)"
        click.echo(f"  {'✓' if holds else '✗'} {name}{required}")
    click.echo("Calcul :")
    say_node(answer.tree, 1, set())
    click.echo("Lignes des fichiers :")
    for line in answer.lines:
        say_line(line, lake)


def say_node(node: Node, depth: int, told: set[str]) -> None:
    """Say a quantity, then what it rests on, each quantity once."""
    articles = f"  [{', '.join(node.texts)}]" if node.texts else ""
    status = f"  ({label(node.status)})" if node.status else ""
    click.echo(f"{'  ' * depth}{node.name} = {value_text(node)}{articles}{status}")
    if node.name in told:
        return
    told.add(node.name)
    for child in node.children:
        say_node(child, depth + 1, told)


def value_text(node: Node) -> str:
    """A quantity in its unit, as people write it."""
    value = node.value
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, int) and node.unit == "cents":
        return format_dirhams(value)
    if isinstance(value, int) and node.unit == "basis_points":
        return format_rate(value)
    if isinstance(value, int) and node.unit == "month":
        return format_month(value)
    return str(shown(value))


def say_line(line: Line, lake: Lake | None) -> None:
    """Say where a line stands and what was read on it; with a lake, the line itself, people masked."""
    read = ", ".join(f"{name} {value}" for name, value in line.read.items())
    click.echo(f"  {line.kind}, fichier {line.file_id}, ligne {line.line}" + (f" : {read}" if read else ""))
    if lake is not None:
        pieces = pieces_of(lake, line.kind, line.file_id, line.line)
        told = " ".join(piece.text + piece.after for piece in pieces if piece.text or piece.after)
        click.echo(f"    {told or 'le fichier ne peut pas être relu'}")
