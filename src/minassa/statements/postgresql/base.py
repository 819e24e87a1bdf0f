"""Django's PostgreSQL backend, with cursors whose statements the server prepares, and a health check that asks nothing.

Django binds values in the client: the server then parses and plans every statement anew. That stays so for what the
framework writes; a prepared cursor binds in the server, which keeps the plan.
"""

from __future__ import annotations

import select
from typing import Any

import psycopg
from django.db.backends.postgresql import base, operations


class Operations(operations.DatabaseOperations):
    """What the backend says of statements."""

    def last_executed_query(self, cursor: Any, sql: Any, params: Any) -> str:  # noqa: ANN401 (Django's signature)
        """The statement as it was sent; that of a prepared cursor, without its values."""
        return super().last_executed_query(cursor, sql, params) or str(sql)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection.

    `undone_whole`: the transaction under way is undone whole by any error, see `whole`; `held`: rows locked in it.
    """

    ops_class = Operations
    undone_whole = False
    held: tuple[object, ...] = ()

    def prepared_cursor(self) -> Any:  # noqa: ANN401 (Django's wrapper of a cursor, logged and checked as all are)
        """A cursor that binds values in the server, and prepares a statement when it has seen it before.

        Places are `$1`, `$2`: a place named `%s` would be looked for in the text each time.
        """
        self.close_if_health_check_failed()
        self.ensure_connection()
        with self.wrap_database_errors:
            return self._prepare_cursor(psycopg.RawCursor(self.connection))  # type: ignore[attr-defined]

    def is_usable(self) -> bool:
        """Whether the connection can be used again.

        One on which nothing has come since it was last used is good: a server that ends closes its sockets, and says
        so before. Anything that came, or an error, is answered by asking.
        """
        if self.connection is None:
            return False
        if not self.errors_occurred and not self.connection.closed and _quiet(self.connection.fileno()):
            return True
        return bool(super().is_usable())


def _quiet(descriptor: int) -> bool:
    """Whether nothing is to be read there, not even the end."""
    if hasattr(select, "poll"):
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        return not poll.poll(0)
    return not select.select([descriptor], [], [], 0)[0]
