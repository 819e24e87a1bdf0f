from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from minassa.onestop.models import Case, CaseDocument, CaseState, Document, Message
from minassa.onestop.public import propose, save_draft, send_back, validate
from minassa.registry.models import Enterprise
from tests.onestop.world import AGENCIES, PDF, World, task_of
from tests.web.cases.people import client_of, now_drafted, now_submitted, of

pytestmark = pytest.mark.django_db
STRANGERS = ("stranger", "anapec")


def test_the_list_is_narrowed_by_its_address_and_taken_away_as_a_file(world: World) -> None:
    filed, draft = now_submitted(world), now_drafted(world)
    firm = client_of("prepare")
    address = reverse("cases")
    both = firm.get(address).text
    assert filed.reference in both
    assert draft.reference in both
    assert draft.reference not in firm.get(address, {"etat": "in_review"}).text
    assert filed.reference not in firm.get(address, {"echeance": "passee"}).text
    assert filed.reference not in firm.get(address, {"lieu": "102"}).text
    assert draft.reference not in firm.get(address, {"reference": filed.reference}).text
    text = firm.get(address, {"format": "csv", "etat": "in_review"}).content.decode("utf-8-sig")
    assert [line.split(";")[0] for line in text.splitlines()[1:]] == [filed.reference]
    sheet = openpyxl.load_workbook(io.BytesIO(firm.get(address, {"format": "xlsx"}).content)).active
    assert sheet is not None
    assert sheet.max_row == 3


@pytest.mark.parametrize("asked", ["etat=xx", "lieu=999999999999", "after=zzz", "after=WyJjIiwgMV0", "reference=%00"])
def test_an_address_written_by_hand_never_breaks_the_list(world: World, asked: str) -> None:
    now_submitted(world)
    assert client_of("prepare").get(f"{reverse('cases')}?{asked}").status_code == 200


def test_pages_of_a_list_follow_each_other(world: World) -> None:
    found = [now_drafted(world).reference for _ in range(27)]
    firm = client_of("prepare")
    first = firm.get(reverse("cases"))
    second = firm.get(reverse("cases"), {"after": first.context["next"]})
    shown = [row.case.reference for page in (first, second) for row in page.context["rows"]]
    assert shown == found[::-1]


@pytest.mark.parametrize("name", STRANGERS)
def test_who_has_no_part_in_a_case_does_not_learn_that_it_exists(world: World, name: str) -> None:
    case = now_submitted(world)
    visitor = client_of(name)
    for route in ("case", "case-sign", "case-draft", "case-complement", "case-receipt", "case-receipt-pdf"):
        assert visitor.get(of(route, case)).status_code == 404, route
    for route in ("case-say", "case-decide", "case-appeal", "case-withdraw", "case-submit", "case-signed"):
        assert visitor.post(of(route, case)).status_code == 404, route
    document = CaseDocument.objects.get(case=case).document
    assert visitor.get(reverse("case-document", args=[document.uuid])).status_code == 404


def test_an_officer_sees_a_case_filed_but_does_not_edit_nor_decide_it(world: World) -> None:
    case = now_submitted(world)
    officer = client_of("commune")
    assert officer.get(of("case", case)).status_code == 200
    assert officer.get(of("case-draft", case)).status_code == 403
    assert officer.post(of("case-decide", case), {"decision": "oui"}).status_code == 403
    assert client_of("cnss").get(of("case", now_drafted(world))).status_code == 404


def test_answers_that_are_wrong_are_kept_beside_their_sentence(world: World) -> None:
    case = now_drafted(world)
    firm = client_of("prepare")
    answer = firm.post(of("case-draft", case), {"jobs_planned": "beaucoup", "export_share": "55"})
    assert answer.status_code == 422
    assert "beaucoup" in answer.text
    assert answer.context["form"].errors["jobs_planned"]
    case.refresh_from_db()
    assert case.answers["export_share"] == 80


def test_a_draft_saved_by_another_meanwhile_is_not_overwritten_unseen(world: World) -> None:
    case = now_drafted(world)
    seen = case.version
    save_draft(world.signer, case, {"jobs_planned": 300}, timezone.now())
    answer = client_of("prepare").post(of("case-draft", case), {"export_share": "55", "version": seen})
    assert answer.status_code == 409
    assert answer.context["stale"]
    shown = answer.context["form"].initial
    assert (shown["jobs_planned"], shown["export_share"]) == (300, "55")
    case.refresh_from_db()
    assert case.answers["export_share"] == 80


