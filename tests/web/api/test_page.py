from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from minassa.web.api.describe import FILE
from minassa.web.api.pages import USAGE
from tests.simulators.conftest import platform
from tests.simulators.platform import SECRET, Platform

__all__ = ["platform"]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_every_operation_is_on_the_page(language: str) -> None:
    page = Client().get(f"/{language}/interface/").content.decode()
    operations = [one for path in json.loads(FILE.read_text("utf-8"))["paths"].values() for one in path.values()]
    assert all(escape(one["summary"]) in page for one in operations)


def test_the_lines_shown_run(platform: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    task = {"case_uuid": "c1", "step": "cnss", "round": 1}
    monkeypatch.setattr("minassa.client.Client.pages", lambda *_given: iter([task]))
    given: dict[str, Any] = {
        "address": platform.address,
        "client_id": "cnss",
        "secret": "s",
        "signing_secret": SECRET,
    }
    exec(USAGE, given)  # noqa: S102 (our own lines, shown to people)
    given["client"].close()
    assert platform.effects["c1-cnss-1"]["data"]["favourable"] is True
