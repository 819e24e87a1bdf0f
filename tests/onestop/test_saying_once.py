"""What an enterprise said or gave once is there the next time; who sees what; what is kept encrypted."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from minassa.journal.public import Entry
from minassa.onestop.errors import CaseError, IncompleteCase, RefusedDocument, StaleCase, Unsigned
from minassa.onestop.media import XLSX, media_type_of
from minassa.onestop.models import CaseState, Document, Fact
from minassa.onestop.public import (
    drop_document,
    give_document,
    messages_for,
    open_case,
    read_document,
    reusable,
    save_draft,
    say,
    sign,
    submit,
    use_document,
    view_for,
)
from minassa.registry.public import Forbidden
from tests.onestop.world import ANSWERS, NOW, PDF, World, drafted, submitted

pytestmark = pytest.mark.django_db


def test_what_was_said_in_one_case_is_there_in_the_next(world: World) -> None:
    first = open_case(world.preparer, world.enterprise, "membership", NOW)
    assert first.answers == {"filiere": 2, "place": 101}
    case = submitted(world)
    assert open_case(world.preparer, world.enterprise, "installation", NOW).answers == {
        "activity": "centre-appels",
        "filiere": 2,
        "place": 101,
        "contact_email": "suivi@exemple.example",
    }
    count = Fact.objects.count()
    submitted(world)
    assert Fact.objects.count() == count
    assert case.state == CaseState.IN_REVIEW


def test_a_document_is_kept_once_encrypted_and_given_back(world: World, settings: Settings) -> None:
    given = give_document(world.preparer, world.enterprise, "premises_contract", "../bail.exe", PDF, NOW)
    again = give_document(world.preparer, world.enterprise, "premises_contract", "autre.pdf", PDF, NOW)
    assert (given.pk, given.name, given.media_type) == (again.pk, "bail.pdf", "application/pdf")
    [file] = [path for path in Path(settings.MINASSA_FILES).rglob("*") if path.is_file()]
    assert PDF not in file.read_bytes()
    assert read_document(world.preparer, given, NOW) == PDF
    assert list(reusable(world.enterprise, "premises_contract", NOW.date())) == [given]


@pytest.mark.parametrize("content", [b"", b"MZ\x90\x00", b"<html>;</html>", b"PK\x03\x04junk", b"\x00;\x01"])
def test_what_is_not_one_of_the_five_kinds_is_refused_and_leaves_nothing(
    world: World, settings: Settings, content: bytes
) -> None:
    with pytest.raises(RefusedDocument):
        give_document(world.preparer, world.enterprise, "premises_contract", "bail.pdf", content, NOW)
    assert not [path for path in Path(settings.MINASSA_FILES).rglob("*") if path.is_file()]
    assert not Document.objects.exists()


def test_a_workbook_with_macros_is_no_workbook() -> None:
    assert media_type_of(workbook("xl/workbook.xml")) == XLSX
    assert media_type_of(workbook("xl/workbook.xml", "xl/vbaProject.bin")) is None
    assert media_type_of("nom;prénom\nA;B".encode("cp1252")) == "text/csv"


def workbook(*names: str) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name in ("[Content_Types].xml", *names):
            archive.writestr(name, "<x/>")
    return kept.getvalue()


def test_a_document_is_read_by_those_whom_the_procedure_shows_it_and_that_is_told(world: World) -> None:
    submitted(world)
    document = Document.objects.get()
    assert read_document(world.officers["commune"], document, NOW) == PDF
    for actor in (world.officers["dgi"], world.officers["anapec"], world.stranger):
        with pytest.raises(Forbidden):
            read_document(actor, document, NOW)
    told = Entry.objects.filter(kind="document.read").values_list("actor", flat=True)
    assert list(told) == [str(world.officers["commune"])]


def test_a_document_of_another_enterprise_or_for_nothing_asked_is_refused(world: World) -> None:
    case = drafted(world)
    other = Document.objects.get()
    with pytest.raises(RefusedDocument):
        use_document(world.preparer, case, "no_such_thing", other, NOW)
    [enterprise] = world.stranger.enterprises()
    Document.objects.update(enterprise=enterprise)
    with pytest.raises(RefusedDocument):
        use_document(world.preparer, case, "premises_contract", Document.objects.get(), NOW)


def test_nothing_leaves_without_what_is_required_and_a_signature_on_it(world: World) -> None:
    case = drafted(world)
    document = Document.objects.get()
    drop_document(world.preparer, case, "premises_contract", document, NOW)
    save_draft(world.preparer, case, {"jobs_planned": ""}, NOW)
    with pytest.raises(IncompleteCase) as refused:
        sign(world.signer, case, NOW)
    assert refused.value.details["problems"].keys() == {"jobs_planned", "premises_contract"}  # type: ignore[attr-defined]
    save_draft(world.preparer, case, {"jobs_planned": 12}, NOW)
    use_document(world.preparer, case, "premises_contract", document, NOW)
    submit(world.preparer, case, NOW)
    assert case.state == CaseState.TO_SIGN
    with pytest.raises(Unsigned):
        submit(world.preparer, case, NOW)
    sign(world.signer, case, NOW)
    save_draft(world.preparer, case, {"jobs_planned": 13}, NOW)
    assert case.state == CaseState.DRAFT
    submit(world.preparer, case, NOW)
    with pytest.raises(Unsigned):
        submit(world.preparer, case, NOW)
    save_draft(world.preparer, case, {"jobs_planned": 12}, NOW)
    submit(world.preparer, case, NOW)
    submit(world.preparer, case, NOW)
    assert case.state == CaseState.IN_REVIEW


def test_who_read_an_older_version_is_told_that_it_has_changed(world: World) -> None:
    case = drafted(world)
    seen = case.version
    save_draft(world.preparer, case, {"jobs_planned": 1}, NOW, expected=seen)
    with pytest.raises(StaleCase):
        save_draft(world.signer, case, {"jobs_planned": 2}, NOW, expected=seen)
    assert case.answers["jobs_planned"] == 1


def test_what_is_about_a_person_is_kept_encrypted_and_shown_to_those_who_need_it(world: World) -> None:
    case = open_case(world.preparer, world.enterprise, "work_authorisation", NOW)
    said = {
        "talent_name": "Talent FICTIF",
        "talent_nationality": "FR",
        "talent_passport": "QZ123",
        "job_title": "Architecte",
        "skills": "Données",
        "contract_months": 12,
        "monthly_salary": 2_000_000,
        "place": 101,
        "exemption": "spouse",
    }
    save_draft(world.preparer, case, said, NOW)
    for key in ("contract", "passport", "diplomas", "exemption_proof"):
        use_document(
            world.preparer, case, key, give_document(world.preparer, world.enterprise, key, "x", PDF, NOW), NOW
        )
    sign(world.signer, case, NOW)
    submit(world.signer, case, NOW)
    assert not {"talent_name", "talent_passport"} & case.answers.keys()
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(registry_person)::text FROM registry_person")
        assert "FICTIF" not in cursor.fetchone()[0]
    assert set(case.tasks.values_list("step", flat=True)) == {"visa", "cnss"}
    shown = {field.field.key: field.value for field in view_for(world.officers["immigration"], case).fields}
    assert shown["talent_name"] == "Talent FICTIF"
    seen = {field.field.key for field in view_for(world.officers["cnss"], case).fields}
    assert seen == {"job_title", "monthly_salary", "occupation", "place"}
    assert "FICTIF" not in str(list(case.outbox.values_list("body", flat=True)))
    assert "FICTIF" not in str(list(Entry.objects.values_list("body", flat=True)))


def test_a_reserved_message_is_read_by_its_body_and_the_firm_alone(world: World) -> None:
    case = submitted(world)
    say(world.preparer, case, "Pour la CNSS", "cnss", NOW)
    say(world.officers["cnss"], case, "Pour tous", "", NOW)
    assert [one.text for one in messages_for(world.preparer, case)] == ["Pour la CNSS", "Pour tous"]
    assert [one.text for one in messages_for(world.officers["cnss"], case)] == ["Pour la CNSS", "Pour tous"]
    assert [one.text for one in messages_for(world.officers["dgi"], case)] == ["Pour tous"]
    with pytest.raises(Forbidden):
        say(world.officers["dgi"], case, "Au nom d'un autre", "cnss", NOW)
    with pytest.raises(Forbidden):
        say(world.stranger, case, "Bonjour", "", NOW)
    with pytest.raises(CaseError):
        say(world.preparer, case, "  ", "", NOW)


def test_a_draft_is_seen_by_the_firm_alone(world: World) -> None:
    case = drafted(world)
    assert view_for(world.preparer, case).case.pk == case.pk
    for actor in (world.officers["cnss"], world.member, world.stranger):
        with pytest.raises(Forbidden):
            view_for(actor, case)
    assert ANSWERS.keys() <= case.answers.keys()
