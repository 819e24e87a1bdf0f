from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from minassa.declarations.checking import check
from minassa.declarations.ebds import Family
from minassa.intake.models import Upload, UploadFinding
from minassa.intake.public import changes_of, excerpts, work_once
from minassa.intake.spans import lengths
from minassa.journal.models import Entry
from tests.declarations.deposit.building import (
    CIN,
    FAMILY_NAME,
    FIRM,
    GIVEN_NAME,
    OTHER_FIRM,
    PERSONS,
    accounts,
    ebds,
    entrant,
    every_kind,
    put,
    register,
    sheet,
    statement,
)
from tests.intake.firms import NOW, checked, deposited, firm, mandated, other_firm, sent, worked

pytestmark = pytest.mark.django_db


def broken_ebds() -> tuple[str, bytes]:
    """A declaration whose second person has 99 days."""
    name, content = ebds()
    lines = content.split(b"\n")
    lines[3] = lines[3][:111] + b"99" + lines[3][113:]
    return name, b"\n".join(lines)


def found(upload: Upload) -> list[tuple[str, str, int, int, str]]:
    return [(f.rule, f.severity, f.line, f.column, f.message) for f in upload.findings.all()]


@pytest.mark.parametrize("file", [broken_ebds(), register(birth_year=1800), accounts("1,x"), sheet(), statement()])
def test_the_web_says_exactly_what_the_command_says(file: tuple[str, bytes], tmp_path: Path) -> None:
    enterprise = firm()
    upload = checked(mandated(enterprise), enterprise, file)
    (report,) = check([put(tmp_path / "there", file) / file[0]])
    assert sorted(found(upload)) == sorted((f.rule, f.severity, f.line, f.column, f.message) for f in report.findings)
    assert (upload.kind, upload.period) == (report.kind, report.period)
    assert (upload.lines, upload.accepted, upload.rejected) == (report.lines, report.accepted, report.rejected)
    assert upload.state == ("refused" if report.refused or not report.accepted else "checked")


def test_every_kind_is_checked_and_ready() -> None:
    enterprise = firm()
    enterprise.fiscal_id = 1_234_567
    enterprise.save()
    actor = mandated(enterprise)
    for file in every_kind():
        upload = checked(actor, enterprise, file)
        assert (upload.state, upload.problem) == ("checked", ""), (file[0], found(upload))


def test_a_file_of_another_firm_is_refused() -> None:
    own = firm()
    other_firm()
    upload = checked(mandated(own), own, ebds(firm=OTHER_FIRM))
    assert (upload.state, upload.problem, upload.enterprise) == ("refused", "foreign-affiliation", own)


def test_a_file_of_another_firm_that_the_sender_represents_goes_to_that_firm() -> None:
    own, other = firm(), other_firm()
    upload = checked(mandated(own, other, name="accountant"), own, ebds(firm=OTHER_FIRM))
    assert (upload.state, upload.enterprise) == ("checked", other)


def test_a_return_that_names_no_employer_must_bear_the_firms_own_tax_number() -> None:
    enterprise = firm()
    actor = mandated(enterprise)
    name, content = statement()
    silent = content.replace(f"<numeroCNSS>{FIRM:07d}</numeroCNSS>".encode(), b"")
    assert silent != content
    upload = checked(actor, enterprise, (name, silent))
    assert upload.problem == "no-affiliation"
    enterprise.fiscal_id = 1_234_567
    enterprise.save()
    again = checked(actor, enterprise, ("autre.xml", silent))
    assert (again.state, again.problem) == ("checked", "")


def test_a_file_of_no_known_kind_is_refused() -> None:
    enterprise = firm()
    upload = checked(mandated(enterprise), enterprise, ("notes.txt", b"bonjour\n"))
    assert (upload.state, upload.problem) == ("refused", "kind-unknown")


def test_a_declaration_is_checked_beside_what_cnss_announced() -> None:
    enterprise = firm()
    actor = mandated(enterprise)
    deposited(actor, enterprise, ebds(Family.PREETABLI))
    alone = checked(actor, enterprise, ebds(persons=PERSONS[:2]), NOW + timedelta(hours=1))
    assert alone.rejected or alone.findings.exists()


def test_what_changes_against_the_month_before_is_counted() -> None:
    enterprise = firm()
    actor = mandated(enterprise)
    assert not checked(actor, enterprise, ebds()).counts["changes"]
    deposited(actor, enterprise, ebds(period=202_509, persons=PERSONS[:3], salary=500_000))
    newer = ebds(persons=PERSONS[1:3], salary=520_000, entrants=entrant(PERSONS[4], CIN, 400_000))
    upload = checked(actor, enterprise, newer, NOW + timedelta(hours=1))
    changes = changes_of(upload.counts["changes"])
    assert changes is not None
    assert (changes.heads_before, changes.heads, changes.entries, changes.exits) == (3, 3, 1, 1)
    assert (changes.salaries_before, changes.salaries) == (1_500_000, 1_440_000)
    assert (changes.more_heads, changes.more_salaries) == (0, -60_000)


