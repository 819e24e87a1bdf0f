"""The committed description and the platform agree: requests drawn from it, true and false, find no fault in answers.

The whole measure, twenty thousand requests, is `MINASSA_TEST_WHOLE=1 pytest tests/web/api/test_contract.py -k twenty`,
all at once, with `-n 2` on two cores, or part after part with `-k committee-false`.
"""

from __future__ import annotations

import json
import os
import re
from typing import Final

import pytest

from minassa.web.api import calling
from minassa.web.api.describe import FILE
from minassa.web.api.describing import text
from tests.onestop.world import World
from tests.web.api.drawing import CALLERS, MODES, Tally, draw, known

pytestmark = pytest.mark.django_db
WHOLE: Final = 24_000
"""Operations that ask for nothing are sent once: more than twenty thousand requests are sent nonetheless."""
SHARE: Final = WHOLE // (len(CALLERS) * len(MODES))
DONE: Final[list[Tally]] = []
"""What was drawn in this run, part after part."""


def test_the_description_committed_is_that_of_the_code() -> None:
    assert FILE.read_text("utf-8") == text(), "run: python -m minassa.web.api.describe"


def test_every_operation_says_who_may_call_and_what_it_refuses() -> None:
    for path, operations in json.loads(FILE.read_text("utf-8"))["paths"].items():
        for method, operation in operations.items():
            assert {"400", "401", "403", "404", "422", "429", "500"} <= operation["responses"].keys(), (path, method)
            names = {one["name"] for one in operation["parameters"]}
            if method != "get" and operation["operationId"] not in {"issueToken", "receiveMessage", "estimate"}:
                assert "Idempotency-Key" in names, (path, method)


def test_whatever_an_address_names_is_known_to_those_who_draw(world: World) -> None:
    paths = json.loads(FILE.read_text("utf-8"))["paths"]
    assert {name for path in paths for name in re.findall(r"{(\w+)}", path)} <= known(world).keys()


@pytest.fixture
def _unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    """No limit of rate: that has its own test."""
    monkeypatch.setattr(calling, "BLOCKS", 10**6)
    monkeypatch.setattr("minassa.web.api.exchange.require_token", lambda *_given, **_named: None)


def without_fault(tally: Tally, number: int) -> None:
    """Nothing broke, every answer keeps to the description, and as many were sent as were asked for."""
    assert not tally.violations, "\n\n".join(tally.violations[:10])
    assert tally.server_errors == 0
    assert tally.requests >= number * 0.8


@pytest.mark.parametrize("who", CALLERS)
@pytest.mark.usefixtures("_unlimited")
def test_drawn_requests_keep_to_the_description(world: World, who: str) -> None:
    both = Tally()
    for mode in MODES:
        both += draw(world, who, mode, 50, lambda _line: None)
    without_fault(both, 100)
    assert both.accepted > both.requests // 30


@pytest.mark.slow
@pytest.mark.skipif("MINASSA_TEST_WHOLE" not in os.environ, reason="ten minutes: asked for by MINASSA_TEST_WHOLE=1")
@pytest.mark.usefixtures("_unlimited")
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("who", CALLERS)
def test_twenty_thousand_drawn_requests_keep_to_the_description(
    world: World, who: str, mode: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def say(line: str) -> None:
        with capsys.disabled():
            print(f"\n{line}", end="", flush=True)  # noqa: T201 (how far it is, and the figures)

    tally = draw(world, who, mode, SHARE, say)
    DONE.append(tally)
    say(f"{len(DONE)} parts of {len(CALLERS) * len(MODES)}, in all: {sum(DONE, Tally())}\n")
    without_fault(tally, SHARE)
