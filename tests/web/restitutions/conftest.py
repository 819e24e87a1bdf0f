"""The small nation of claims, one of which is asked back in part."""

from __future__ import annotations

import pytest
from django.utils import timezone

from minassa.claims.models import Restitution
from tests.web.claims.conftest import scene
from tests.web.claims_world import Scene, to_give_back

__all__ = ["scene"]


@pytest.fixture
def asked_back(scene: Scene) -> Restitution:
    """Two lines of a signed claim that declarations no longer justify; the firm may answer."""
    return to_give_back(scene.signed(), timezone.now())
