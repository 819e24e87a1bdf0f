from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape
from openpyxl import load_workbook

from minassa.claims.models import Claim, ClaimState, Contest
from minassa.entitlements.amounts import person_text
from minassa.web.claims.following import HEIGHT, STATES, by_month, by_year
from tests.web.claims_world import QUARTER, YEAR, Scene, a_line

pytestmark = pytest.mark.django_db


def page(scene: Scene, who: str, name: str, *arguments: object) -> Any:  # noqa: ANN401 (Django's own answer of tests)
    return scene.browser(who).get(reverse(name, args=arguments))


def text(answer: Any) -> str:  # noqa: ANN401
    return str(answer.content.decode())


def test_a_firm_reads_its_claims_what_waits_for_it_first(scene: Scene) -> None:
    scene.signed()
    answer = page(scene, "prepare", "claims")
    rows = answer.context["rows"]
    assert {row.claim.enterprise_id for row in rows} == {scene.firm.pk}
    assert [row.claim.state for row in rows] == ["open"] * (len(rows) - 1) + ["signed"]
    assert answer.context["waiting"] == len(rows) - 1
    assert all(row.claim.reference in text(answer) for row in rows)


def test_filters_and_orders_of_the_address_hold_in_the_files_too(scene: Scene) -> None:
    browser, address = scene.browser("prepare"), reverse("claims")
    rows = browser.get(address, {"mesure": "air", "sort": "-amount"}).context["rows"]
    assert {row.claim.measure for row in rows} == {"air"}
    assert [row.claim.total_cents for row in rows] == sorted((row.claim.total_cents for row in rows), reverse=True)
    csv = browser.get(address, {"mesure": "air", "sort": "-amount", "format": "csv"}).content.decode("utf-8-sig")
    assert [line.split(";")[0] for line in csv.splitlines()[1:]] == [row.claim.reference for row in rows]
    book = load_workbook(io.BytesIO(browser.get(address, {"mesure": "paf", "format": "xlsx"}).content))
    assert [row[0].value for row in book.active.iter_rows(min_row=2)] == [scene.claim("paf", YEAR).reference]
    assert browser.get(address, {"mesure": "inconnue", "sort": "rien", "after": "x"}).status_code == 200


def test_a_claim_says_what_it_asks_and_how_it_was_computed(scene: Scene) -> None:
    claim = scene.claim("paf", YEAR)
    shown = text(page(scene, "prepare", "claim", claim.uuid))
    for told in (claim.reference, claim.run, claim.content_digest, claim.offer_digest[:16], "supposé"):
        assert told in shown
    assert len(page(scene, "prepare", "claim", claim.uuid).context["lines"]) == claim.line_count


def test_names_are_for_those_who_act_for_the_firm_and_no_address_bears_one(scene: Scene) -> None:
    claim = scene.signed()
    own = page(scene, "prepare", "claim", claim.uuid).context["lines"]
    others = page(scene, "cnss", "claim", claim.uuid)
    assert all(line.name for line in own)
    assert {line.name for line in others.context["lines"]} == {""}
    names = {line.name for line in own}
    assert not [name for name in names if name in text(others)]
    assert all(person_text(line.line.person) in text(others) for line in own)


def test_a_line_is_explained_down_to_the_lines_of_files_persons_covered(scene: Scene) -> None:
    claim = scene.claim("paf", YEAR)
    line = a_line(claim)
    answer = page(scene, "prepare", "claim-line", claim.uuid, line.pk)
    assert answer.context["answer"].tree.value == line.amount_cents
    kinds = {one.line.kind for one in answer.context["originals"]}
    assert {"cnss", "simpl_ir_9421", "staff_register"} <= kinds
    assert all(one.pieces for one in answer.context["originals"])
    name = answer.context["shown"].name
    originals = "".join(piece.text for one in answer.context["originals"] for piece in one.pieces)
    assert name
    assert not any(part in originals for part in name.split())


def test_a_claim_whose_run_is_gone_still_opens_its_lines(scene: Scene) -> None:
    claim = scene.claim("paf", YEAR)
    kept = Path(settings.MINASSA_HOME) / "runs" / claim.run
    away = kept.rename(kept.with_suffix(".partial"))
    answer = page(scene, "prepare", "claim-line", claim.uuid, a_line(claim).pk)
    away.rename(kept)
    assert answer.status_code == 200
    assert answer.context["answer"] is None


def test_a_line_is_contested_with_a_reason_or_the_page_says_what_lacks(scene: Scene) -> None:
    claim, browser = scene.claim("paf", YEAR), scene.browser("prepare")
    line = a_line(claim)
    address = reverse("claim-contest", args=[claim.uuid, line.pk])
    refused = browser.post(address, {"reason": "  ", "version": claim.version})
    assert refused.status_code == 422
    assert not Contest.objects.exists()
    done = browser.post(address, {"reason": "Un mois manque.", "version": claim.version}, follow=True)
    assert "Un mois manque." in text(done)
    claim.refresh_from_db()
    assert claim.state == ClaimState.CONTESTED
    again = browser.post(address, {"reason": "Encore.", "version": claim.version})
    assert again.status_code == 422
    assert "Encore." in text(again)


