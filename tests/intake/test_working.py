from __future__ import annotations

from datetime import timedelta

import pytest

from minassa.intake.storage import drafts, folder
from minassa.intake.working import SWEEP_EVERY, tidy
from minassa.onestop.worker import Worker
from tests.declarations.deposit.building import ebds
from tests.intake.firms import NOW, firm, mandated, sent

pytestmark = pytest.mark.django_db


def test_the_worker_of_the_platform_checks_files() -> None:
    enterprise = firm()
    upload = sent(mandated(enterprise), enterprise, ebds(), NOW - timedelta(days=365))
    Worker().drain()
    upload.refresh_from_db()
    assert upload.state == "checked"


def test_the_folder_is_tidied_now_and_then() -> None:
    long_after = NOW + timedelta(days=9_000)
    assert not tidy(long_after)
    (folder() / "lost.sealed").write_bytes(b"x")
    (drafts() / "half.sealed").write_bytes(b"x")
    assert not tidy(long_after + timedelta(minutes=1))
    assert list(folder().iterdir())
    assert not tidy(long_after + SWEEP_EVERY)
    assert not list(folder().iterdir())
    assert not list(drafts().iterdir())
