from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from tests.claims.world import Declared, declared
from tests.governance.world import Members, make_members


@pytest.fixture(scope="session")
def nation(tmp_path_factory: pytest.TempPathFactory) -> Declared:
    return declared(tmp_path_factory.mktemp("committees"))


@pytest.fixture
def cto(db: None) -> Members:  # noqa: ARG001
    return make_members()


@pytest.fixture
def refused() -> Callable[[str], bool]:
    """Whether the database refuses a statement by itself."""

    def tried(statement: str) -> bool:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        except DatabaseError:
            return True
        return False

    return tried
