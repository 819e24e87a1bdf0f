from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from django.conf import settings
from django.db import connection, connections

from minassa.declarations.ebds import Family
from minassa.declarations.lake import CNSS_LINES
from minassa.intake.models import Upload
from minassa.intake.public import (
    UploadRefused,
    declared,
    deposit,
    history,
    lake,
    receipt,
    sweep,
    uploads_of,
    versions,
    withdraw,
    work_once,
)
from minassa.journal.models import Entry
from minassa.registry.public import Forbidden
from minassa.vocabulary.periods import format_month
from tests.declarations.deposit.building import PERSONS, ebds, register
from tests.intake.firms import NOW, checked, deposited, firm, mandated, officer, other_firm, worked

LATER = NOW + timedelta(hours=1)
ROOT = Path(__file__).parents[2]


def in_lake() -> pl.DataFrame:
    return lake().files().sort("file_id").collect()


@pytest.mark.django_db
def test_a_deposit_puts_the_file_in_the_lake_and_writes_its_journal() -> None:
    enterprise = firm()
    actor = mandated(enterprise)
    upload = deposited(actor, enterprise, ebds())
    assert in_lake()["digest"].to_list() == [upload.sha256]
    assert lake().current(CNSS_LINES).collect().height == len(PERSONS[:3])
    assert upload.deposited_at == NOW + timedelta(seconds=1)
    kinds = Entry.objects.filter(stream=f"upload:{upload.pk}").order_by("number").values_list("kind", "actor")
    assert list(kinds) == [
        ("upload.received", str(actor)),
        ("upload.checked", "system:intake"),
        ("upload.deposit-asked", str(actor)),
        ("upload.deposited", str(actor)),
    ]
    proof = receipt(upload)
    assert proof.entry.body["sha256"] == upload.sha256
    assert len(proof.entry_hash) == 64


@pytest.mark.django_db
def test_a_correction_replaces_the_former_deposit_and_both_stay_in_the_history() -> None:
    enterprise = firm()
    actor = mandated(enterprise)
    first = deposited(actor, enterprise, ebds())
    second = deposited(actor, enterprise, ebds(salary=510_000), LATER)
    assert second.supersedes == first
    assert second.counts["replaces"].startswith("2026-11-23T09:00")
    assert in_lake()["current"].to_list() == [False, True]
    assert list(versions(first)) == [second, first]
    assert list(history(actor, enterprise)) == [second, first]


@pytest.mark.django_db
def test_asking_twice_deposits_once() -> None:
    enterprise = firm()
    actor = mandated(enterprise)
    upload = checked(actor, enterprise, ebds())
    deposit(actor, upload, NOW)
    deposit(actor, upload, NOW + timedelta(seconds=3))
    assert worked(LATER) == 1
    deposit(actor, upload, LATER)
    assert worked(LATER) == 0
    assert in_lake().height == 1
    assert Entry.objects.filter(kind="upload.deposited").count() == 1


@pytest.mark.django_db
def test_only_a_checked_file_is_deposited_and_only_by_the_mandated() -> None:
    own, other = firm(), other_firm()
    actor, stranger = mandated(own), mandated(other, name="stranger")
    upload = checked(actor, own, ebds(firm=other.affiliation or 0))
    with pytest.raises(UploadRefused):
        deposit(actor, upload, NOW)
    sound = checked(actor, own, ebds())
    for who in (stranger, officer()):
        with pytest.raises(Forbidden):
            deposit(who, sound, NOW)
        with pytest.raises(Forbidden):
            withdraw(who, sound, NOW)
    with pytest.raises(UploadRefused):
        receipt(sound)
    assert not in_lake().height


