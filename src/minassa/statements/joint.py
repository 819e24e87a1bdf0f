"""Rows of several tables, and the change of one row, written by one statement: both or neither, in one round trip."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Field, Model

from minassa.statements.links import link, numbered, prepared_cursor


@dataclass(frozen=True, slots=True)
class Change:
    """The columns to write of an instance that is in the database already.

    `condition`: SQL on its table that must hold besides, in which no value comes from outside.
    """

    row: Model
    columns: Iterable[str]
    condition: str = ""


def write_together(rows: Iterable[Model], change: Change | None = None) -> bool:
    """Insert instances, table by table in the order given, and change one; whether the change found its row.

    Keys drawn by the database are not read back. The statement sees the database as it was before it: a condition does
    not see the rows inserted. Called in a transaction, for the caller undoes all when the change finds nothing.
    """
    tables: dict[type[Model], list[Model]] = {}
    for row in rows:
        tables.setdefault(type(row), []).append(row)
    parts, values = [], []
    for listed in tables.values():
        sql, given = _insert(listed)
        parts.append(sql)
        values += given
    if change is not None:
        sql, given = _update(change)
        parts.append(sql)
        values += given
    if not parts:
        return True
    *before, last = parts
    named = ", ".join(f"part{rank} AS ({sql})" for rank, sql in enumerate(before))
    with prepared_cursor() as cursor:
        cursor.execute(numbered(f"WITH {named} {last}" if named else last), values)
        found = bool(cursor.rowcount)
    for row in chain.from_iterable(tables.values()):
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS  # noqa: SLF001 (as Django marks rows it wrote)
    return found


@cache
def _columns(model: type[Model], *, keyed: bool) -> tuple[str, tuple[Field[Any, Any], ...]]:
    """The beginning of an insertion and its fields; without the key when the database draws it."""
    fields = tuple(one for one in model._meta.concrete_fields if keyed or not one.primary_key)  # noqa: SLF001
    names = ", ".join(_quoted(one.column) for one in fields)
    return f"INSERT INTO {_quoted(model._meta.db_table)} ({names}) VALUES ", fields  # noqa: S608, SLF001 (names of ours)


def _insert(rows: Sequence[Model]) -> tuple[str, list[Any]]:
    start, fields = _columns(type(rows[0]), keyed=rows[0].pk is not None)
    connection = link()
    values = [one.get_db_prep_save(one.pre_save(row, add=True), connection) for row in rows for one in fields]
    place = f"({', '.join(['%s'] * len(fields))})"
    return start + ", ".join([place] * len(rows)), values


def _update(change: Change) -> tuple[str, list[Any]]:
    connection = link()
    meta = change.row._meta  # noqa: SLF001 (Django's list of columns)
    fields: list[Any] = [meta.get_field(name) for name in sorted(change.columns)]
    written = ", ".join(f"{_quoted(one.column)} = %s" for one in fields)
    values = [one.get_db_prep_save(getattr(change.row, one.attname), connection) for one in fields]
    condition = f" AND {change.condition}" if change.condition else ""
    sql = f"UPDATE {_quoted(meta.db_table)} SET {written} WHERE {_quoted(meta.pk.column)} = %s{condition}"  # noqa: S608 (names of ours)
    return sql, [*values, change.row.pk]


def _quoted(name: str | None) -> str:
    return link().ops.quote_name(str(name))
