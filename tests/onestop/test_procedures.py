from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command

from minassa.onestop.errors import InvalidAnswers, InvalidProcedure, UncleanRebase, UnknownProcedure
from minassa.onestop.models import Case, ProcedureVersion
from minassa.onestop.procedure_schema import Label, Procedure
from minassa.onestop.public import (
    definition,
    in_force,
    open_case,
    publish_procedures,
    rebase,
    rehearse_all,
    save_draft,
    version_in_force,
)
from minassa.onestop.publishing import content_of, digest_of, parse_procedure, shipped
from minassa.registry.models import Body, Role
from tests.onestop.world import NOW, World, appointed, drafted, submitted

CODES = {
    "derogation",
    "installation",
    "membership",
    "membership_outside",
    "regularity",
    "talent_visa",
    "work_authorisation",
}


def test_seven_procedures_are_shipped_each_with_its_three_languages() -> None:
    assert {procedure.code for procedure in shipped()} == CODES
    for procedure in shipped():
        for words in labels(procedure.model_dump()):
            assert len({words["fr"], words["ar"], words["en"]}) > 1
            assert any("\u0600" <= sign <= "\u06ff" for sign in words["ar"])


def labels(content: object) -> list[dict[str, str]]:
    if isinstance(content, dict):
        if content.keys() == Label.model_fields.keys():
            return [content]
        return [found for value in content.values() for found in labels(value)]
    return [found for value in content for found in labels(value)] if isinstance(content, list) else []


def test_a_procedure_that_pays_gives_no_effect_to_silence() -> None:
    content = content_of(next(one for one in shipped() if one.code == "derogation"))
    content["decision"]["silence"] = "acceptance"
    with pytest.raises(InvalidProcedure, match="silence"):
        parse_procedure(content, "test")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("fields", 0, "type"), "anything"),
        (("fields", 0, "label"), {"fr": "a", "en": "b"}),
        (("fields", 0, "surprise"), 1),
        (("fields", 1, "key"), "activity"),
        (("tasks", 0, "delay"), "no_such_delay"),
        (("tasks", 1, "step"), "cnss"),
        (("source", "text"), "no-such-text"),
        (("steps", 0, "documents"), ["no_such_document"]),
        (("tasks",), []),
    ],
)
def test_what_departs_from_the_schema_is_refused(path: tuple[Any, ...], value: object) -> None:
    content = copy.deepcopy(content_of(next(one for one in shipped() if one.code == "membership")))
    place = content
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    with pytest.raises(InvalidProcedure):
        parse_procedure(content, "test")


@pytest.mark.django_db
def test_publishing_again_changes_nothing_and_a_changed_version_is_refused(world: World) -> None:
    assert publish_procedures(NOW) == []
    call_command("publish_procedures", verbosity=0)
    assert ProcedureVersion.objects.count() == len(shipped())
    ProcedureVersion.objects.filter(code="membership").update(digest="0" * 64)
    with pytest.raises(InvalidProcedure):
        publish_procedures(NOW)
    assert world.enterprise.pk


@pytest.mark.django_db
def test_what_is_not_in_force_or_not_open_cannot_be_asked_for(world: World) -> None:
    with pytest.raises(UnknownProcedure):
        open_case(world.signer, world.enterprise, "talent_visa", NOW)
    with pytest.raises(UnknownProcedure):
        open_case(world.signer, world.enterprise, "nothing", NOW)
    with pytest.raises(UnknownProcedure):
        version_in_force("membership", date(2025, 6, 30))
    assert {procedure.code for procedure in in_force(NOW.date())} == CODES


@pytest.mark.django_db
@pytest.mark.parametrize(
    "answer",
    [
        {"place": 999},
        {"place": "casa"},
        {"filiere": 9},
        {"jobs_planned": -1},
        {"jobs_planned": 1.5},
        {"started_on": "05/01/2026"},
        {"premises": "rented"},
        {"foreign_staff": "peut-être"},
        {"contact_email": "nobody"},
        {"unknown": 1},
        {"activity": "x" * 300},
    ],
)
def test_an_answer_that_does_not_fit_its_field_is_refused_and_nothing_is_saved(
    world: World, answer: dict[str, object]
) -> None:
    case = drafted(world)
    before = dict(case.answers)
    with pytest.raises(InvalidAnswers) as refused:
        save_draft(world.preparer, case, {"export_share": 99, **answer}, NOW)
    assert list(refused.value.details["problems"]) == list(answer)  # type: ignore[call-overload]
    case.refresh_from_db()
    assert case.answers == before


def next_version(procedure: Procedure, **changes: object) -> ProcedureVersion:
    content = {**content_of(procedure), "version": procedure.version + 1, **changes}
    return ProcedureVersion.objects.create(
        code=procedure.code,
        version=procedure.version + 1,
        in_force_from=date(2026, 3, 10),
        content=content,
        digest=digest_of(content),
        published_at=NOW,
    )


@pytest.mark.django_db
def test_a_new_version_leaves_open_cases_alone_and_a_rebase_says_first_what_it_would_do(world: World) -> None:
    administrator = appointed("admin", Body.objects.get(code="minassa"), Role.ADMINISTRATOR)
    case = drafted(world)
    old = definition(case.procedure_id)
    kept = [field for field in content_of(old)["fields"] if field["key"] != "export_share"]
    phone = next(field for field in kept if field["key"] == "contact_phone")
    phone["required"] = True
    next_version(old, fields=kept, tasks=content_of(old)["tasks"][:4])
    assert Case.objects.get(pk=case.pk).procedure.version == 1
    changes = rebase(administrator, case, 2, NOW)
    assert (changes.answers_lost, changes.newly_required) == (("export_share",), ("contact_phone",))
    assert not changes.clean
    with pytest.raises(UncleanRebase):
        rebase(administrator, case, 2, NOW, rehearse=False)
    rebase(administrator, case, 2, NOW, rehearse=False, confirmed=True)
    case.refresh_from_db()
    assert case.procedure.version == 2
    assert "export_share" not in case.answers


@pytest.mark.django_db
def test_all_open_cases_are_rehearsed_and_none_is_changed(world: World) -> None:
    cases = [drafted(world), submitted(world)]
    old = definition(cases[0].procedure_id)
    next_version(old, tasks=content_of(old)["tasks"][:4])
    found = {changes.case: changes for changes in rehearse_all("membership", 2)}
    assert found[cases[0].reference].clean
    assert found[cases[1].reference].tasks_removed == ("gisre",)
    call_command("rehearse_rebase", "membership", "2", verbosity=0)
    assert {case.procedure.version for case in Case.objects.select_related("procedure")} == {1}
