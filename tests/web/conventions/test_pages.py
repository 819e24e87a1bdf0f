from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from openpyxl import load_workbook

from minassa.conventions.models import (
    AdvanceState,
    AmendmentKind,
    AmendmentState,
    Convention,
    ConventionState,
    Declared,
    HearingState,
)
from minassa.conventions.public import (
    commitment_counts,
    current,
    draft,
    last_measures,
    measures_of,
    shown_terms,
)
from tests.web.claims_world import Scene
from tests.web.conventions_world import Conventions

pytestmark = pytest.mark.django_db
HEAD = {
    "ice": f"{1:015d}",
    "firm_name": "EXEMPLE PREMIER SARL",
    "text_reference": "Circulaire de 2025 (exemple)",
    "starts_on": "2026-01-01",
    "ends_on": "2029-12-31",
    "state_name": "Représentante FICTIVE",
    "state_quality": "ministre EXEMPLE",
    "firm_signatory": "Gérant FICTIF",
    "firm_quality": "gérant",
}
ROW = {
    "kind": "investment",
    "baseline": "0",
    "baseline_on": "2025-12-31",
    "target": "1 500 000,50",
    "due_on": "2028-06-30",
}


def typed(**changes: str) -> dict[str, str]:
    """The form of a convention with one commitment and one milestone."""
    forms = {"c-TOTAL_FORMS": "2", "c-INITIAL_FORMS": "0", "m-TOTAL_FORMS": "1", "m-INITIAL_FORMS": "0"}
    row = {f"c-0-{name}": value for name, value in ROW.items()}
    return {**HEAD, **forms, **row, "c-0-scope": "firm", "m-0-month": "6", "m-0-share": "30", **changes}


def page(scene: Scene, who: str, name: str, *arguments: object, **asked: str) -> Any:  # noqa: ANN401 (Django's own)
    return scene.browser(who).get(reverse(name, args=arguments), asked)


def post(scene: Scene, who: str, name: str, *arguments: object, **said: object) -> Any:  # noqa: ANN401
    return scene.browser(who).post(reverse(name, args=arguments), said)


def text(answer: Any) -> str:  # noqa: ANN401
    return str(answer.content.decode())


def test_each_reader_finds_the_conventions_that_concern_them(scene: Scene, made: Conventions) -> None:
    assert len(page(scene, "secretariat", "conventions").context["rows"]) == 4
    assert len(page(scene, "sign", "conventions").context["rows"]) == 3
    assert page(scene, "stranger", "conventions").context["rows"] == []
    assert page(scene, "stranger", "convention", made.in_force.uuid).status_code == 404
    assert page(scene, "nobody", "conventions").status_code == 403


def test_the_list_tells_of_each_convention_what_its_own_page_reads(made: Conventions) -> None:
    every = list(Convention.objects.order_by("pk"))
    for day in (date(2020, 1, 1), timezone.localdate(), date(2040, 1, 1)):
        counts = commitment_counts(every, day)
        assert counts == {one.pk: len(shown_terms(one, day).commitments) for one in every}
    last = last_measures(every)
    assert {pk: {row.number: row.pk for row in rows} for pk, rows in last.items()} == {
        one.pk: {row.number: row.pk for row in measures_of(one)} for one in every
    }
    assert last[made.in_force.pk]


def test_more_conventions_cost_the_list_no_query(scene: Scene, made: Conventions) -> None:
    browser, address = scene.browser("secretariat"), reverse("conventions")

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert browser.get(address).status_code == 200
        return len(found)

    asked()
    before = asked()
    written, at = current(made.in_force).terms, timezone.now()
    for _more in range(3):
        draft(scene.actor("secretariat"), made.in_force.enterprise, written, at)
    assert asked() == before <= 10


