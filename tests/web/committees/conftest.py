from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from minassa.registry.models import Account, Body
from tests.onestop.world import World, make_world
from tests.web.session_world import Sessions, Sitting, make_sessions, seated


@pytest.fixture
def world(db: None, settings: Settings, tmp_path: Path) -> World:  # noqa: ARG001
    settings.MINASSA_HOME = tmp_path
    settings.MINASSA_FILES = tmp_path / "files"
    world = make_world()
    Body.objects.get_or_create(code="copil", defaults={"kind": "committee", "name": "Comité de pilotage"})
    return world


@pytest.fixture
def sitting(world: World) -> Sitting:
    return seated(world.secretary, timezone.now(), mtnra=Account.objects.get(pk=world.member.account_id or 0))


@pytest.fixture
def sessions(world: World, sitting: Sitting) -> Sessions:
    return make_sessions(sitting, world.enterprise, timezone.now())
