from __future__ import annotations

import pytest
from pytest_django import Settings

from minassa.registry.models import Body, Enterprise, Role
from minassa.registry.public import Actor, register
from tests.registry.world import HASHERS, NOW, appointed, invented, make_body


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = HASHERS


@pytest.fixture
def cnss() -> Body:
    return make_body("cnss")


@pytest.fixture
def admin() -> Actor:
    return appointed("admin", Role.ADMINISTRATOR, make_body("minassa", "platform"))


@pytest.fixture
def firm(admin: Actor) -> Enterprise:
    return register(admin, invented(1), NOW)