def test_the_list_is_filtered_sorted_and_taken_away(scene: Scene, made: Conventions) -> None:
    browser, address = scene.browser("secretariat"), reverse("conventions")
    rows = browser.get(address, {"etat": "in_force"}).context["rows"]
    assert [row.convention.pk for row in rows] == [made.in_force.pk]
    found = [row.convention.reference for row in browser.get(address, {"sort": "-reference"}).context["rows"]]
    assert found == sorted(found, reverse=True)
    csv = browser.get(address, {"sort": "-reference", "format": "csv"}).content.decode("utf-8-sig")
    assert [line.split(";")[0] for line in csv.splitlines()[1:]] == found
    book = load_workbook(io.BytesIO(browser.get(address, {"format": "xlsx"}).content))
    assert len(list(book.active.iter_rows())) == 5
    assert browser.get(address, {"etat": "rien", "sort": "x", "after": "y", "reference": "\x00"}).status_code == 200


def test_a_commitment_is_drawn_beside_its_path_with_the_same_in_a_table(scene: Scene, made: Conventions) -> None:
    answer = page(scene, "sign", "convention", made.in_force.uuid)
    shown, followed = text(answer), answer.context["followed"]
    assert shown.count('class="way-path"') == len([one for one in followed if one.measures and one.drawn])
    for one in followed:
        assert len(one.picture.points) <= len(one.measures)
        assert all(measure.row.digest[:12] in shown for measure in one.measures)
    assert made.advance.reference in shown
    assert "14 sur 18" in shown
    assert "supposé" in shown


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_convention_is_read_in_every_language(scene: Scene, made: Conventions, language: str) -> None:
    with translation.override(language):
        for who in ("sign", "secretariat"):
            shown = text(page(scene, who, "convention", made.in_force.uuid))
            assert f'lang="{language}"' in shown
            assert "Engagements" not in shown


def test_terms_are_drafted_then_written_again_and_proposed(scene: Scene) -> None:
    assert page(scene, "secretariat", "convention-new").status_code == 200
    assert post(scene, "secretariat", "convention-new", **typed()).status_code == 302
    held = Convention.objects.get()
    assert held.draft["commitments"][0]["target"] == 1_500_000_50
    assert held.draft["milestones"] == [{"number": 1, "month": 6, "share_basis_points": 3_000}]
    assert page(scene, "secretariat", "convention-edit", held.uuid).status_code == 200
    changed = typed(firm_name="NOM CHANGÉ", version=str(held.version))
    assert post(scene, "secretariat", "convention-edit", held.uuid, **changed).status_code == 302
    assert post(scene, "secretariat", "convention-propose", held.uuid).status_code == 302
    held.refresh_from_db()
    assert (held.state, held.draft["firm_name"]) == (ConventionState.PROPOSED, "NOM CHANGÉ")
    assert post(scene, "secretariat", "convention-edit", held.uuid, **changed).status_code == 422