@pytest.mark.usefixtures("committed")
def test_what_is_withdrawn_is_erased_and_what_is_deposited_is_not_withdrawn(home: Path) -> None:
    enterprise = firm()
    actor = mandated(enterprise)
    upload = checked(actor, enterprise, ebds())
    assert (home / "files" / "uploads" / upload.storage_name).exists()
    withdraw(actor, upload, NOW)
    assert not (home / "files" / "uploads" / upload.storage_name).exists()
    with pytest.raises(UploadRefused):
        deposit(actor, upload, NOW)
    kept = deposited(actor, enterprise, ebds())
    with pytest.raises(UploadRefused):
        withdraw(actor, kept, NOW)


@pytest.mark.django_db
def test_a_process_killed_between_the_lake_and_the_row_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    enterprise = firm()
    actor = mandated(enterprise)
    upload = checked(actor, enterprise, ebds())
    deposit(actor, upload, NOW)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("minassa.intake.depositing.write_down", killed)
        with pytest.raises(KeyboardInterrupt):
            work_once(NOW)
    upload.refresh_from_db()
    assert upload.state == "depositing"
    assert in_lake().height == 1
    assert work_once(NOW + timedelta(minutes=11)) == 1
    upload.refresh_from_db()
    assert (upload.state, upload.lake_file) == ("deposited", in_lake()["file_id"][0])
    assert in_lake().height == 1


@pytest.mark.django_db
def test_a_killed_deposit_never_comes_back_over_a_newer_one(monkeypatch: pytest.MonkeyPatch) -> None:
    enterprise = firm()
    actor = mandated(enterprise)
    old, new = checked(actor, enterprise, ebds()), checked(actor, enterprise, ebds(salary=510_000))
    deposit(actor, old, NOW)
    deposit(actor, new, NOW + timedelta(seconds=1))

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("minassa.intake.depositing.write_down", killed)
        with pytest.raises(KeyboardInterrupt):
            work_once(NOW)
    # The newer one waits for the older, whose worker is dead.
    assert work_once(NOW + timedelta(minutes=1)) == 0
    assert worked(NOW + timedelta(minutes=11)) == 2
    assert in_lake().filter(pl.col("current"))["digest"].to_list() == [new.sha256]
    new.refresh_from_db()
    assert new.supersedes == old


@pytest.mark.django_db
def test_what_cnss_announced_meanwhile_may_refuse_the_deposit() -> None:
    enterprise = firm()
    actor = mandated(enterprise)
    upload = checked(actor, enterprise, ebds(transfer=1))
    deposited(actor, enterprise, ebds(Family.PREETABLI))
    deposit(actor, upload, LATER)
    worked(LATER)
    upload.refresh_from_db()
    assert (upload.state, upload.problem) == ("refused", "file-refused")
    assert upload.findings.exists()
    assert not in_lake().filter((pl.col("digest") == upload.sha256) & pl.col("current")).height


@pytest.mark.django_db
def test_the_deposit_that_fails_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    enterprise = firm()
    actor = mandated(enterprise)
    upload = checked(actor, enterprise, ebds())
    deposit(actor, upload, NOW)

    def failing(*_: object) -> None:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr("minassa.intake.depositing.deposit_files", failing)
        for hour in range(8):
            worked(NOW + timedelta(hours=hour))
    upload.refresh_from_db()
    assert (upload.state, upload.problem) == ("checked", "deposit-failed")
    deposit(actor, upload, NOW + timedelta(days=1))
    assert worked(NOW + timedelta(days=1)) == 1
    assert in_lake().height == 1


@pytest.mark.django_db
def test_the_months_declared_and_those_missing() -> None:
    enterprise = firm()
    actor = mandated(enterprise)
    today = date(2026, 1, 5)
    assert declared(enterprise, today).until == ""
    assert [format_month(month) for month in declared(enterprise, today).missing] == ["2025-12"]
    for period in (202_509, 202_511):
        deposited(actor, enterprise, ebds(period=period))
    found = declared(enterprise, today)
    assert [format_month(month) for month in found.missing] == ["2025-10", "2025-12"]
    assert (found.until, found.due_on) == ("2025-09", date(2025, 11, 10))
    checked(actor, enterprise, register())
    sent = uploads_of(enterprise, today)
    assert (sent.declared_until, sent.missing, sent.waiting, sent.deposited) == (
        "2025-09",
        ("2025-10", "2025-12"),
        1,
        2,
    )


