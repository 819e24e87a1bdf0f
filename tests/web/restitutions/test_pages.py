"""What is asked back: its list and its files, its lines, the answer of the firm, what a committee sees of it."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from minassa.claims.models import Restitution
from minassa.claims.public import lines_of
from minassa.entitlements.amounts import person_text
from minassa.governance.models import Item
from minassa.ledger.public import Grant, ask_back
from minassa.ledger.recovering import METHODS as COMPUTED
from minassa.registry.public import system_actor
from minassa.vocabulary.money import CENTIMES_A_DIRHAM
from minassa.web.marks import KINDS
from minassa.web.restitutions.showing import METHODS
from tests.web.claims_world import Scene
from tests.web.session_world import seated

pytestmark = pytest.mark.django_db


def page(scene: Scene, who: str, name: str, *arguments: object, **query: str) -> Any:  # noqa: ANN401 (Django's)
    return scene.browser(who).get(reverse(name, args=arguments), query)


def text(answer: Any) -> str:  # noqa: ANN401
    return str(answer.content.decode())


def test_every_state_and_every_method_has_its_words() -> None:
    assert KINDS["restitution"].keys() == set(Restitution.State.values)
    assert METHODS.keys() == COMPUTED.keys()


def test_the_list_is_for_the_firm_and_those_who_oversee_signed_claims(scene: Scene, asked_back: Restitution) -> None:
    for who in ("prepare", "sign", "secretariat", "cto", "cnss"):
        answer = page(scene, who, "restitutions")
        assert [row.restitution for row in answer.context["rows"]] == [asked_back]
        assert asked_back.claim.reference in text(answer)
    assert page(scene, "prepare", "restitutions").context["awaited"] == 1
    assert page(scene, "cto", "restitutions").context["awaited"] == 0
    for who in ("stranger", "commune"):
        assert page(scene, who, "restitutions").context["rows"] == []
        assert page(scene, who, "restitution", asked_back.uuid).status_code == 404
    assert page(scene, "nobody", "restitutions").status_code == 403


def test_filters_and_orders_hold_in_the_files_too(scene: Scene, asked_back: Restitution) -> None:
    reference = asked_back.claim.reference
    for sort in ("reference", "-enterprise", "-amount", "state", "due", "rien"):
        assert page(scene, "sign", "restitutions", sort=sort, after="x").context["total"] == 1
    assert page(scene, "sign", "restitutions", etat="dropped").context["total"] == 0
    assert page(scene, "sign", "restitutions", etat="inconnu", reference=reference[3:]).context["total"] == 1
    csv = page(scene, "sign", "restitutions", format="csv", etat="hearing").content.decode("utf-8-sig").splitlines()
    assert [line.split(";")[0] for line in csv[1:]] == [reference]
    assert len(page(scene, "sign", "restitutions", format="csv", etat="heard").content.splitlines()) == 1
    book = load_workbook(io.BytesIO(page(scene, "cto", "restitutions", format="xlsx").content))
    (row,) = book.active.iter_rows(min_row=2, values_only=True)
    assert (row[0], round(row[4] * CENTIMES_A_DIRHAM)) == (reference, asked_back.cents)


def test_its_page_says_the_lines_the_formula_and_how_sure_it_is(scene: Scene, asked_back: Restitution) -> None:
    answer = page(scene, "cnss", "restitution", asked_back.uuid)
    assert {shown.line for shown in answer.context["lines"]} == set(lines_of(asked_back))
    assert not [shown.name for shown in answer.context["lines"] if shown.name]
    shown = text(answer)
    for line in lines_of(asked_back):
        assert person_text(line.line.person) in shown
        assert str(line.get_cause_display()).replace("'", "&#x27;") in shown
    assert "11 / 18" in shown
    assert [one.status for one in answer.context["parameters"]] == ["assumed"] * 3
    for one in answer.context["parameters"]:
        assert one.note.split(".")[0].replace("'", "&#x27;") in shown
    assert "15 jours calendaires" in shown
    assert all(shown.name for shown in page(scene, "prepare", "restitution", asked_back.uuid).context["lines"])


def test_a_signer_answers_once_and_the_answer_is_read_by_those_who_decide(
    scene: Scene, asked_back: Restitution
) -> None:
    address = reverse("restitution-reply", args=[asked_back.uuid])
    for who, may in (("prepare", False), ("sign", True), ("secretariat", False), ("cto", False)):
        assert page(scene, who, "restitution", asked_back.uuid).context["may_reply"] is may
    for who in ("prepare", "secretariat", "cto", "cnss"):
        assert scene.browser(who).post(address, {"text": "Réponse EXEMPLE"}).status_code == 403
    browser = scene.browser("sign")
    for wrong in (" ", "x" * 2_001):
        refused = browser.post(address, {"text": wrong})
        assert refused.status_code == 422
        assert wrong in text(refused)
        assert 'role="alert"' in text(refused)
    assert browser.post(address, {"text": "Le salarié est <là>."}).status_code == 302
    asked_back.refresh_from_db()
    assert (asked_back.state, asked_back.reply) == ("heard", "Le salarié est <là>.")
    for who in ("sign", "cto"):
        assert "Le salarié est &lt;là&gt;." in text(page(scene, who, "restitution", asked_back.uuid))
    again = browser.post(address, {"text": "Encore"})
    assert again.status_code == 422
    assert 'role="alert"' in text(again)


def test_what_waits_is_on_the_first_page_of_the_firm_and_on_its_claim(scene: Scene, asked_back: Restitution) -> None:
    link = reverse("restitution", args=[asked_back.uuid])
    assert link in text(page(scene, "sign", "home"))
    assert link not in text(page(scene, "stranger", "home"))
    assert link in text(page(scene, "sign", "claim", asked_back.claim.uuid))
    assert reverse("restitutions") in text(page(scene, "sign", "claims"))
    for who in ("secretariat", "cnss"):
        assert reverse("restitutions") in text(page(scene, who, "control"))
    told = {section.template: section.content for section in page(scene, "secretariat", "home").context["sections"]}
    assert told["web/home/to_control.html"]["restitutions"] == 1
    Restitution.objects.filter(pk=asked_back.pk).update(state="heard")
    assert link not in text(page(scene, "sign", "home"))


def test_a_decision_is_told_with_its_ground_and_leads_to_the_account(scene: Scene, asked_back: Restitution) -> None:
    claim = asked_back.claim
    given = Grant(claim.reference, claim.enterprise_id, claim.measure, 2026, asked_back.cents)
    recovery = ask_back(system_actor("claims"), given, "Restitution décidée", "EXEMPLE", timezone.now())
    Restitution.objects.filter(pk=asked_back.pk).update(
        state="decided",
        decided_at=timezone.now(),
        decided_by="sitting:CTO-EXEMPLE/4",
        ground="Pièces lues.",
        recovery=recovery,
    )
    account = reverse("money-firm", args=[claim.enterprise.uuid])
    told = text(page(scene, "sign", "restitution", asked_back.uuid))
    for said in (
        "Pièces lues.",
        recovery.number,
        "séance CTO-EXEMPLE, point 4",
        f'{account}"><bdi dir="ltr">{recovery.number}',
    ):
        assert said in told
    controls = text(page(scene, "cnss", "restitution", asked_back.uuid))
    assert recovery.number in controls
    assert account not in controls


def test_a_committee_chooses_it_on_a_ground_and_examines_its_lines(scene: Scene, asked_back: Restitution) -> None:
    now, browser = timezone.now(), scene.browser("secretariat")
    session = seated(scene.actor("secretariat"), now, mtnra=scene.accounts["cto"]).drafted(now + timedelta(days=20))
    propose = reverse("session-propose", args=[session.uuid, "restitution", asked_back.uuid])
    agenda = browser.get(reverse("session-agenda", args=[session.uuid]))
    (row,) = [row for row in agenda.context["waiting"] if row.address == propose]
    assert (row.value, row.cents) == ("", asked_back.cents)
    form = browser.get(propose)
    persons = [person_text(line.line.person) for line in lines_of(asked_back)]
    assert all(person in text(form) for person in persons)
    assert browser.post(propose, {"decision": "ask_back", "ground": ""}).status_code == 422
    assert browser.post(propose, {"decision": "ask_back", "ground": "Motif EXEMPLE"}).status_code == 302
    item = Item.objects.get(session=session)
    examined = text(browser.get(reverse("session-item", args=[session.uuid, item.rank])))
    assert all(person in examined for person in persons)
    assert reverse("restitution", args=[asked_back.uuid]) in examined
    assert not browser.get(reverse("session-agenda", args=[session.uuid])).context["waiting"]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_it_is_whole_in_the_other_languages(scene: Scene, asked_back: Restitution, language: str) -> None:
    browser = scene.browser("sign")
    for address in ("", f"{asked_back.uuid}/"):
        shown = text(browser.get(f"/{language}/demandes/restitutions/{address}"))
        assert asked_back.claim.reference in shown
        assert "Montant à rendre" not in shown
