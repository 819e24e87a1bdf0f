"""Every refusal is a problem document with a stable code; what was read is what is changed; one key, one effect."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from minassa.journal.models import Entry
from minassa.onestop.models import Case, CaseState, Idempotency
from minassa.registry.models import Account
from minassa.web.api import calling
from tests.onestop.world import World, submitted
from tests.web.api.conftest import Caller, person, system, tag, told

pytestmark = pytest.mark.django_db


def is_problem(answer: HttpResponse, status: int, code: str) -> Any:  # noqa: ANN401 (JSON)
    document = told(answer)
    assert (answer.status_code, document["code"]) == (status, code), document
    assert answer["Content-Type"] == "application/problem+json"
    assert document["type"] == f"/api/problems/{code}"
    assert document["status"] == status
    assert document["detail"]
    assert answer["X-Request-Id"]
    return document


def test_nobody_known_is_401(visitor: Caller) -> None:
    assert is_problem(visitor.get("/cases"), 401, "caller-unknown")
    visitor.headers = {"Authorization": "Bearer false"}
    assert visitor.get("/cases")["WWW-Authenticate"] == "Bearer"


@pytest.mark.usefixtures("world")
def test_a_wrong_secret_gives_no_token_whoever_asks(visitor: Caller) -> None:
    system("cnss")
    for name in ("cnss-6", "nobody"):
        asked = {"grant_type": "client_credentials", "client_id": name, "client_secret": "x"}
        is_problem(visitor.post("/token", asked), 401, "client-refused")


@pytest.mark.usefixtures("deposited")
def test_a_system_without_the_scope_is_refused() -> None:
    is_problem(system("cnss", ("tasks:read",)).get("/cases"), 403, "scope-missing")
    assert system("cnss", ("tasks:read",)).get("/tasks").status_code == 200


def test_a_case_of_others_is_not_there(world: World, deposited: Case) -> None:
    is_problem(person(world.stranger).get(f"/cases/{deposited.reference}"), 404, "case-unknown")
    is_problem(person(world.stranger).get(f"/cases/{deposited.reference}/journal"), 404, "case-unknown")
    is_problem(system("cri").get(f"/cases/{deposited.reference}"), 404, "case-unknown")


def test_who_may_read_and_not_act_is_forbidden(world: World, deposited: Case) -> None:
    case = deposited.reference
    is_problem(
        person(world.officers["cnss"]).post(f"/cases/{case}/withdraw", if_match=tag(deposited)), 403, "forbidden"
    )
    is_problem(
        person(world.preparer).post(f"/cases/{case}/decide", {"favourable": True}, if_match=tag(deposited)),
        403,
        "forbidden",
    )


def test_what_departs_from_the_description_is_pointed_at(firm: Caller) -> None:
    document = is_problem(firm.post("/cases", {"procedure": "membership", "ice": "1"}), 422, "request-invalid")
    assert {one["pointer"] for one in document["errors"]} == {"/enterprise_ice", "/ice"}
    is_problem(firm.post("/cases", None), 422, "request-invalid")


def test_a_body_that_is_no_json_is_unreadable(firm: Caller) -> None:
    answer = firm.http.generic("POST", "/api/v1/cases", b"{", "application/json", headers={"Idempotency-Key": "a"})
    is_problem(answer, 400, "request-unreadable")  # type: ignore[arg-type]


def test_a_procedure_not_in_force_is_told(firm: Caller, world: World) -> None:
    asked = {"procedure": "nothing", "enterprise_ice": world.enterprise.ice}
    is_problem(firm.post("/cases", asked), 422, "procedure-unknown")


def test_wrong_answers_are_told_by_field(firm: Caller, draft: Case) -> None:
    path, wrong = f"/cases/{draft.reference}/answers", {"answers": {"export_share": "beaucoup"}}
    document = is_problem(firm.post(path, wrong, method="PUT", if_match=tag(draft)), 422, "case-answers-invalid")
    assert document["errors"][0]["pointer"] == "/answers/export_share"
    is_problem(
        person_of(draft).post(f"/cases/{draft.reference}/decide", {"favourable": True}, if_match=tag(draft)),
        403,
        "forbidden",
    )


def person_of(case: Case) -> Caller:
    caller = Client()
    caller.force_login(case.opened_by, settings.AUTHENTICATION_BACKENDS[0])
    return Caller(caller)


def test_an_unsigned_or_finished_case_cannot_be_submitted(firm: Caller, draft: Case, world: World) -> None:
    path = f"/cases/{draft.reference}/submit"
    assert told(firm.post(path, if_match=tag(draft)))["state"] == CaseState.TO_SIGN
    is_problem(firm.post(path, if_match=tag(draft)), 409, "case-unsigned")
    done = submitted(world, timezone.now())
    is_problem(firm.post(f"/cases/{done.reference}/submit", if_match=tag(done)), 409, "case-state")


def test_a_method_or_an_address_that_is_not_there(firm: Caller, draft: Case) -> None:
    answer = firm.post(f"/cases/{draft.reference}", method="DELETE")
    is_problem(answer, 405, "method-refused")
    assert answer["Allow"]
    is_problem(firm.get("/nothing"), 404, "address-unknown")


def test_an_error_of_ours_is_a_problem_and_says_nothing_of_the_data(
    firm: Caller, draft: Case, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    number = "QZ123456"

    def broken(*_given: object) -> None:
        raise RuntimeError(number)

    monkeypatch.setattr("minassa.web.api.cases.view_for", broken)
    is_problem(firm.get(f"/cases/{draft.reference}"), 500, "broken")
    assert "RuntimeError" in caplog.text
    assert number not in caplog.text


def test_a_person_without_their_second_factor_is_refused(world: World) -> None:
    http = Client()
    http.force_login(Account.objects.get(pk=world.signer.account_id or 0), settings.AUTHENTICATION_BACKENDS[0])
    is_problem(Caller(http).get("/cases"), 403, "second-factor-required")


def test_a_session_changes_nothing_without_its_csrf_token(world: World, draft: Case) -> None:
    http = Client(enforce_csrf_checks=True)
    http.force_login(Account.objects.get(pk=world.preparer.account_id or 0), settings.AUTHENTICATION_BACKENDS[0])
    path = f"/cases/{draft.reference}/withdraw"
    is_problem(Caller(http).post(path, if_match=tag(draft)), 403, "csrf-refused")
    assert Caller(http).get("/cases").status_code == 200
    http.cookies[settings.CSRF_COOKIE_NAME] = token = "a" * 32
    assert Caller(http).post(path, if_match=tag(draft), x_csrftoken=token).status_code == 200


def test_too_often_says_when_to_come_back(firm: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calling, "BLOCKS", 1)
    monkeypatch.setattr(calling, "SECONDS", 7)
    monkeypatch.setitem(calling.BLOCK, "person", 3)
    assert [firm.get("/cases").status_code for _ in range(3)] == [200, 200, 200]
    answer = firm.get("/cases")
    is_problem(answer, 429, "too-often")
    assert answer["Retry-After"] == "7"


# --- what was read is what is changed --------------------------------------------------------------------------------


def test_a_change_bears_the_tag_of_what_was_read(firm: Caller, draft: Case) -> None:
    path = f"/cases/{draft.reference}/answers"
    given = {"answers": {"jobs_planned": 7}}
    read = firm.get(f"/cases/{draft.reference}")
    is_problem(firm.post(path, given, method="PUT"), 428, "if-match-required")
    is_problem(firm.post(path, given, method="PUT", if_match='"x"'), 412, "if-match-unknown")
    done = firm.post(path, given, method="PUT", if_match=read["ETag"])
    assert done.status_code == 200
    assert done["ETag"] != read["ETag"]
    is_problem(firm.post(path, given, method="PUT", if_match=read["ETag"]), 412, "case-stale")
    assert firm.post(path, given, method="PUT", if_match=done["ETag"]).status_code == 200


# --- one key, one effect ---------------------------------------------------------------------------------------------


def test_a_request_sent_again_has_one_effect_and_the_same_answer(firm: Caller, world: World) -> None:
    asked = {"procedure": "membership", "enterprise_ice": world.enterprise.ice}
    first, again = (firm.post("/cases", asked, key="same") for _ in range(2))
    assert first.status_code == again.status_code == 201
    assert told(first) == told(again)
    assert (first["ETag"], first["Location"]) == (again["ETag"], again["Location"])
    assert again["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first
    assert Case.objects.count() == 1


@pytest.mark.usefixtures("draft")
def test_a_key_used_for_another_request_is_refused(firm: Caller, world: World) -> None:
    asked = {"procedure": "membership", "enterprise_ice": world.enterprise.ice}
    firm.post("/cases", asked, key="same")
    is_problem(firm.post("/cases", {**asked, "procedure": "regularity"}, key="same"), 422, "idempotency-key-reused")
    assert Case.objects.count() == 2


@pytest.mark.parametrize("key", ["", "x" * 81, "a\x7f"])
def test_a_missing_or_unfit_key_is_refused(firm: Caller, world: World, key: str) -> None:
    asked = {"procedure": "membership", "enterprise_ice": world.enterprise.ice}
    is_problem(firm.post("/cases", asked, key=key), 400, "idempotency-key-required")


def test_the_keys_of_two_callers_do_not_meet(firm: Caller, signer: Caller, world: World) -> None:
    asked = {"procedure": "membership", "enterprise_ice": world.enterprise.ice}
    assert (
        told(firm.post("/cases", asked, key="k"))["reference"]
        != told(signer.post("/cases", asked, key="k"))["reference"]
    )


def test_a_refused_request_leaves_its_key_free(firm: Caller, world: World) -> None:
    asked = {"procedure": "nothing", "enterprise_ice": world.enterprise.ice}
    assert firm.post("/cases", asked, key="k").status_code == 422
    assert Idempotency.objects.count() == 0
    assert firm.post("/cases", {**asked, "procedure": "membership"}, key="k").status_code == 201


def test_an_act_sent_again_after_another_one_still_tells_its_first_answer(firm: Caller, draft: Case) -> None:
    path, before = f"/cases/{draft.reference}/answers", tag(draft)
    first = firm.post(path, {"answers": {"jobs_planned": 7}}, method="PUT", if_match=before, key="k")
    firm.post(path, {"answers": {"jobs_planned": 8}}, method="PUT", if_match=first["ETag"])
    again = firm.post(path, {"answers": {"jobs_planned": 7}}, method="PUT", if_match=before, key="k")
    assert told(again) == told(first)
    assert Case.objects.get(pk=draft.pk).answers["jobs_planned"] == 8
    assert Entry.objects.filter(stream=f"case:{draft.pk}", kind="case.saved").count() == 3


def test_the_number_of_a_request_comes_back(firm: Caller) -> None:
    firm.headers = {"X-Request-Id": "mine-1"}
    assert firm.get("/cases")["X-Request-Id"] == "mine-1"
    firm.headers = {"X-Request-Id": "not mine\n"}
    assert firm.get("/cases")["X-Request-Id"] != "not mine\n"


def test_answers_are_kept_by_no_cache_and_open_to_no_other_site(firm: Caller, visitor: Caller) -> None:
    firm.headers = {"Origin": "https://elsewhere.example"}
    answer = firm.get("/cases")
    assert "no-store" in answer["Cache-Control"]
    assert not any(name.lower().startswith("access-control") for name in answer.headers)
    assert json.loads(visitor.get("/openapi.json").content)["openapi"] == "3.1.0"


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("since", "status"),
    [
        ("2519-12-05T16:45:11.85+18:31", 200),
        ("2026-01-01T00:00:00-23:59", 200),
        ("0001-01-01T00:00:00+12:00", 422),
        ("9999-12-31T23:59:59-12:00", 422),
    ],
)
def test_an_instant_of_any_zone_is_read_or_refused(since: str, status: int) -> None:
    assert system("cnss").post("/messages/replay", {"since": since}).status_code == status
