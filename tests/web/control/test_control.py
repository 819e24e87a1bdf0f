from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import escape

from minassa.claims.checks import bit_of
from minassa.claims.models import Claim, ClaimState, Contest, Draw
from minassa.claims.public import accept, draw_controls, pass_on, reasons
from minassa.registry.public import committee_actor
from minassa.vocabulary.periods import month_index
from minassa.web.templatetags.minassa import money
from tests.web.api.claims import CENTS, made_claim
from tests.web.claims_world import QUARTER, YEAR, Scene, contested, drawn

pytestmark = pytest.mark.django_db


def page(scene: Scene, who: str, name: str, *arguments: object) -> Any:  # noqa: ANN401 (Django's own answer of tests)
    return scene.browser(who).get(reverse(name, args=arguments))


def in_control(scene: Scene) -> Claim:
    """A claim that a draw took."""
    claim = scene.signed()
    drawn(scene.actor("secretariat"), timezone.now())
    claim.refresh_from_db()
    return claim


def test_who_controls_finds_the_riskiest_first_with_what_makes_the_score(scene: Scene) -> None:
    claim = in_control(scene)
    answer = page(scene, "cnss", "control")
    (row,) = answer.context["rows"]
    assert row.claim == claim
    assert [one.kind for one in row.reasons] == [one["kind"] for one in claim.reasons][:3]
    assert "personne n'est refusé par un score" in answer.content.decode()
    shown = page(scene, "cnss", "claim", claim.uuid)
    assert sum(one.points for one in shown.context["reasons"]) == claim.score
    assert str(claim.score) in shown.content.decode()


def test_firms_are_led_to_their_own_claims(scene: Scene) -> None:
    assert page(scene, "sign", "control")["Location"] == reverse("claims")
    assert page(scene, "commune", "control")["Location"] == reverse("claims")


