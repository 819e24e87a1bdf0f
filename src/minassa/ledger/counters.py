"""Counters of many rows moved by one statement; the constraints of the table refuse what would pass them."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection
from django.db.models import Model
from psycopg import sql

_ADD = sql.SQL(
    "UPDATE {table} SET {column} = {column} + moved.amount "
    "FROM unnest(%s::bigint[], %s::bigint[]) AS moved (id, amount) WHERE {table}.id = moved.id"
)


def add(model: type[Model], column: str, amounts: Mapping[int, int]) -> None:
    """Add to a counter of rows, by their key, in centimes; the caller holds the rows."""
    moved = {key: amount for key, amount in amounts.items() if amount}
    if not moved:
        return
    table = sql.Identifier(model._meta.db_table)  # noqa: SLF001 (Django's name of the table)
    statement = _ADD.format(table=table, column=sql.Identifier(column))
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(moved), list(moved.values())])