@pytest.mark.usefixtures("committed")
def test_two_workers_at_once_do_each_thing_once() -> None:
    enterprise = firm()
    actor = mandated(enterprise)
    months = [ebds(period=period) for period in (202_506, 202_507, 202_508, 202_509)]
    uploads = [checked(actor, enterprise, file) for file in months]
    for rank, upload in enumerate(uploads):
        deposit(actor, upload, NOW + timedelta(seconds=rank))
    failures: list[BaseException] = []
    start = threading.Barrier(2)

    def work() -> None:
        try:
            start.wait()
            idle = 0
            while idle < 3:
                idle = 0 if work_once(LATER) else idle + 1
        except BaseException as cause:  # noqa: BLE001 (told by the test)
            failures.append(cause)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    worked(LATER)
    assert not failures
    assert set(Upload.objects.values_list("state", flat=True)) == {"deposited"}
    assert in_lake().height == len(months)
    assert Entry.objects.filter(kind="upload.deposited").count() == len(months)


KILLED = """
import os, signal, sys
import django
django.setup()
from datetime import datetime
from minassa.intake import depositing, receiving
from minassa.intake.public import incoming, receive, work_once
from minassa.registry.models import Account, Enterprise
from minassa.registry.public import actor_of

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

at, where = datetime.fromisoformat(sys.argv[1]), sys.argv[2]
if where == "deposit":
    depositing.write_down = die
    work_once(at)
else:
    receiving._written = die
    file = incoming("DS_9900003_202510.txt", [sys.stdin.buffer.read()])
    receive(actor_of(Account.objects.get()), Enterprise.objects.get(), [file], at)
sys.exit("still alive")
"""


def killed_process(where: str, given: bytes = b"") -> int:
    """How a process ended that the system killed at the worst moment."""
    said = connection.settings_dict
    address = f"postgresql://{said['USER']}:{said['PASSWORD']}@:{said['PORT']}/{said['NAME']}?host={said['HOST']}"
    # The keys of fields seal files: those of the tests' own settings, which are not in this test's home.
    keys_home = Path(settings.MINASSA_HOME)
    (keys_home / "keys").mkdir(parents=True, exist_ok=True)
    (keys_home / "keys" / "field.key").write_text("\n".join(settings.MINASSA_FIELD_KEYS), "utf-8")
    environment = {
        **os.environ,
        "DATABASE_URL": address,
        "MINASSA_HOME": str(keys_home),
        "DJANGO_SETTINGS_MODULE": "minassa.web.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), *sys.path]),
    }
    done = subprocess.run(
        [sys.executable, "-c", KILLED, NOW.isoformat(), where], env=environment, input=given, check=False
    )
    return done.returncode


@pytest.mark.usefixtures("committed")
def test_a_real_process_killed_after_the_commit_of_the_lake_loses_nothing() -> None:
    enterprise = firm()
    actor = mandated(enterprise)
    upload = checked(actor, enterprise, ebds())
    deposit(actor, upload, NOW)
    assert killed_process("deposit") == -9
    assert in_lake().height == 1
    assert work_once(NOW + timedelta(minutes=11)) == 1
    upload.refresh_from_db()
    assert (upload.state, in_lake().height) == ("deposited", 1)


@pytest.mark.usefixtures("committed")
def test_a_real_process_killed_between_the_file_and_its_row_leaves_nothing_after_the_sweep(home: Path) -> None:
    firm_of_test = firm()
    mandated(firm_of_test)
    assert killed_process("receive", ebds()[1]) == -9
    assert not Upload.objects.exists()
    left = list((home / "files" / "uploads").iterdir())
    assert len(left) == 1
    assert sweep(NOW + timedelta(days=9_000)) == 1
    assert not list((home / "files" / "uploads").iterdir())
