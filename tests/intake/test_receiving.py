from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django.fixtures import Settings

from minassa.intake.models import Upload
from minassa.intake.public import UploadRefused, incoming, receive, sweep, withdraw
from minassa.intake.receiving import Incoming
from minassa.intake.sealing import pieces
from minassa.intake.storage import Draft, drafts, opened
from minassa.journal.models import Entry
from minassa.registry.public import Forbidden
from tests.declarations.deposit.building import CIN, FAMILY_NAME, ebds, every_kind
from tests.intake.firms import NOW, deposited, firm, mandated, officer, other_firm, refusal, sent
from tests.intake.hostile import HOSTILE, archive

pytestmark = pytest.mark.django_db


def stored(home: Path) -> list[Path]:
    return [path for path in (home / "files").rglob("*") if path.is_file()]


@pytest.mark.parametrize("case", HOSTILE)
def test_what_would_harm_is_refused_and_nothing_is_stored(case: str, home: Path) -> None:
    enterprise = firm()
    actor = mandated(enterprise)
    name, content, problem = HOSTILE[case]()
    assert refusal(actor, enterprise, name, content) == problem
    assert not Upload.objects.exists()
    assert not Entry.objects.exists()
    assert not stored(home)


def test_every_kind_that_employers_produce_is_received(home: Path) -> None:
    enterprise = firm()
    actor = mandated(enterprise)
    files = every_kind()
    received = receive(actor, enterprise, [incoming(name, [content]) for name, content in files], NOW)
    assert [each.problem for each in received] == [""] * len(files)
    for each, (name, content) in zip(received, files, strict=True):
        assert each.upload is not None
        assert each.upload.name == name
        with opened(each.upload.storage_name) as reader:
            assert b"".join(pieces(reader)) == content
    assert len(stored(home)) == len(files)


def test_a_zipped_return_is_received() -> None:
    enterprise = firm()
    (name, content) = every_kind()[3]
    assert refusal(mandated(enterprise), enterprise, "declaration.zip", archive((name, content))) == ""


def test_nothing_of_a_kept_file_is_in_clear(home: Path) -> None:
    enterprise = firm()
    sent(mandated(enterprise), enterprise, ebds())
    for path in stored(home):
        assert FAMILY_NAME not in path.read_bytes()
        assert CIN.encode() not in path.read_bytes()
        assert path.stat().st_mode & 0o077 == 0


def test_the_same_file_sent_again_is_recognised(home: Path) -> None:
    enterprise = firm()
    actor = mandated(enterprise)
    first = sent(actor, enterprise, ebds())
    (again,) = receive(actor, enterprise, [incoming(first.name, [ebds()[1]])], NOW + timedelta(days=1))
    assert again.again
    assert again.upload == first
    assert Upload.objects.count() == 1
    assert len(stored(home)) == 1


def test_a_file_that_was_withdrawn_may_be_sent_again() -> None:
    enterprise = firm()
    actor = mandated(enterprise)
    first = sent(actor, enterprise, ebds())
    withdraw(actor, first, NOW)
    assert sent(actor, enterprise, ebds()) != first


def test_an_older_version_may_come_back_after_it_was_replaced() -> None:
    enterprise = firm()
    actor = mandated(enterprise)
    first = deposited(actor, enterprise, ebds(salary=500_000))
    second = deposited(actor, enterprise, ebds(salary=510_000), NOW + timedelta(hours=1))
    third = deposited(actor, enterprise, ebds(salary=500_000), NOW + timedelta(hours=2))
    assert third not in {first, second}
    assert (second.supersedes, third.supersedes) == (first, second)


def test_nobody_sends_for_an_enterprise_without_its_mandate(home: Path) -> None:
    own, other = firm(), other_firm()
    actor = mandated(own)
    for refused in (actor, officer("cnss"), officer("minassa", "administrator")):
        with pytest.raises(Forbidden):
            receive(refused, other, [incoming("DS.txt", [b"B00"])], NOW)
    assert not stored(home)


def test_too_large_a_file_is_refused_as_soon_as_it_is_known(home: Path, settings: Settings) -> None:
    settings.MINASSA_UPLOAD_FILE_BYTES = 1_000
    read = []

    def endless() -> Iterator[bytes]:
        while True:
            read.append(1)
            yield b"B" * 100

    enterprise = firm()
    (received,) = receive(mandated(enterprise), enterprise, [incoming("DS.txt", endless())], NOW)
    assert received.problem == "too-large"
    assert len(read) == 11
    assert not stored(home)


def test_too_many_files_are_refused_together(home: Path, settings: Settings) -> None:
    settings.MINASSA_UPLOAD_FILES = 2
    enterprise = firm()
    actor = mandated(enterprise)
    with pytest.raises(UploadRefused) as refused:
        receive(actor, enterprise, [incoming(f"{rank}.txt", [b"B00"]) for rank in range(3)], NOW)
    assert refused.value.problem == "too-many"
    assert not stored(home)
    with pytest.raises(UploadRefused) as refused:
        receive(actor, enterprise, [], NOW)
    assert refused.value.problem == "none"


def test_a_large_file_never_stands_whole_in_memory() -> None:
    enterprise = firm()
    actor = mandated(enterprise)
    piece = b"B02" + b"0" * 258
    count = 130_000
    tracemalloc.start()
    (received,) = receive(actor, enterprise, [incoming("DS.txt", (piece for _ in range(count)))], NOW)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert received.upload is not None
    assert received.upload.size == count * len(piece)
    assert peak < received.upload.size / 10


def test_a_sending_that_breaks_leaves_nothing(home: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"B00"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        incoming("DS.txt", broken())
    assert not stored(home)


def test_a_file_without_its_row_is_swept_and_the_others_stay(home: Path) -> None:
    enterprise = firm()
    actor = mandated(enterprise)
    upload = sent(actor, enterprise, ebds())
    lost = Incoming("DS.txt")
    assert isinstance(lost.draft, Draft)
    lost.write(b"B00")
    lost.finish()
    assert lost.draft is not None
    lost.draft.keep()
    (drafts() / "half.sealed").write_bytes(b"cut")
    assert len(stored(home)) == 3
    assert sweep(NOW - timedelta(days=9_000)) == 0
    assert sweep(NOW + timedelta(days=9_000)) == 2
    assert [path.name for path in stored(home)] == [upload.storage_name]


def test_a_refused_transaction_leaves_a_file_that_the_sweep_takes(home: Path) -> None:
    enterprise = firm()
    actor = mandated(enterprise)

    def killed() -> None:
        with transaction.atomic():
            sent(actor, enterprise, ebds())
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        killed()
    assert not Upload.objects.exists()
    assert len(stored(home)) == 1
    assert sweep(NOW + timedelta(days=9_000)) == 1
    assert not stored(home)
    assert sent(actor, enterprise, ebds()).state == "received"
