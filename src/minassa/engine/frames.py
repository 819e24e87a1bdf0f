"""What a frame must hold for its rules: the columns, their types, no null, one row above each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import narwhals as nw

from minassa.engine.errors import BrokenLink, MissingColumn, NullInput, WrongType
from minassa.engine.offers import Offer

UNCHECKED_UNITS = frozenset({"code", "text", "date"})
"""Columns that rules compare and look up but never count with."""


def refuse_missing(offer: Offer, grain: str, read: Iterable[str], held: Iterable[str]) -> None:
    """MissingColumn when rules read a column that neither the frame nor its parent holds."""
    lost = sorted(set(read) - set(held))
    if lost:
        told = " ; ".join(f"{n} ({offer.inputs[n].meaning if n in offer.inputs else 'règle du parent'})" for n in lost)
        raise MissingColumn(
            f"Il manque à la table {grain} : {told}. Ajoutez ces colonnes, ou donnez aussi la table parente."
        )


def readable(offer: Offer, schema: Mapping[str, Any], read: Iterable[str]) -> dict[str, nw.Expr]:
    """How each declared column is read: whole numbers widened to 64 bits, so that no product overflows in silence.

    WrongType for a quantity that is not a whole number, or a boolean that is something else.
    """
    widened: dict[str, nw.Expr] = {}
    for name in sorted(set(read) & offer.inputs.keys()):
        unit, dtype = offer.inputs[name].unit, schema[name]
        if unit in UNCHECKED_UNITS:
            continue
        fits = dtype == nw.Boolean if unit == "boolean" else dtype.is_integer()
        if not fits:
            kind = "vrai ou faux" if unit == "boolean" else "des nombres entiers"
            raise WrongType(f"La colonne {name} ({unit}) doit contenir {kind}, pas {dtype} ; convertissez-la avant.")
        if unit != "boolean" and dtype != nw.Int64:
            widened[name] = nw.col(name).cast(nw.Int64())
    return widened


def refuse_nulls(offer: Offer, frames: Mapping[str, Any]) -> None:
    """NullInput when a declared column of a frame holds a null: one aggregated query per frame.

    Rules take for granted that there is none, as a null would not always stay one (`null > 0` pays nothing).
    """
    for grain, native in sorted(frames.items()):
        frame = nw.from_native(native).lazy()
        names = [n for n in frame.collect_schema().names() if n in offer.inputs and grain in offer.inputs[n].grains]
        if not names:
            continue
        counts = frame.select(*(nw.col(n).null_count() for n in names)).collect().row(0)
        found = [f"{n} ({count} lignes)" for n, count in zip(names, counts, strict=True) if count]
        if found:
            raise NullInput(
                f"La table {grain} a des valeurs absentes : {', '.join(found)}. Une inconnue se dit par une colonne "
                "vrai ou faux et une valeur neutre."
            )


def refuse_broken_links(offer: Offer, frames: Mapping[str, Any]) -> None:
    """BrokenLink when a row has no row above it in its parent's frame, or has several: two queries per child frame.

    Without it, a row that has lost its parent is refused what it borrows (null), and one that has two counts twice.
    """
    for grain, native in sorted(frames.items()):
        declared = offer.grains[grain]
        if declared.parent is None or declared.parent not in frames:
            continue
        keys = list(declared.parent_keys)
        rows = nw.from_native(native).lazy()
        schema = rows.collect_schema()
        above = nw.from_native(frames[declared.parent]).lazy().select(*(nw.col(k).cast(schema[k]) for k in keys))
        several = above.group_by(*keys).agg(rows=nw.len()).filter(nw.col("rows") > 1)
        orphans = rows.select(*keys).unique().join(above, on=keys, how="anti")
        _refuse_some(several, f"La table {declared.parent} a plusieurs lignes pour la même clé ({', '.join(keys)})")
        _refuse_some(orphans, f"La table {grain} a des lignes sans ligne dans {declared.parent} ({', '.join(keys)})")


def _refuse_some(rows: nw.LazyFrame[Any], what: str) -> None:
    number = rows.select(nw.len().alias("rows")).collect().row(0)[0]
    if number:
        raise BrokenLink(f"{what} : {number} clés. Chaque ligne doit en avoir une et une seule au-dessus d'elle.")
