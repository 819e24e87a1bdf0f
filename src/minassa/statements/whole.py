"""Transactions that any error undoes whole: what is nested in them needs no savepoint, which is two round trips."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from minassa.statements.links import link


@contextmanager
def whole() -> Iterator[None]:
    """A transaction whose body lets every error out, so that all of it is undone."""
    connection = link()
    before = connection.undone_whole, connection.held
    with transaction.atomic():
        connection.undone_whole, connection.held = True, ()
        try:
            yield
        finally:
            connection.undone_whole, connection.held = before


def hold(row: object) -> None:
    """Say that this instance was read under a lock in the transaction under way: it need not be locked again.

    Without effect in a transaction that an error would not undo whole.
    """
    connection = link()
    if connection.undone_whole:
        connection.held += (row,)


def held(row: object) -> bool:
    """Whether this very instance was read under a lock, in the transaction under way."""
    return any(one is row for one in link().held)


def part() -> transaction.Atomic:
    """A transaction, or a part of the one under way: with a savepoint, unless that one is undone whole anyway."""
    return transaction.atomic(savepoint=not link().undone_whole)
