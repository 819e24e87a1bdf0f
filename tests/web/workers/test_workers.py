from __future__ import annotations

import logging
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from minassa.claims.models import Contest, Line, WorkerCode
from minassa.claims.public import answer, issue_code
from minassa.entitlements.amounts import person_text
from minassa.intake.public import lake
from minassa.journal.models import Entry
from minassa.web.claims.names import cards_of
from minassa.web.workers import holding
from tests.web.claims_world import YEAR, Scene, a_line

pytestmark = pytest.mark.django_db


def card(scene: Scene, line: Line) -> tuple[str, str]:
    """The name and the number of the employee of a line, as the register of the firm says them."""
    (found,) = cards_of(scene.actor("prepare"), scene.firm, line.claim.affiliation, [line.person]).values()
    return found.name, found.number


def coded(scene: Scene, line: Line) -> tuple[str, str]:
    """The number of the employee of a line, and a code made for it."""
    _name, number = card(scene, line)
    pseudonyms = lake().pseudonyms()
    return number, issue_code(scene.actor("prepare"), scene.firm, number, pseudonyms, timezone.now())


def entered(number: str, code: str, language: str = "fr") -> Any:  # noqa: ANN401 (Django's own answer of tests)
    with translation.override(language):
        return Client().post(reverse("worker"), {"number": number, "code": code})


def test_an_employee_sees_what_is_claimed_in_his_or_her_name_and_of_nobody_else(scene: Scene) -> None:
    line = a_line(scene.signed())
    number, code = coded(scene, line)
    answered = entered(number, f"{code[:4]} {code[4:8]} {code[8:]}".lower())
    lines = [row.claimed.line for row in answered.context["rows"]]
    assert line.pk in lines
    assert set(Line.objects.filter(pk__in=lines).values_list("person", flat=True)) == {line.person}
    text = answered.content.decode()
    assert scene.firm.name in text
    assert number not in text
    assert code not in text
    assert "no-store" in answered["Cache-Control"]


@pytest.mark.parametrize("wrong", ["code", "number", "unknown", "nothing"])
def test_whatever_is_wrong_the_answer_is_the_same(scene: Scene, wrong: str) -> None:
    number, code = coded(scene, a_line(scene.signed()))
    other = card(scene, a_line(scene.claim("paf", YEAR), 1))[1]
    sent = {"code": (number, "2" * 12), "number": (other, code), "unknown": ("1", code), "nothing": ("", "")}[wrong]
    answered = entered(*sent)
    assert answered.status_code == 422
    assert "ne vont pas ensemble" in answered.content.decode()


def test_attempts_are_counted_even_with_the_right_code_at_the_end(scene: Scene) -> None:
    number, code = coded(scene, a_line(scene.signed()))
    statuses = [entered(number, "2" * 12).status_code for _rank in range(5)]
    assert statuses == [422] * 5
    assert entered(number, code).status_code == 429


def test_neither_number_nor_code_is_written_anywhere(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    line = a_line(scene.signed())
    number, code = coded(scene, line)
    name, _number = card(scene, line)
    held = entered(number, code).context["held"]
    sent = {"held": held, "claim": line.claim.uuid, "line": line.pk, "reason": "Je suis parti en mai."}
    assert Client().post(reverse("worker-contest"), sent).status_code == 200
    written = caplog.text + str(list(Entry.objects.values_list("actor", "body")))
    assert not [secret for secret in (number, code, *name.split()) if secret in written]
    assert number not in held


def test_a_contest_blocks_the_line_and_its_words_are_not_for_the_employer(scene: Scene) -> None:
    line = a_line(scene.signed())
    number, code = coded(scene, line)
    held = entered(number, code).context["held"]
    sent = {"held": held, "claim": line.claim.uuid, "line": line.pk, "reason": "Je suis parti en mai."}
    done = Client().post(reverse("worker-contest"), sent)
    assert done.status_code == 200
    made = Contest.objects.get(by_worker=True)
    again = entered(number, code)
    assert next(row for row in again.context["rows"] if row.claimed.line == line.pk).claimed.contested
    address = reverse("claim", args=[line.claim.uuid])
    for who, reads in (("secretariat", True), ("prepare", False), ("sign", False)):
        for way in (address, reverse("claim-line", args=[line.claim.uuid, line.pk])):
            text = scene.browser(who).get(way).content.decode()
            assert "contestée par le salarié" in text
            assert ("Je suis parti en mai." in text) is reads, (who, way)
    answer(scene.actor("secretariat"), made, "Vos mois sont comptés jusqu'en mai.", timezone.now(), upheld=False)
    assert "comptés jusqu" in entered(number, code).content.decode()


@pytest.mark.parametrize("changed", ["claim", "line", "held", "reason"])
def test_a_contest_of_what_is_not_ones_own_or_without_reason_changes_nothing(scene: Scene, changed: str) -> None:
    line = a_line(scene.signed())
    held = entered(*coded(scene, line)).context["held"]
    sent = {"held": held, "claim": str(line.claim.uuid), "line": str(line.pk), "reason": "Une raison."}
    sent[changed] = {"claim": "x", "line": str(a_line(line.claim, 1).pk), "held": held[:-4], "reason": " "}[changed]
    answered = Client().post(reverse("worker-contest"), sent)
    assert answered.status_code == (302 if changed == "held" else 422)
    assert not Contest.objects.exists()


def test_what_is_carried_between_pages_holds_a_quarter_of_an_hour(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = a_line(scene.signed())
    held = entered(*coded(scene, line)).context["held"]
    monkeypatch.setattr(holding, "SECONDS", -1)
    sent = {"held": held, "claim": line.claim.uuid, "line": line.pk, "reason": "Une raison."}
    assert Client().post(reverse("worker-contest"), sent)["Location"] == reverse("worker")


def test_a_firm_prints_a_letter_for_each_employee_chosen_and_its_code_opens_the_page(scene: Scene) -> None:
    line = a_line(scene.signed())
    name, number = card(scene, line)
    browser = scene.browser("prepare")
    listed = browser.get(reverse("worker-codes", args=[scene.firm.uuid]))
    assert name in listed.content.decode()
    sent = {"person": [person_text(line.person), "x"]}
    printed = browser.post(reverse("worker-letters", args=[scene.firm.uuid]), sent)
    (letter,) = printed.context["letters"]
    assert name in printed.content.decode()
    assert number not in printed.content.decode()
    assert entered(number, letter.code).status_code == 200
    assert letter.code.replace(" ", "") not in str(list(WorkerCode.objects.values()))
    typed = browser.post(reverse("worker-letters", args=[scene.firm.uuid]), {"number": number})
    assert len(typed.context["letters"]) == 1
    assert entered(number, letter.code).status_code == 422  # a new code replaces the one before


def test_no_letter_for_the_employee_of_another_firm(scene: Scene) -> None:
    line = a_line(scene.signed())
    _name, number = card(scene, line)
    other = scene.browser("stranger")
    assert other.get(reverse("worker-codes", args=[scene.firm.uuid])).status_code == 404
    sent = {"number": number, "person": person_text(line.person)}
    assert other.post(reverse("worker-letters", args=[scene.other.uuid]), sent).status_code == 302
    assert not WorkerCode.objects.exists()


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_every_page_is_there_in_every_language(scene: Scene, language: str) -> None:
    line = a_line(scene.signed())
    number, code = coded(scene, line)
    assert entered(number, code, language).status_code == 200
    with translation.override(language):
        assert Client().get(reverse("worker")).status_code == 200
        assert scene.browser("sign").get(reverse("worker-codes", args=[scene.firm.uuid])).status_code == 200
