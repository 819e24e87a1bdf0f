"""Claims, money and committees over the API: what is told, page by page, and what an act changes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from minassa.claims.checks import bit_of
from minassa.claims.models import Claim, Contest, Line
from minassa.governance.public import Committee, prepare
from minassa.ledger.models import Envelope
from tests.onestop.world import World
from tests.web.api.claims import CENTS, made_claim, signed_claim
from tests.web.api.conftest import Caller, person, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(world: World) -> Claim:
    return made_claim(world.enterprise, timezone.now())


def test_a_claim_is_told_whole_with_its_tag(firm: Caller, claim: Claim) -> None:
    answer = firm.get(f"/claims/{claim.reference}")
    shown = told(answer)
    assert answer["ETag"] == f'"{claim.version}"'
    assert (shown["reference"], shown["total_cents"], shown["line_count"]) == (claim.reference, 5 * CENTS, 5)
    assert shown["digest"] == claim.content_digest
    assert (shown["known_until"], shown["status"]) == ("2026-02", "assumed")
    assert shown["payable"] == {
        f"{name}_cents": 0 for name in ("accepted", "withdrawn", "blocked", "paid", "now", "left")
    }


def test_lists_go_page_by_page(world: World, firm: Caller) -> None:
    now = timezone.now()
    made = [made_claim(world.enterprise, now, period=f"20{year}").reference for year in range(25, 30)]
    seen: list[str] = []
    cursor: int | None = 0
    while cursor is not None:
        page = told(firm.get("/claims", limit=2, cursor=cursor))
        seen += [one["reference"] for one in page["items"]]
        cursor = page["next"]
    assert seen == made[::-1]
    assert told(firm.get("/claims", state="signed"))["items"] == []
    assert told(firm.get("/claims", measure="air"))["items"] == []
    assert firm.get("/claims", state="nowhere").status_code == 422


def test_lines_are_told_by_pseudonym_with_reasons_and_holding(world: World, firm: Caller) -> None:
    claim = made_claim(world.enterprise, timezone.now(), lines=3, flags=bit_of("ghost") | bit_of("outlier"))
    first = told(firm.get(f"/claims/{claim.reference}/lines", limit=2))
    rest = told(firm.get(f"/claims/{claim.reference}/lines", limit=2, cursor=first["next"]))
    lines = first["items"] + rest["items"]
    assert [len(first["items"]), len(rest["items"]), rest["next"]] == [2, 1, None]
    assert len({line["person"] for line in lines}) == 3
    assert {line["hired_month"] for line in lines} == {"2025-09"}
    assert {line["amount_cents"] for line in lines} == {CENTS}
    assert [line["held"] for line in lines] == [True, False, False]
    assert [line["reasons"] for line in lines] == [["ghost", "outlier"], [], []]


@pytest.mark.parametrize("doubtful", [0, CENTS // 4, CENTS])
def test_of_a_line_the_part_in_doubt_alone_is_told_to_wait(world: World, firm: Caller, doubtful: int) -> None:
    flags = bit_of("overstated_income")
    claim = made_claim(world.enterprise, timezone.now(), lines=2, flags=flags, doubtful=doubtful)
    lines = told(firm.get(f"/claims/{claim.reference}/lines"))["items"]
    assert [line["held_cents"] for line in lines] == [doubtful, 0]
    assert [line["held"] for line in lines] == [doubtful > 0, False]


def test_a_claim_is_contested_then_signed_by_another_hand(world: World, firm: Caller, signer: Caller) -> None:
    claim = made_claim(world.enterprise, timezone.now())
    line = Line.objects.filter(claim=claim)[0].pk
    body = {"line": line, "reason": "Cette personne est partie"}
    contested = firm.post(f"/claims/{claim.reference}/contest", body, if_match='"0"')
    assert (contested.status_code, told(contested)["state"]) == (200, "contested")
    assert contested["ETag"] == '"1"'
    assert Contest.objects.get(claim=claim).line_id == line
    other = made_claim(world.enterprise, timezone.now(), period="2026")
    signed = signer.post(f"/claims/{other.reference}/sign", if_match='"0"')
    assert (signed.status_code, told(signed)["state"]) == (200, "signed")


def test_what_changed_meanwhile_or_is_unknown_is_refused(world: World, firm: Caller, claim: Claim) -> None:
    line = {"line": 10**9, "reason": "motif"}
    address = f"/claims/{claim.reference}/contest"
    assert firm.post(address, line, if_match='"7"').status_code == 412
    assert firm.post(address, line).status_code == 428
    assert firm.post(address, line, if_match='"0"').status_code == 422
    assert firm.post(f"/claims/{claim.reference}/check", key="", if_match='"0"').status_code == 400
    assert firm.get("/claims/PAF-2025-9999999").status_code == 404
    claim.refresh_from_db()
    assert claim.version == 0
    del world


def test_the_same_request_twice_has_one_effect(firm: Caller, claim: Claim) -> None:
    body = {"line": Line.objects.filter(claim=claim)[0].pk, "reason": "motif"}
    first, again = (firm.post(f"/claims/{claim.reference}/contest", body, key="k", if_match='"0"') for _ in range(2))
    assert (first.status_code, again.status_code) == (200, 200)
    assert told(first) == told(again)
    assert again["Idempotency-Replayed"] == "true"
    assert Contest.objects.filter(claim=claim).count() == 1


def test_the_statement_of_a_firm_says_where_its_money_stands(world: World, firm: Caller, claim: Claim) -> None:
    (row,) = told(firm.get(f"/enterprises/{world.enterprise.ice}/statement"))
    assert (row["claim"], row["asked_cents"], row["code"]) == (claim.reference, claim.total_cents, "to-sign")
    assert row["reason"]


def test_committees_read_credits_and_sessions(world: World) -> None:
    now = timezone.now()
    Envelope.objects.create(measure="paf", budget_year=2026, body="mtnra", authorised=CENTS)
    session = prepare(world.secretary, Committee.CTO, now + timedelta(days=9), "Rabat", now)
    secretary = person(world.secretary)
    (row,) = told(secretary.get("/envelopes", year=2026))
    assert (row["authorised_cents"], row["committed_cents"]) == (CENTS, 0)
    assert told(secretary.get("/envelopes", year=2027)) == []
    page = told(secretary.get("/sessions"))
    assert ([one["reference"] for one in page["items"]], page["next"]) == ([session.reference], None)
    answer = secretary.get(f"/sessions/{session.reference}")
    assert (answer["ETag"], told(answer)["items"]) == (f'"{session.version}"', [])


def test_a_signed_claim_is_read_by_those_who_control(world: World) -> None:
    claim = signed_claim(world.enterprise, timezone.now())
    officer = person(world.officers["cnss"])
    assert told(officer.get(f"/claims/{claim.reference}"))["state"] == "signed"
    assert officer.post(f"/claims/{claim.reference}/check", if_match='"0"').status_code == 403
