"""The connection of this thread, by what our backend adds to Django's."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import count
from typing import Any, cast

from django.db import DEFAULT_DB_ALIAS, connections

from minassa.statements.postgresql.base import DatabaseWrapper


def link() -> DatabaseWrapper:
    """The connection of this thread."""
    return cast("DatabaseWrapper", connections[DEFAULT_DB_ALIAS])


def prepared_cursor() -> Any:  # noqa: ANN401 (Django's wrapper of a cursor)
    """A cursor that binds values in the server (`$1`, `$2`), and prepares a statement when it has seen it before."""
    return link().prepared_cursor()


@lru_cache(maxsize=512)
def numbered(sql: str) -> str:
    """A statement whose places are `%s`, as Django writes them, with numbered places."""
    numbers = count(1)
    return re.sub("%[s%]", lambda found: "%" if found[0] == "%%" else f"${next(numbers)}", sql)
