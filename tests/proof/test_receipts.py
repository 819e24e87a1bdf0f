from __future__ import annotations

import ast
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minassa.proof import (
    Document,
    NotGenuine,
    OutsideTree,
    ProofError,
    Unreadable,
    check_receipt,
    consistency_proof,
    heads_document,
    make_receipt,
    public_key_of,
    sign_head,
    verify_receipt,
)
from minassa.proof.verify_receipt import LANGUAGES, MESSAGES, main, read_json
from tests.proof.logs import KEY, OTHER_KEY, small_log

SCRIPT = Path(verify_receipt.__file__)
LOG = small_log()
RECEIPT = json.dumps(LOG.receipt(7), ensure_ascii=False).encode()
HEADS = json.dumps(LOG.published()).encode()


def outcome(receipt: bytes, heads: bytes) -> str:
    """The message code that the script would give for two files."""
    try:
        check_receipt(read_json(receipt.decode(), "receipt"), read_json(heads.decode(), "heads"))
    except (Unreadable, UnicodeDecodeError):
        return "unreadable"
    except NotGenuine as error:
        return error.code
    return "genuine"


def flipped(content: bytes, bit: int) -> bytes:
    changed = bytearray(content)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


@pytest.mark.parametrize("index", range(15))
def test_every_entry_has_its_receipt_under_every_head_that_covers_it(index: int) -> None:
    for head in range(index // 5, 3):
        receipt = LOG.receipt(index, head)
        assert check_receipt(receipt, LOG.published(), public_key_of(KEY)) == receipt
        assert len(json.dumps(receipt["proof"])) <= 2048


def test_no_receipt_is_made_for_what_the_head_does_not_cover() -> None:
    entry, previous = LOG.entries[7]
    with pytest.raises(OutsideTree):
        LOG.receipt(7, 0)
    with pytest.raises(OutsideTree):
        make_receipt(entry, previous, 8, LOG.heads[-1], LOG.nodes)
    with pytest.raises(ProofError):
        make_receipt({"body": 1}, previous, 7, LOG.heads[-1], LOG.nodes)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(RECEIPT) * 8 - 1))
def test_any_bit_of_the_receipt_changed_is_detected(bit: int) -> None:
    changed = flipped(RECEIPT, bit)
    if outcome(changed, HEADS) == "genuine":
        assert json.loads(changed) == json.loads(RECEIPT), "only the spaces between words may change"


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(HEADS) * 8 - 1))
def test_any_bit_of_the_heads_changed_is_detected(bit: int) -> None:
    changed = flipped(HEADS, bit)
    if outcome(RECEIPT, changed) == "genuine":
        assert json.loads(changed) == json.loads(HEADS), "only the spaces between words may change"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"what": "case.decided"}, "entry"),
        ({"index": 8}, "entry"),
        ({"previous": "00" * 32}, "entry"),
        ({"proof": []}, "entry"),
        ({"entry": {**LOG.entries[7][0], "number": 8}}, "entry"),
        ({"head": LOG.heads[0]}, "entry"),
        ({"head": {**LOG.heads[2], "tree_size": 16}}, "head-unpublished"),
        ({"entry": {**LOG.entries[7][0], "number": 2**64}}, "unreadable"),
        ({"entry": None}, "unreadable"),
        ({"index": True}, "unreadable"),
        ({"more": 1}, "unreadable"),
    ],
)
def test_what_is_wrong_is_said(changed: Document, code: str) -> None:
    assert outcome(json.dumps({**LOG.receipt(7), **changed}).encode(), HEADS) == code


def test_a_key_learnt_elsewhere_goes_before_those_of_the_list() -> None:
    with pytest.raises(NotGenuine, match="key"):
        check_receipt(LOG.receipt(7), LOG.published(), public_key_of(OTHER_KEY))


@pytest.mark.parametrize("text", ['{"a":1,"a":2}', '{"a":1.5}', '{"a":NaN}', "", "[" * 100_000])
def test_what_has_two_readings_is_not_read(text: str) -> None:
    with pytest.raises(Unreadable):
        read_json(text, "essai")


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    receipt, heads = tmp_path / "receipt.json", tmp_path / "heads.json"
    receipt.write_bytes(RECEIPT)
    heads.write_bytes(HEADS)
    return receipt, heads


def run(*arguments: object) -> tuple[int, str]:
    """Run the script alone: no site packages, no environment, nothing of the project."""
    command = [sys.executable, "-I", "-S", str(SCRIPT), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, check=False)
    return done.returncode, done.stdout.decode("utf-8")


def test_the_script_alone_says_that_a_receipt_is_genuine(files: tuple[Path, Path]) -> None:
    code, said = run(*files)
    assert (code, said) == (
        0,
        "Reçu authentique : « case.handed » figure au journal public sous le numéro 7, attesté le 2026-11-03.\n",
    )
    assert run(*files, "--lang", "ar", "--key", public_key_of(KEY).hex())[0] == 0


def test_the_script_alone_says_that_a_receipt_is_false(files: tuple[Path, Path]) -> None:
    files[0].write_bytes(RECEIPT.replace(b"1234567", b"1234568"))
    code, said = run(*files, "--lang", "en")
    assert (code, said.partition(":")[0]) == (1, "Not genuine")


def test_the_script_alone_says_that_a_file_cannot_be_read(files: tuple[Path, Path]) -> None:
    files[1].write_bytes(b"\xff")
    code, said = run(*files)
    assert code == 2
    assert str(files[1]) in said
    assert run(files[0], files[1].with_name("absent.json"))[0] == 2
    assert run(files[0])[0] == 2
    assert run(*files, "--key", "zz")[0] == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_outcome_is_said_in_each_language(
    files: tuple[Path, Path], capsysbinary: pytest.CaptureFixture[bytes], language: str
) -> None:
    assert main([*map(str, files), "--lang", language]) == 0
    assert "case.handed" in capsysbinary.readouterr().out.decode("utf-8")
    for sentences in MESSAGES.values():
        assert len(set(sentences)) == len(LANGUAGES)


def test_the_script_is_one_file_that_python_3_8_reads() -> None:
    module = ast.parse(SCRIPT.read_text("utf-8"), feature_version=(3, 8))
    imported = {name.name for node in ast.walk(module) if isinstance(node, ast.Import) for name in node.names}
    imported |= {str(node.module) for node in ast.walk(module) if isinstance(node, ast.ImportFrom)}
    assert imported <= {"__future__", *sys.stdlib_module_names}


def test_the_head_of_the_receipt_and_the_last_one_are_both_checked() -> None:
    first = {**LOG.heads[0], "signature": "00" * 64}
    size, root = LOG.builder.size, LOG.builder.root()
    path = consistency_proof(5, size, LOG.nodes)
    heads = [first, sign_head(date(2026, 11, 2), size, root, KEY, first, path)]
    with pytest.raises(NotGenuine, match="signature"):
        check_receipt({**LOG.receipt(2, 0), "head": first}, heads_document(heads, [public_key_of(KEY)]))
    heads = [*LOG.heads[:2], {**LOG.heads[2], "signature": "00" * 64}]
    with pytest.raises(NotGenuine, match="signature"):
        check_receipt(LOG.receipt(2, 0), heads_document(heads, [public_key_of(KEY)]))