def test_a_document_is_given_left_out_and_used_again(world: World) -> None:
    case = now_drafted(world)
    firm, draft = client_of("prepare"), of("case-draft", case)
    document = CaseDocument.objects.get(case=case).document
    firm.post(draft, {"ecarter": f"premises_contract:{document.uuid}"})
    assert not CaseDocument.objects.filter(case=case).exists()
    assert str(document.uuid) in firm.get(draft).text
    firm.post(draft, {"reprendre": f"premises_contract:{document.uuid}"})
    assert CaseDocument.objects.get(case=case).document == document
    wrong = firm.post(draft, {"piece-premises_contract": SimpleUploadedFile("x.exe", b"MZ EXEMPLE")})
    assert wrong.status_code == 422
    foreign = Enterprise.objects.exclude(pk=world.enterprise.pk).get()
    other = Document.objects.create(
        enterprise=foreign, kind="premises_contract", name="b.pdf", size=1, sha256="0" * 64, given_at=timezone.now()
    )
    firm.post(draft, {"reprendre": f"premises_contract:{other.uuid}"})
    assert CaseDocument.objects.get(case=case).document == document
    assert firm.post(draft, {"reprendre": "premises_contract:pas-un-numero"}).status_code == 302


def test_a_document_is_read_by_who_may_and_downloaded(world: World) -> None:
    case = now_submitted(world)
    document = CaseDocument.objects.get(case=case).document
    address = reverse("case-document", args=[document.uuid])
    answer = client_of("commune").get(address)
    assert answer.content == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert client_of("dgi").get(address).status_code == 404


def test_what_was_signed_then_changed_is_to_be_signed_again(world: World) -> None:
    case = now_drafted(world)
    signer = client_of("sign")
    signer.post(of("case-signed", case), {"version": case.version})
    case.refresh_from_db()
    assert case.state == CaseState.TO_SIGN
    save_draft(world.preparer, case, {"jobs_planned": 7}, timezone.now())
    page = signer.get(of("case-sign", case))
    assert page.context["outdated"]
    assert not page.context["signatures"]
    stale = signer.post(of("case-signed", case), {"version": case.version - 1})
    assert stale.status_code == 409
    assert client_of("prepare").post(of("case-signed", case), {"version": case.version}).status_code == 403


def test_a_message_reserved_to_one_body_is_read_by_no_other(world: World) -> None:
    case = now_submitted(world)
    firm = client_of("prepare")
    firm.post(of("case-say", case), {"text": "Pour la commune seule", "to": "commune"})
    assert Message.objects.get().body_code == "commune"
    assert "Pour la commune seule" in client_of("commune").get(of("case", case)).text
    assert "Pour la commune seule" not in client_of("dgi").get(of("case", case)).text
    empty = firm.post(of("case-say", case), {"text": "  ", "to": "dgi"})
    assert empty.status_code == 422
    assert empty.context["failed"] == "message"


def test_a_refusal_gives_its_ground_and_is_appealed_once(world: World) -> None:
    case = now_submitted(world)
    for step in AGENCIES:
        propose(world.officers[step], task_of(case, step), True, "", {}, timezone.now())
        validate(world.supervisors[step], task_of(case, step), timezone.now())
    member = client_of("cto")
    assert member.post(of("case-decide", case), {}).status_code == 422
    mute = member.post(of("case-decide", case), {"decision": "non", "ground": ""})
    assert (mute.status_code, mute.context["failed"]) == (422, "decision")
    member.post(of("case-decide", case), {"decision": "non", "ground": "Export insuffisant"})
    signer = client_of("sign")
    page = signer.get(of("case", case))
    assert "Export insuffisant" in page.text
    assert page.context["may_appeal"]
    assert signer.post(of("case-appeal", case), {"reasons": ""}).status_code == 422
    signer.post(of("case-appeal", case), {"reasons": "Nouveaux contrats"})
    case.refresh_from_db()
    assert case.state == CaseState.APPEALED
    assert client_of("prepare").post(of("case-appeal", case), {"reasons": "x"}).status_code == 403