def test_a_control_ends_with_findings_that_the_firm_reads(scene: Scene) -> None:
    claim, officer = in_control(scene), scene.browser("cnss")
    address = reverse("control-conclude", args=[claim.uuid])
    assert officer.post(address, {"findings": " ", "version": claim.version}).status_code == 422
    assert officer.post(address, {"findings": "Rien à redire.", "version": claim.version}).status_code == 302
    claim.refresh_from_db()
    assert claim.state == ClaimState.TO_DECIDE
    assert "Rien à redire." in page(scene, "prepare", "claim", claim.uuid).content.decode()


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_a_firm_reads_which_part_of_a_line_waits_and_why(scene: Scene, language: str) -> None:
    kind = "overstated_income"
    more: dict[str, Any] = {
        "period": "2026",
        "first_month": month_index(2026, 1),
        "last_month": month_index(2026, 12),
    }
    claim = made_claim(scene.firm, timezone.now(), flags=bit_of(kind), doubtful=CENTS // 4, **more)
    line = claim.lines.order_by("pk")[0]
    browser = scene.browser("prepare")
    with translation.override(language):
        own, why = reverse("claim", args=[claim.uuid]), reverse("claim-line", args=[claim.uuid, line.pk])
        part, whole, label = money(CENTS // 4), money(CENTS), escape(getattr(reasons()[kind], language))
    for address in (own, why):
        answer = browser.get(address)
        (one,) = answer.context["held"]
        assert (one.cents, one.partial, len(one.reasons)) == (CENTS // 4, True, 1)
        shown = answer.content.decode()
        assert part in shown
        assert whole in shown
        assert label in shown


def test_a_cut_is_proposed_with_a_ground_and_the_firm_answers_before_anything_is_decided(scene: Scene) -> None:
    claim = pass_on(scene.actor("secretariat"), scene.signed(), timezone.now())
    secretary, address = scene.browser("secretariat"), reverse("control-propose", args=[claim.uuid])
    assert secretary.post(address, {"ground": "", "version": claim.version}).status_code == 422
    assert secretary.post(address, {"ground": "Deux mois en trop.", "version": claim.version}).status_code == 302
    claim.refresh_from_db()
    assert claim.state == ClaimState.HEARING
    shown = page(scene, "sign", "claim", claim.uuid)
    assert "Deux mois en trop." in shown.content.decode()
    assert shown.context["deadline"].due == claim.hearing_until
    sent = {"text": "Les voici, justifiés.", "version": claim.version}
    assert scene.browser("sign").post(reverse("claim-reply", args=[claim.uuid]), sent).status_code == 302
    claim.refresh_from_db()
    assert (claim.state, claim.heard) == (ClaimState.TO_DECIDE, True)
    assert "Les voici, justifiés." in page(scene, "secretariat", "claim", claim.uuid).content.decode()


def test_several_claims_are_passed_on_at_once_and_those_that_cannot_go_are_told(scene: Scene) -> None:
    one, other = scene.signed(), scene.signed("air", QUARTER)
    pass_on(scene.actor("secretariat"), other, timezone.now())
    chosen = [str(one.uuid), str(other.uuid), "x", "0" * 36]
    answer = scene.browser("secretariat").post(reverse("control-together"), {"claim": chosen}, follow=True)
    assert [str(message) for message in answer.context["messages"]] == [
        "1 demande est transmise.",
        "1 demande n'a pas pu l'être.",
    ]
    one.refresh_from_db()
    assert one.state == ClaimState.TO_DECIDE


def test_a_contest_of_the_firm_is_answered_and_the_claim_opens_again(scene: Scene) -> None:
    claim = scene.claim("paf", YEAR)
    made = contested(scene.actor("prepare"), claim, timezone.now())
    secretary = scene.browser("secretariat")
    assert made.claim.reference in secretary.get(reverse("control-contests")).content.decode()
    assert "Un mois manque." in secretary.get(reverse("control-contest", args=[made.uuid])).content.decode()
    address = reverse("control-answer", args=[made.uuid])
    assert secretary.post(address, {"text": "Non."}).status_code == 422
    assert secretary.post(address, {"text": "", "upheld": "non"}).status_code == 422
    assert not Contest.objects.filter(answered_at__isnull=False).exists()
    assert secretary.post(address, {"text": "Le mois est compté.", "upheld": "non"}).status_code == 302
    claim.refresh_from_db()
    assert claim.state == ClaimState.OPEN
    assert "Le mois est compté." in page(scene, "prepare", "claim", claim.uuid).content.decode()


def test_a_list_is_committed_before_the_seed_then_drawn_and_anyone_does_it_again(scene: Scene, tmp_path: Path) -> None:
    scene.signed()
    secretary = scene.browser("secretariat")
    later = timezone.localtime() + timedelta(days=1)
    told = {"name": "Tirage EXEMPLE", "high": 100, "medium": 100, "low": 100, "seed_source": "Loterie EXEMPLE"}
    sent = {**told, "seed_not_before": f"{later:%Y-%m-%dT%H:%M}"}
    assert secretary.post(reverse("campaigns"), {**sent, "low": 101}).status_code == 422
    assert secretary.post(reverse("campaigns"), {**sent, "seed_not_before": "2020-01-01T00:00"}).status_code == 422
    assert secretary.post(reverse("campaigns"), sent).status_code == 302
    draw = Draw.objects.get()
    early = secretary.post(reverse("draw-now", args=[draw.uuid]), {"seed": "1 2 3 4 5 6"}, follow=True)
    assert "pas avant" in early.content.decode()
    draw.refresh_from_db()
    assert draw.drawn_at is None
    draw_controls(scene.actor("secretariat"), draw, "1 2 3 4 5 6", later + timedelta(hours=1))
    shown = page(scene, "nobody", "draw", draw.uuid)
    assert shown.context["same"]
    for text in (draw.digest, draw.seed, *draw.selected):
        assert text in shown.content.decode()
    assert scene.firm.name not in shown.content.decode().replace("EXEMPLE PREMIER SARL</bdi></span>", "")
    (tmp_path / "verify_draw.py").write_bytes(page(scene, "nobody", "draw-tool").content)
    given = page(scene, "nobody", "draw-json", draw.uuid).content
    (tmp_path / "draw.json").write_bytes(given)
    command = [sys.executable, "-I", "verify_draw.py", "draw.json"]
    assert subprocess.run(command, cwd=tmp_path, check=False, timeout=60).returncode == 0
    wrong = {**json.loads(given), "seed": "6 5 4 3 2 1", "selected": []}
    (tmp_path / "draw.json").write_text(json.dumps(wrong), "utf-8")
    assert subprocess.run(command, cwd=tmp_path, check=False, timeout=60).returncode == 1


def test_a_claim_computed_again_is_the_same_to_the_centime_or_the_page_says_what_differs(scene: Scene) -> None:
    claim = scene.claim("air", QUARTER)
    answer = scene.browser("prepare").post(reverse("claim-replay", args=[claim.uuid]))
    assert answer.context["outcome"].identical
    assert "Identique au centime" in answer.content.decode()


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
@pytest.mark.parametrize("name", ["control", "control-contests", "campaigns", "draws"])
def test_every_page_is_there_in_every_language(scene: Scene, language: str, name: str) -> None:
    with translation.override(language):
        assert page(scene, "secretariat", name).status_code == 200


def test_a_decided_claim_names_the_session_and_the_item_that_decided(scene: Scene) -> None:
    claim = pass_on(scene.actor("secretariat"), scene.signed(), timezone.now())
    accept(committee_actor("CTO-2026-0001/3", ["account:1"]), claim, timezone.now())
    for who in ("prepare", "secretariat", "cto"):
        shown = page(scene, who, "claim", claim.uuid)
        assert "séance CTO-2026-0001, point 3" in shown.content.decode()
        assert [one.session for one in shown.context["rulings"]] == [""]  # no such session is kept here