def test_what_the_file_would_replace_is_told_before_it_is_deposited() -> None:
    enterprise = firm()
    actor = mandated(enterprise)
    deposited(actor, enterprise, ebds())
    upload = checked(actor, enterprise, ebds(salary=510_000), NOW + timedelta(hours=1))
    assert upload.counts["replaces"].startswith("2026-11-23T09:00")


def test_no_person_is_named_in_findings_nor_in_the_journal() -> None:
    enterprise = firm()
    actor = mandated(enterprise)
    for file in (broken_ebds(), register(birth_year=1800), ebds(Family.COMPLEMENTARY, complement=1)):
        checked(actor, enterprise, file)
    said = [*UploadFinding.objects.values_list("message", flat=True), *map(str, Entry.objects.values_list("body"))]
    for person in (CIN, FAMILY_NAME.decode(), GIVEN_NAME.decode(), *map(str, PERSONS)):
        assert not [text for text in said if person in text]


def test_the_place_of_a_finding_is_underlined_on_its_line() -> None:
    enterprise = firm()
    upload = checked(mandated(enterprise), enterprise, broken_ebds())
    here = [finding for finding in upload.findings.all() if finding.line == 4]
    assert here
    shown = excerpts(upload, here, masked=False)
    assert [line.line for line in shown] == [3, 4, 5]
    (days,) = {piece.text for piece in shown[1].pieces if piece.findings and piece.text == "99"}
    assert days == "99"
    assert FAMILY_NAME.decode() in "".join(piece.text for piece in shown[1].pieces)


@pytest.mark.parametrize("file", [broken_ebds(), register(birth_year=1800), statement()])
def test_masked_lines_keep_their_columns_and_lose_their_persons(file: tuple[str, bytes]) -> None:
    enterprise = firm()
    upload = checked(mandated(enterprise), enterprise, file)
    lines = [UploadFinding(upload=upload, line=line, column=1, length=1) for line in range(1, 60)]
    plain = {e.line: "".join(p.text for p in e.pieces) for e in excerpts(upload, lines, masked=False)}
    masked = {e.line: "".join(p.text for p in e.pieces) for e in excerpts(upload, lines, masked=True)}
    assert plain.keys() == masked.keys()
    assert {line: len(text) for line, text in plain.items()} == {line: len(text) for line, text in masked.items()}
    for person in (CIN, FAMILY_NAME.decode(), GIVEN_NAME.decode(), *map(str, PERSONS)):
        assert not [text for text in masked.values() if person in text]
    assert any(person in text for text in plain.values() for person in (CIN, FAMILY_NAME.decode()))


def test_the_span_of_a_finding_is_its_field_its_cell_or_its_element() -> None:
    record = b"B02" + b"0" * 257
    assert lengths("ebds_principal", record, [(1, 112), (1, 113), (1, 0), (0, 0), (9, 1)]) == {
        (1, 112): 2,
        (1, 113): 1,
        (1, 0): 0,
        (9, 1): 0,
    }
    assert lengths("staff_register", b'a;"b;c";d\n', [(1, 1), (1, 3), (1, 9)]) == {(1, 1): 1, (1, 3): 5, (1, 9): 1}
    assert lengths("simpl_ir_9421", b"<a><b>12</b></a>", [(1, 4)]) == {(1, 4): 9}


def test_a_killed_worker_gives_its_file_back(monkeypatch: pytest.MonkeyPatch) -> None:
    enterprise = firm()
    upload = sent(mandated(enterprise), enterprise, ebds())

    def killed(_upload: Upload) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("minassa.intake.checking.judge", killed)
        with pytest.raises(KeyboardInterrupt):
            work_once(NOW)
    upload.refresh_from_db()
    assert upload.state == "checking"
    assert work_once(NOW + timedelta(minutes=9)) == 0
    assert work_once(NOW + timedelta(minutes=11)) == 1
    upload.refresh_from_db()
    assert upload.state == "checked"


def test_a_file_that_stops_every_worker_is_refused_at_last(monkeypatch: pytest.MonkeyPatch) -> None:
    enterprise = firm()
    upload = sent(mandated(enterprise), enterprise, ebds())

    def failing(_upload: Upload) -> None:
        raise OSError

    monkeypatch.setattr("minassa.intake.checking.judge", failing)
    for hour in range(8):
        worked(NOW + timedelta(hours=hour))
    upload.refresh_from_db()
    assert (upload.state, upload.problem, upload.due_at) == ("refused", "check-failed", None)


def test_a_verdict_that_comes_after_its_lease_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    enterprise = firm()
    upload = sent(mandated(enterprise), enterprise, ebds())
    from_then = NOW + timedelta(minutes=11)
    seen: list[int] = []
    judge = __import__("minassa.intake.checking", fromlist=["judge"]).judge

    def slow(taken: Upload) -> object:
        seen.append(1)
        if len(seen) == 1:
            assert work_once(from_then) == 1
        return judge(taken)

    monkeypatch.setattr("minassa.intake.checking.judge", slow)
    assert work_once(NOW) == 1
    upload.refresh_from_db()
    assert upload.state == "checked"
    assert Entry.objects.filter(kind="upload.checked").count() == 1
