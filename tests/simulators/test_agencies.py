"""Agencies answer each message once, by themselves, and misbehave as they are told."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest

from minassa.client import draw_secret
from minassa.simulators.agencies import AGENCIES, Firm, answer, drawn
from minassa.simulators.server import Simulator
from tests.simulators.conftest import Open
from tests.simulators.platform import Platform, opened, signed

REGULAR = next(f"{number:015}" for number in range(100) if drawn(AGENCIES["cnss"], f"{number:015}").regular)
OWING = next(f"{number:015}" for number in range(1000) if not drawn(AGENCIES["cnss"], f"{number:015}").regular)


def call(agency: Simulator, path: str, content: bytes, headers: dict[str, str] | None = None) -> tuple[int, Any]:
    asked = urllib.request.Request(agency.address + path, content, headers or {})  # noqa: S310 (our own server)
    try:
        with urllib.request.urlopen(asked, timeout=10) as reply:  # noqa: S310
            return reply.status, json.load(reply)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


def tell(agency: Simulator, **order: object) -> int:
    return call(agency, "/control", json.dumps(order).encode())[0]


def deliver(agency: Simulator, number: str, ice: str = REGULAR, kind: str = "task.opened") -> tuple[int, Any]:
    content = opened(number, ice, kind)
    return call(agency, "/events", content, signed(number, content))


def until(condition: Callable[[], bool]) -> None:
    limit = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < limit, "it never happened"
        time.sleep(0.02)


def test_a_message_delivered_thrice_gets_one_signed_answer(platform: Platform, open_agency: Open) -> None:
    agency = open_agency("cnss", platform.address)
    assert [deliver(agency, "m1")[1]["again"] for _ in range(3)] == [False, True, True]
    until(lambda: agency.state()["answered"] == 1)
    assert agency.answering.round(time.time() + 100) == 0
    [event] = platform.effects.values()
    assert platform.deliveries == 1
    assert event["type"] == "ma.minassa.task.answered.v1"
    said = event["data"]
    assert (said["case"], said["step"], said["round"], said["favourable"]) == ("c1", "cnss", 1, True)
    assert said["data"]["social_regularity"] is True
    assert said["data"]["attestation"].startswith("CNSS-")
    assert said["data"]["synthetic"] is True


def test_who_owes_is_refused_with_the_ground_until_the_debt_is_paid(platform: Platform, open_agency: Open) -> None:
    agency = open_agency("cnss", platform.address)
    deliver(agency, "m1", OWING)
    until(lambda: len(platform.effects) == 1)
    said = next(iter(platform.effects.values()))["data"]
    assert said["favourable"] is False
    assert said["data"]["debt"] == drawn(AGENCIES["cnss"], OWING).debt > 0
    assert str(said["data"]["debt"] // 100) in said["ground"]
    assert "attestation" not in said["data"]
    assert call(agency, "/firms", json.dumps({"ice": OWING, "debt": 0}).encode())[0] == 200
    deliver(agency, "m2", OWING)
    until(lambda: len(platform.effects) == 2)
    assert list(platform.effects.values())[1]["data"]["favourable"] is True


def test_what_only_tells_is_kept_and_not_answered(platform: Platform, open_agency: Open) -> None:
    agency = open_agency("cnss", platform.address)
    assert deliver(agency, "m1", kind="case.decided")[0] == 200
    assert agency.state()["awaited"] == 0
    assert agency.state()["received"] == 1


def test_an_unsigned_or_foreign_message_is_refused(platform: Platform, open_agency: Open) -> None:
    agency = open_agency("cnss", platform.address)
    content = opened("m1")
    assert call(agency, "/events", content)[0] == 401
    assert call(agency, "/events", content, signed("m1", content, draw_secret()))[0] == 401
    assert call(agency, "/events", b"[]", signed("m1", b"[]"))[0] == 400
    assert agency.state()["received"] == 0


def test_an_answer_whose_receipt_was_lost_is_sent_again_with_the_same_bytes(
    platform: Platform, open_agency: Open
) -> None:
    platform.failing = 3
    agency = open_agency("dgi", platform.address)
    deliver(agency, "m1")
    until(lambda: agency.state()["answered"] == 1)
    assert platform.deliveries == 4
    assert len(platform.effects) == 1


def test_duplicates_have_one_number(platform: Platform, open_agency: Open) -> None:
    agency = open_agency("cnss", platform.address)
    assert tell(agency, duplicate=4) == 200
    deliver(agency, "m1")
    until(lambda: agency.state()["answered"] == 1)
    assert (platform.deliveries, len(platform.effects)) == (5, 1)


def test_an_agency_that_is_down_takes_nothing_and_sends_nothing_then_catches_up(
    platform: Platform, open_agency: Open
) -> None:
    agency = open_agency("cnss", platform.address, answer_after=0.4)
    deliver(agency, "m1")
    tell(agency, down=True)
    assert deliver(agency, "m2")[0] == 503
    assert agency.answering.round(time.time() + 100) == 0
    tell(agency, down=False)
    until(lambda: agency.state()["answered"] == 1)
    assert agency.state()["received"] == 1


def test_a_lying_agency_is_refused_and_its_true_answer_comes_once_it_stops(
    platform: Platform, open_agency: Open
) -> None:
    agency = open_agency("cnss", platform.address)
    tell(agency, lie=True)
    deliver(agency, "m1")
    until(lambda: platform.refused > 0)
    assert platform.effects == {}
    tell(agency, lie=False)
    until(lambda: agency.state()["answered"] == 1)
    assert len(platform.effects) == 1


def test_what_is_due_is_sent_last_first_when_told(platform: Platform, open_agency: Open) -> None:
    agency = open_agency("cnss", platform.address, answer_after=3600)
    tell(agency, reorder=True)
    for rank in range(4):
        content = opened(f"m{rank}", REGULAR, case=f"c{rank}")
        call(agency, "/events", content, signed(f"m{rank}", content))
    assert agency.answering.round(time.time() + 7200) == 4
    assert [platform.effects[number]["data"]["case"] for number in platform.order] == ["c3", "c2", "c1", "c0"]


def test_a_late_agency_has_the_message_before_it_says_so(platform: Platform, open_agency: Open) -> None:
    agency = open_agency("cnss", platform.address)
    tell(agency, late=0.5)
    start = time.monotonic()
    assert deliver(agency, "m1")[0] == 200
    assert time.monotonic() - start > 0.5
    until(lambda: agency.state()["answered"] == 1)


def test_a_slow_agency_answers_later(platform: Platform, open_agency: Open) -> None:
    agency = open_agency("cnss", platform.address)
    tell(agency, slow=1000)
    deliver(agency, "m1")
    assert agency.answering.round(time.time() + 990) == 0
    assert agency.answering.round(time.time() + 1010) == 1


@pytest.mark.parametrize(
    "order", [{"quick": 1}, {"slow": "1"}, {"slow": -1}, {"down": 1}, {"duplicate": 1.5}, {"duplicate": True}]
)
def test_an_order_that_no_agency_understands_changes_nothing(
    platform: Platform, open_agency: Open, order: dict[str, object]
) -> None:
    agency = open_agency("gisre", platform.address)
    before = agency.behaviour
    assert tell(agency, **order) == 400
    assert agency.behaviour == before


def test_without_secrets_an_agency_is_closed(platform: Platform, open_agency: Open) -> None:
    agency = open_agency("cnss", platform.address)
    agency.home = agency.home / "elsewhere"
    assert deliver(agency, "m1")[0] == 503


@pytest.mark.parametrize("code", AGENCIES)
def test_the_register_of_each_agency_has_regular_and_irregular_firms_the_same_each_time(code: str) -> None:
    agency = AGENCIES[code]
    firms = [drawn(agency, f"{number:015}") for number in range(2_000)]
    assert firms == [drawn(agency, f"{number:015}") for number in range(2_000)]
    irregular = sum(not firm.regular for firm in firms)
    assert 60 < irregular < 190
    assert all(firm.regular or firm.debt > 0 or not firm.in_order for firm in firms)
    said = answer(agency, Firm("0", 0, in_order=False), {"case": "c", "step": code, "round": 1}, "A-1", "2026-01-01")
    assert said["favourable"] is False
    assert said["ground"]
