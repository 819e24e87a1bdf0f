"""What an address of exports bears on, among what the actor may know of."""

from __future__ import annotations

from uuid import UUID

from minassa.exports.models import OfficialTable, Statement
from minassa.exports.public import may_read
from minassa.registry.public import Actor, allowed


def the_statement(actor: Actor, statement: UUID) -> Statement | None:
    """A statement, for the firm that made it; None for anyone else."""
    found = Statement.objects.select_related("enterprise").get(uuid=statement)
    return found if allowed(actor, "export.mine") and may_read(actor, found) else None


def the_table(_actor: Actor, table: UUID) -> OfficialTable:
    """A table that was brought, for whoever may bring them."""
    return OfficialTable.objects.get(uuid=table)
