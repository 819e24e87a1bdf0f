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
    before = connection.undone_whole
    with transaction.atomic():
        connection.undone_whole = True
        try:
            yield
        finally:
            connection.undone_whole = before


def part() -> transaction.Atomic:
    """A transaction, or a part of the one under way: with a savepoint, unless that one is undone whole anyway."""
    return transaction.atomic(savepoint=not link().undone_whole)
