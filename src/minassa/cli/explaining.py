"""The tree of an amount, told in a terminal."""

from __future__ import annotations

import re
from typing import Any

import click

from minassa.declarations.lake import Lake
from minassa.engine import Node, shown
from minassa.entitlements.why import Answer, Line
from minassa.vocabulary.money import format_dirhams
from minassa.vocabulary.periods import format_month
from minassa.vocabulary.rates import format_rate
from minassa.vocabulary.statuses import label

NAME_COLUMNS = slice(16, 93)
"""Columns of an e-BDS line that hold the CNSS number, the name and the identity card."""


def say_answer(answer: Answer, lake: Lake | None) -> None:
    """Say an answer: amount, conditions, tree, lines. With a lake, the original lines too, people masked."""
    state = "dû" if answer.entitled else "non dû : une condition requise manque"
    click.echo(f"{answer.identifier}  {format_dirhams(answer.tree.value)}  ({answer.period}, {state})")
    if answer.tree.weakest is not None:
        click.echo(f"Sûreté juridique : {label(answer.tree.weakest)} (le plus faible des statuts sur lesquels il repose)")
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
    if node.unit == "cents":
        return format_dirhams(value)
    if node.unit == "basis_points" and isinstance(value, int):
        return format_rate(value)
    if node.unit == "month" and isinstance(value, int):
        return format_month(value)
    return str(shown(value))


def say_line(line: Line, lake: Lake | None) -> None:
    """Say where a line stands and what was read on it; with a lake, the line itself, masked."""
    read = ", ".join(f"{name} {value}" for name, value in line.read.items())
    click.echo(f"  {line.kind}, fichier {line.file_id}, ligne {line.line}" + (f" : {read}" if read else ""))
    if lake is not None:
        click.echo(f"    {masked(line.kind, lake.original_line(line.file_id, line.line))}")


def masked(kind: str, text: str) -> str:
    """A line with the people in it masked: names, CNSS numbers and identity cards become dots."""
    if kind == "cnss":
        hidden = re.sub(r"\S", "•", text[NAME_COLUMNS])
        return (text[: NAME_COLUMNS.start] + hidden + text[NAME_COLUMNS.stop :]).rstrip()
    if kind == "staff_register":
        cells: list[Any] = text.split(";")
        return ";".join(["•" for _ in cells[:4]] + cells[4:])
    if kind == "simpl_ir_9421":
        return re.sub(r"(<(nom|prenom|adressePersonnelle|numCNI|numCE|numCNSS|numPPR|ifu|numMatricule)>)[^<]*", r"\1•", text)
    return text