def test_a_withdrawal_is_confirmed_first(world: World) -> None:
    case = now_submitted(world)
    signer = client_of("sign")
    signer.post(of("case-withdraw", case), {"version": case.version})
    case.refresh_from_db()
    assert case.state == CaseState.IN_REVIEW
    signer.post(of("case-withdraw", case), {"version": case.version, "sur": "oui"})
    case.refresh_from_db()
    assert case.state == CaseState.WITHDRAWN


def test_what_an_enterprise_has_said_is_offered_again_with_its_day(world: World) -> None:
    now_submitted(world)
    again = client_of("prepare").post(
        reverse("case-new"), {"demarche": "membership", "entreprise": str(world.enterprise.uuid)}
    )
    page = client_of("prepare").get(again["Location"])
    assert "Déjà dit le" in page.text
    assert page.context["form"].initial["contact_email"] == "suivi@exemple.example"


def test_nobody_opens_a_case_for_an_enterprise_that_gave_no_mandate(world: World) -> None:
    foreign = {"demarche": "membership", "entreprise": str(world.enterprise.uuid)}
    assert client_of("stranger").post(reverse("case-new"), foreign)["Location"].endswith("demarche=membership")
    assert client_of("commune").post(reverse("case-new"), foreign).status_code == 403
    assert not Case.objects.exists()


def test_a_receipt_is_ready_once_its_day_is_published(world: World) -> None:
    case = now_submitted(world)
    firm = client_of("prepare")
    early = firm.get(of("case-receipt", case))
    assert early["Location"] == of("case", case)
    sealed = firm.get(of("case-receipt-pdf", case))
    assert sealed.content.startswith(b"%PDF")
    assert firm.get(of("case-receipt", now_drafted(world))).status_code == 404


def test_a_page_costs_the_same_whatever_the_length_of_the_list(world: World, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    for _ in range(8):
        now_submitted(world)
    firm = client_of("prepare")
    firm.get(reverse("cases"))
    with django_assert_max_num_queries(16):
        firm.get(reverse("cases"))


def test_deadlines_of_the_list_say_what_is_late(world: World) -> None:
    case = now_submitted(world)
    Case.objects.filter(pk=case.pk).update(due_at=timezone.now() - timedelta(days=2))
    assert "en retard de" in client_of("prepare").get(reverse("cases")).text


def test_a_second_press_on_the_same_button_does_nothing_and_says_so(world: World) -> None:
    case = now_drafted(world)
    signer = client_of("sign")
    for _ in range(2):
        answer = signer.post(of("case-signed", case), {"version": case.version, "suite": "deposer"}, follow=True)
        assert answer.redirect_chain == [(of("case", case), 302)]
    assert case.signatures.count() == 1


def test_a_document_above_the_limit_is_refused_without_being_kept(world: World) -> None:
    case = now_drafted(world)
    large = SimpleUploadedFile("plan.pdf", b"%PDF-1.4 " + b"0" * (10 * 1024 * 1024))
    answer = client_of("prepare").post(of("case-draft", case), {"piece-project_description": large})
    assert answer.status_code == 422
    assert answer.context["error"].code == "document-refused"
    assert CaseDocument.objects.filter(case=case).count() == 1


def test_what_two_bodies_ask_of_the_same_item_is_said_for_both(world: World) -> None:
    case = now_submitted(world)
    for step, note in (("commune", "illisible"), ("cnss", "")):
        asked = [{"key": "started_on", "note": note}]
        send_back(world.officers[step], task_of(case, step), asked, timezone.now(), at_once=False)
    for step in ("dgi", "immigration", "gisre"):
        propose(world.officers[step], task_of(case, step), True, "", {}, timezone.now())
        validate(world.supervisors[step], task_of(case, step), timezone.now())
    firm = client_of("prepare")
    page = firm.get(of("case-complement", case))
    assert page.context["form"].fields["started_on"].help_text.count("EXEMPLE") == 2
    wrong = firm.post(of("case-complement", case), {"started_on": "demain"})
    assert wrong.status_code == 422
    assert "demain" in wrong.text
    case.refresh_from_db()
    assert firm.post(of("case-complement", case), {"started_on": "2026-02-01", "version": 1}).status_code == 409
    firm.post(of("case-complement", case), {"started_on": "2026-02-01", "version": case.version})
    case.refresh_from_db()
    assert case.state == CaseState.IN_REVIEW
