from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from minassa.onestop.models import OutboxMessage, SavedView, Task, TaskState, WorkerBeat
from minassa.onestop.public import assign, propose
from minassa.registry.models import Account, Appointment, Body, Role
from tests.onestop.world import SINCE, World, task_of
from tests.web.cases.people import client_of, now_submitted, of

pytestmark = pytest.mark.django_db


def test_the_most_urgent_task_comes_first_and_says_that_it_is_late(world: World) -> None:
    first, second = now_submitted(world), now_submitted(world)
    Task.objects.filter(case=second, step="commune").update(due_at=timezone.now() - timedelta(hours=2))
    page = client_of("commune").get(reverse("inbox"))
    assert [row.task.case.reference for row in page.context["rows"]] == [second.reference, first.reference]
    assert page.context["numbers"] == {"waiting": 2, "late": 1, "mine": 0, "to_check": 0}
    late = client_of("commune").get(reverse("inbox"), {"echeance": "passee"})
    assert [row.task.case.reference for row in late.context["rows"]] == [second.reference]


@pytest.mark.parametrize(
    "asked", ["etat=xx", "attribution=zz", "after=!!", "lieu=-1", "etat=answered", "after=WyJkIl0"]
)
def test_an_address_written_by_hand_never_breaks_the_queue(world: World, asked: str) -> None:
    now_submitted(world)
    assert client_of("commune").get(f"{reverse('inbox')}?{asked}").status_code == 200


def test_who_decides_without_working_on_tasks_is_led_to_the_cases_to_decide(world: World) -> None:
    assert world.member.signed_in
    assert client_of("cto").get(reverse("inbox"))["Location"] == reverse("inbox-decide")
    assert client_of("prepare").get(reverse("inbox")).status_code in {302, 403}
    assert client_of("prepare").get(reverse("inbox-workload")).status_code == 403


def test_the_task_of_another_body_is_not_known_to_exist(world: World) -> None:
    case = now_submitted(world)
    officer = client_of("dgi")
    assert officer.get(of("task", case, "commune")).status_code == 404
    for route in ("task-propose", "task-validate", "task-return", "task-complement", "task-assign", "task-say"):
        assert officer.post(of(route, case, "commune")).status_code == 404, route


def test_a_body_sees_the_fields_that_concern_it_and_no_other(world: World) -> None:
    case = now_submitted(world)
    shown = {answer.key for answer in client_of("immigration").get(of("task", case, "immigration")).context["answers"]}
    assert "foreign_staff" in shown
    assert "export_share" not in shown


def test_an_unfavourable_answer_needs_a_ground_and_another_hand(world: World) -> None:
    case = now_submitted(world)
    officer, chief = client_of("commune"), client_of("commune-chef")
    address = of("task-propose", case, "commune")
    assert officer.post(address, {"round": 1}).status_code == 422
    mute = officer.post(address, {"answer": "defavorable", "ground": "", "round": 1})
    assert (mute.status_code, mute.context["failed"]) == (422, "answer")
    late = officer.post(address, {"answer": "favorable", "round": 9})
    assert late.status_code == 409
    chief.post(address, {"answer": "defavorable", "ground": "Local inadapté", "round": 1})
    own = chief.post(of("task-validate", case, "commune"))
    assert own.status_code == 422
    assert own.context["error"].code == "task-same-hand"


def test_a_supervisor_gives_a_proposal_back_with_a_reason(world: World) -> None:
    case = now_submitted(world)
    propose(world.officers["commune"], task_of(case, "commune"), True, "", {}, timezone.now())
    chief = client_of("commune-chef")
    assert chief.get(reverse("inbox"), {"etat": "proposed"}).context["rows"][0].to_check
    chief.post(of("task-return", case, "commune"), {"reason": "Voir le plan"})
    assert task_of(case, "commune").state == TaskState.OPEN
    assert "Voir le plan" in client_of("commune").get(of("task", case, "commune")).text


def test_a_complement_asks_for_something(world: World) -> None:
    case = now_submitted(world)
    officer = client_of("commune")
    nothing = officer.post(of("task-complement", case, "commune"), {"round": 1})
    assert (nothing.status_code, nothing.context["failed"]) == (422, "complement")
    officer.post(of("task-complement", case, "commune"), {"item": "premises_contract", "round": 1, "at_once": "oui"})
    case.refresh_from_db()
    assert case.state == "complement"
    assert "déjà été demandé" in client_of("immigration").get(of("task", case, "immigration")).text


def test_one_act_on_several_tasks_says_what_became_of_each(world: World) -> None:
    cases = [now_submitted(world) for _ in range(3)]
    propose(world.officers["commune"], task_of(cases[1], "commune"), True, "", {}, timezone.now())
    officer = client_of("commune")
    keys = [f"{case.uuid}/commune" for case in cases] + [f"{cases[0].uuid}/dgi", "n'importe quoi"]
    led = officer.post(reverse("inbox-together"), {"task": keys, "act": "favorable"})
    outcomes = officer.get(led["Location"]).context["outcomes"]
    assert [outcome["done"] for outcome in outcomes] == [True, False, True, False, False]
    assert {task_of(case, "commune").state for case in cases} == {TaskState.PROPOSED}
    assert task_of(cases[0], "dgi").state == TaskState.OPEN
    chief = client_of("commune-chef")
    led = chief.post(reverse("inbox-together"), {"task": keys[:3], "act": "valider"})
    assert [outcome["done"] for outcome in chief.get(led["Location"]).context["outcomes"]] == [True] * 3
    nothing = officer.post(reverse("inbox-together"), {"act": "rien"}, follow=True)
    assert nothing.context["outcomes"] == []


