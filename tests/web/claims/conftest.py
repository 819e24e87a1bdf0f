"""A platform with a small nation, two of its firms registered with people who act, and what they may claim."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from tests.registry.world import HASHERS
from tests.web.claims_world import Scene, make_scene


@pytest.fixture(scope="module")
def scene(
    django_db_setup: None,  # noqa: ARG001 (the database must be there first)
    django_db_blocker: Any,  # noqa: ANN401 (pytest-django's own)
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Scene]:
    """Made once, in a transaction that is never committed; what a test writes in the database is undone after it."""
    home = tmp_path_factory.mktemp("home") / "home"
    moved = override_settings(MINASSA_HOME=home, MINASSA_FILES=home / "files", PASSWORD_HASHERS=HASHERS)
    with django_db_blocker.unblock(), moved, transaction.atomic():
        yield make_scene()
        transaction.set_rollback(True)