def test_a_claim_is_checked_then_signed_by_another_hand_on_its_digest(scene: Scene) -> None:
    claim, signer = scene.claim("paf", YEAR), scene.browser("sign")
    address = reverse("claim-signed", args=[claim.uuid])
    sent = {"digest": claim.content_digest, "sur": "oui", "version": claim.version}
    assert signer.post(address, sent).status_code == 422
    scene.browser("prepare").post(reverse("claim-check", args=[claim.uuid]), {"version": claim.version})
    claim.refresh_from_db()
    shown = text(signer.get(reverse("claim-sign", args=[claim.uuid])))
    assert claim.content_digest in shown
    sent["version"] = claim.version
    assert signer.post(address, {**sent, "sur": ""}).status_code == 422
    assert signer.post(address, {**sent, "digest": "0" * 64}).status_code == 409
    claim.refresh_from_db()
    assert claim.state == ClaimState.OPEN
    assert signer.post(address, sent).status_code == 302
    claim.refresh_from_db()
    assert claim.state == ClaimState.SIGNED
    assert claim.signature.digest == claim.content_digest
    assert signer.post(address, sent).status_code == 302  # a second press changes nothing
    assert signer.get(reverse("claim-sign", args=[claim.uuid])).status_code == 302


def test_who_prepares_does_not_sign(scene: Scene) -> None:
    claim = scene.claim("paf", YEAR)
    answer = scene.browser("prepare").post(reverse("claim-signed", args=[claim.uuid]), {"sur": "oui"})
    assert answer.status_code == 403


def test_the_workbook_is_that_of_the_claim(scene: Scene) -> None:
    claim = scene.claim("air", QUARTER)
    book = load_workbook(io.BytesIO(page(scene, "sign", "claim-xlsx", claim.uuid).content))
    assert claim.content_digest in {cell.value for row in book.worksheets[0].iter_rows() for cell in row}
    assert book.worksheets[1].max_row == claim.line_count + 1


def test_the_calendar_tells_what_opens_and_how_sure_it_is(scene: Scene) -> None:
    answer = page(scene, "prepare", "claims-calendar")
    rows = answer.context["rows"]
    assert {"air", "paf"} <= {row.measure for row in rows}
    assert [row.ends for row in rows] == sorted(row.ends for row in rows)
    assert {row.status for row in rows} == {"assumed"}
    assert all(row.opens_at is None or row.opens_at.date() > row.ends for row in rows)


def test_a_page_of_lines_asks_no_more_of_the_database_for_more_lines(scene: Scene) -> None:
    browser = scene.browser("cnss")
    counted = {}
    for measure, period in (("air", QUARTER), ("paf", YEAR)):
        claim = scene.signed(measure, period)
        address = reverse("claim", args=[claim.uuid])
        browser.get(address)
        with CaptureQueriesContext(connection) as queries:
            browser.get(address)
        counted[claim.line_count] = len(queries)
    assert len(set(counted.values())) == 1, counted
    assert max(counted.values()) <= 20, counted


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
@pytest.mark.parametrize("name", ["claims", "claims-calendar", "claims-following", "claim", "claim-sign", "claim-line"])
def test_every_page_is_there_in_every_language(scene: Scene, language: str, name: str) -> None:
    claim = scene.claim("paf", YEAR)
    given: dict[str, list[object]] = {
        "claims-following": [scene.firm.uuid],
        "claim": [claim.uuid],
        "claim-sign": [claim.uuid],
        "claim-line": [claim.uuid, a_line(claim).pk],
    }
    with translation.override(language):
        answer = page(scene, "sign", name, *given.get(name, []))
    assert answer.status_code == 200


def test_recruits_are_followed_and_a_forecast_stays_apart_from_what_is_due(scene: Scene) -> None:
    answer = page(scene, "prepare", "claims-following", scene.firm.uuid)
    found = answer.context["found"]
    training = {bar.label: bar for bar in by_year(found)}
    assert training[YEAR].due == scene.claim("paf", YEAR).total_cents
    assert all(bar.probable <= bar.expected for bar in (*by_year(found), *by_month(found)))
    for bars in (answer.context["premiums"], answer.context["training"]):
        assert all(0 <= bar.expected_y <= bar.probable_y <= bar.due_y <= HEIGHT for bar in bars)
    assert len(answer.context["hires"]) == found.premiums.height
    assert all(hire.name for hire in answer.context["hires"])
    on_the_way = scene.browser("prepare").get(reverse("claims-following", args=[scene.firm.uuid]), {"etat": "left"})
    assert {hire.mark for hire in on_the_way.context["hires"]} <= {STATES["left"]}


def test_recruits_of_a_firm_are_its_own_affair(scene: Scene) -> None:
    for who in ("stranger", "cnss", "secretariat"):
        assert page(scene, who, "claims-following", scene.firm.uuid).status_code == 404


def test_the_first_page_of_a_firm_says_what_waits_and_for_how_much(scene: Scene) -> None:
    scene.signed()
    waiting = Claim.objects.filter(enterprise=scene.firm, state=ClaimState.OPEN)
    shown = text(page(scene, "prepare", "home"))
    assert f">{waiting.count()}</bdi> demandes vous attendent" in shown
    assert all(claim.reference in shown for claim in waiting)
    assert "Signées, à tirer au sort" in text(page(scene, "secretariat", "home"))
    assert "Demandes de primes à contrôler" not in text(page(scene, "commune", "home"))


def test_conditions_are_told_in_the_language_of_the_reader(scene: Scene) -> None:
    claim = scene.claim("paf", YEAR)
    with translation.override("ar"):
        shown = text(page(scene, "prepare", "claim-line", claim.uuid, a_line(claim).pk))
    assert "منحة التكوين (PAF)" in shown
    assert "لا تستحق منحة التكوين عن الأشهر التي تشمل فيها إعانة عمومية أخرى الأجر نفسه" in shown


def test_what_no_language_but_french_says_is_told_to_be_french() -> None:
    label = "Une quantité que personne n'a traduite"
    with translation.override("ar"):
        shown = render_to_string("web/claims/quantity.html", {"one": {"label": label}})
    assert f'<span lang="fr">{escape(label)}</span>' in shown