WRONG = {
    "an unknown firm": {"ice": "0"},
    "no date": {"starts_on": ""},
    "an amount in words": {"c-0-target": "beaucoup"},
    "no due date": {"c-0-due_on": ""},
    "half a milestone": {"m-0-share": ""},
    "too much advanced": {"m-0-share": "60"},
    "an end before the start": {"ends_on": "2020-01-01"},
    "no commitment": {"c-0-kind": ""},
    "a form without its count": {"c-TOTAL_FORMS": "x"},
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_in_terms_is_said_and_nothing_is_kept(scene: Scene, name: str) -> None:
    answer = post(scene, "secretariat", "convention-new", **typed(**WRONG[name]))
    assert answer.status_code == 422
    assert "notice-error" in text(answer)
    assert not Convention.objects.exists()


def test_the_firm_signs_agrees_declares_and_replies_on_the_page(scene: Scene, made: Conventions) -> None:
    assert post(scene, "sign", "convention-sign", made.proposed.uuid).status_code == 302
    assert post(scene, "sign", "convention-sign", made.proposed.uuid).status_code == 422
    assert post(scene, "sign", "amendment-agree", made.amendment.uuid).status_code == 302
    document = SimpleUploadedFile("pv.pdf", b"exemple", content_type="application/pdf")
    said = {"number": "4", "amount": "12 000,00", "on": "2026-02-01", "title": "Facture EXEMPLE"}
    assert (
        post(scene, "prepare", "convention-declare", made.in_force.uuid, **said, document=document).status_code == 302
    )
    assert Declared.objects.filter(amount=12_000_00).exists()
    assert post(scene, "prepare", "convention-declare", made.in_force.uuid, **said).status_code == 422
    assert post(scene, "prepare", "hearing-reply", made.hearing.uuid, text="Réponse EXEMPLE").status_code == 302
    made.hearing.refresh_from_db()
    assert made.hearing.state == HearingState.REPLIED


def test_the_body_that_pays_decides_advances_and_recoveries(scene: Scene, made: Conventions) -> None:
    scene.accounts["payer"] = type(scene.accounts["sign"]).objects.get(email="mtnra@minassa.example")
    assert post(scene, "payer", "advance-decide", made.advance.uuid, decision="non", ground=" ").status_code == 422
    assert post(scene, "secretariat", "advance-decide", made.advance.uuid, decision="oui").status_code == 403
    assert post(scene, "payer", "advance-decide", made.advance.uuid, decision="oui").status_code == 302
    made.advance.refresh_from_db()
    assert made.advance.state == AdvanceState.GRANTED
    assert post(scene, "payer", "hearing-decide", made.hearing.uuid, decision="oui").status_code == 422
    post(scene, "sign", "hearing-reply", made.hearing.uuid, text="Réponse EXEMPLE")
    assert post(scene, "payer", "hearing-decide", made.hearing.uuid, decision="oui").status_code == 302
    made.hearing.refresh_from_db()
    assert made.hearing.state == HearingState.WITHHELD


def test_an_amendment_is_proposed_by_its_kind(scene: Scene, made: Conventions) -> None:
    held = made.in_force
    assert page(scene, "sign", "convention-amend", held.uuid).status_code == 200
    for kind in AmendmentKind:
        assert page(scene, "sign", "convention-amend", held.uuid, genre=kind.value).status_code == 200
    said = {"genre": "change_target", "commitment": "4", "target": "12 000 000", "ground": "motif"}
    answer = post(scene, "sign", "convention-amend", held.uuid, **said, effective_on="2030-01-01")
    assert answer.status_code == 302
    one = held.amendments.order_by("-number")[0]
    assert (one.before, one.after) == ({"target": 10_000_000_00}, {"target": 12_000_000_00})
    assert post(scene, "sign", "convention-amend", held.uuid, **said).status_code == 422
    assert post(scene, "sign", "convention-amend", held.uuid, genre="resume", ground="motif").status_code == 422
    row = {**ROW, "scope": "firm", "genre": "add_commitment", "ground": "motif", "effective_on": "2027-01-01"}
    assert post(scene, "secretariat", "convention-amend", held.uuid, **row).status_code == 302
    party = {"firm_name": "NOUVEAU", "firm_signatory": "Gérante FICTIVE", "firm_quality": "gérante"}
    more = {"genre": "change_party", "ground": "motif", "effective_on": "2027-01-01"}
    assert post(scene, "secretariat", "convention-amend", held.uuid, **party, **more).status_code == 302
    last = held.amendments.order_by("-number")[0]
    assert post(scene, "secretariat", "amendment-withdraw", last.uuid).status_code == 302
    last.refresh_from_db()
    assert last.state == AmendmentState.WITHDRAWN
    assert page(scene, "sign", "convention", held.uuid).status_code == 200


def test_two_days_are_compared(scene: Scene, made: Conventions) -> None:
    asked = {"du": "2026-01-01", "au": "2030-01-01"}
    past = page(scene, "sign", "convention", made.in_force.uuid, **asked).context["past"]
    assert [number for number, _change in past["differences"]] == [1]
    for days in ({"du": "2020-01-01", "au": "2026-01-01"}, {"du": "x", "au": "2026-13-01"}):
        assert page(scene, "sign", "convention", made.in_force.uuid, **days).status_code == 200


def test_what_nobody_has_reached_is_said_not_made(scene: Scene, made: Conventions) -> None:
    assert post(scene, "secretariat", "convention-advance", made.in_force.uuid, milestone="1").status_code == 422
    assert post(scene, "secretariat", "convention-advance", made.in_force.uuid, milestone="x").status_code == 422
    assert post(scene, "secretariat", "convention-hear", made.in_force.uuid).status_code in {302, 422}
    assert post(scene, "secretariat", "convention-send-back", made.proposed.uuid, ground=" ").status_code == 422
    assert post(scene, "secretariat", "convention-send-back", made.proposed.uuid, ground="motif").status_code == 302