def test_tasks_are_given_to_oneself_or_to_a_colleague_and_the_load_shows_it(world: World) -> None:
    cases = [now_submitted(world) for _ in range(3)]
    chief = Account.objects.get(email="commune-chef@minassa.example")
    officer = client_of("commune")
    keys = [f"{case.uuid}/commune" for case in cases]
    officer.post(reverse("inbox-together"), {"task": keys[:2], "act": "attribuer", "to": str(chief.uuid)})
    officer.post(of("task-assign", cases[2], "commune"), {"to": "moi"})
    shown = officer.get(reverse("inbox"), {"attribution": str(chief.uuid)}).context["rows"]
    assert {row.task.case.reference for row in shown} == {case.reference for case in cases[:2]}
    loads = {
        load.account.email if load.account else "": load.waiting
        for load in officer.get(reverse("inbox-workload")).context["loads"]
    }
    assert loads == {"commune@minassa.example": 1, "commune-chef@minassa.example": 2, "": 0}
    stranger = Account.objects.get(email="dgi@minassa.example")
    assert officer.post(of("task-assign", cases[0], "commune"), {"to": str(stranger.uuid)}).status_code == 422
    officer.post(of("task-assign", cases[0], "commune"), {"to": "personne"})
    assert task_of(cases[0], "commune").assignee is None


def test_a_view_is_kept_by_its_owner_alone(world: World) -> None:
    now_submitted(world)
    officer, other = client_of("commune"), client_of("commune-chef")
    kept = officer.post(reverse("inbox-view-keep"), {"name": "À voir", "query": "etat=open&echeance=proche&x=1"})
    assert kept["Location"] == f"{reverse('inbox')}?etat=open&echeance=proche"
    view = SavedView.objects.get()
    assert "À voir" in officer.get(reverse("inbox")).text
    assert "À voir" not in other.get(reverse("inbox")).text
    other.post(reverse("inbox-view-drop"), {"view": view.pk})
    assert SavedView.objects.exists()
    officer.post(reverse("inbox-view-keep"), {"name": " ", "query": ""})
    officer.post(reverse("inbox-view-drop"), {"view": view.pk})
    assert not SavedView.objects.exists()


def test_the_queue_is_taken_away_without_formula(world: World) -> None:
    case = now_submitted(world)
    case.enterprise.name = "=EXEMPLE()"
    case.enterprise.save()
    text = client_of("commune").get(reverse("inbox"), {"format": "csv"}).content.decode("utf-8-sig")
    assert f"{case.reference};'=EXEMPLE();" in text


def test_a_message_given_up_is_sent_again_by_who_may(world: World) -> None:
    case = now_submitted(world)
    admin = Account.objects.create(email="admin@minassa.example", password="!")
    Appointment.objects.create(
        account=admin, body=Body.objects.get(code="minassa"), role=Role.ADMINISTRATOR, since=SINCE
    )
    now = timezone.now()
    OutboxMessage.objects.filter(destination="cnss").update(dead_at=now, attempts=20, last_error="HTTP 500")
    message = OutboxMessage.objects.get(destination="cnss")
    WorkerBeat.objects.create(name="essai:1", started_at=now, beat_at=now)
    page = client_of("admin").get(reverse("dead-letters"))
    assert [each.message_id for each, _name in page.context["rows"]] == [message.message_id]
    assert case.reference in page.text
    assert "essai:1" in page.text
    assert client_of("cnss-chef").get(reverse("dead-letters")).context["rows"]
    assert client_of("dgi-chef").get(reverse("dead-letters")).context["rows"] == []
    again = reverse("dead-letter-resend", args=[message.message_id])
    assert client_of("dgi-chef").post(again).status_code == 403
    assert client_of("commune").get(reverse("dead-letters")).status_code == 403
    client_of("admin").post(again)
    message.refresh_from_db()
    assert message.dead_at is None
    assert client_of("admin").post(again, follow=True).status_code == 200


def test_what_was_delivered_is_sent_again_by_who_may_from_the_page(world: World) -> None:
    now_submitted(world)
    now = timezone.now()
    body = Body.objects.get(code="cnss")
    body.endpoint = "https://cnss.example/events"
    body.save()
    OutboxMessage.objects.filter(destination="cnss").update(delivered_at=now)
    address = reverse("messages-replay", args=["cnss"])
    chief = client_of("cnss-chef")
    assert address in chief.get(reverse("dead-letters")).text
    assert client_of("dgi-chef").post(address, {"since": "2020-01-01T00:00"}).status_code == 403
    assert client_of("cnss-chef").post(reverse("messages-replay", args=["nobody"])).status_code == 404
    for wrong in ("", "hier", "9999-99-99T00:00"):
        assert chief.post(address, {"since": wrong}, follow=True).status_code == 200
    assert OutboxMessage.objects.get(destination="cnss").delivered_at == now
    assert "1 message repart." in chief.post(address, {"since": "2020-01-01T00:00"}, follow=True).text
    assert OutboxMessage.objects.get(destination="cnss").delivered_at is None


def test_the_queue_costs_the_same_whatever_its_length(world: World, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    for _ in range(8):
        now_submitted(world)
    officer = client_of("commune")
    officer.get(reverse("inbox"))
    with django_assert_max_num_queries(24):
        officer.get(reverse("inbox"))


def test_an_assignment_is_said_on_the_task(world: World) -> None:
    case = now_submitted(world)
    assign(
        world.officers["commune"],
        task_of(case, "commune"),
        Account.objects.get(email="commune@minassa.example"),
        timezone.now(),
    )
    assert "commune@minassa.example" in client_of("commune-chef").get(of("task", case, "commune")).text
