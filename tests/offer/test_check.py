from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from minassa.engine import Figure, Offer, Rule
from minassa.engine.figures import DatedValue
from minassa.offer import check
from minassa.offer.check import case_faults, faults, figure_faults, folder_faults, input_faults, main, rule_faults
from minassa.offer.loading import load_offer
from minassa.vocabulary.statuses import Status

OFFER = Path(check.__file__).parent


def with_value(value: DatedValue) -> Offer:
    """The offer with one value of one figure changed."""
    offer = load_offer()
    figure = replace(offer.figures["pae_rate"], values=(value,))
    return replace(offer, figures={**offer.figures, "pae_rate": figure})


def with_rule(**changes: object) -> Offer:
    """The offer with its first condition of the PAE changed."""
    offer = load_offer()
    old = next(rule for rule in offer.rules if rule.name == "pae_moroccan")
    new: Rule = replace(old, **changes)  # type: ignore[arg-type]
    return replace(offer, rules=tuple(new if rule is old else rule for rule in offer.rules))


@pytest.fixture
def rate() -> DatedValue:
    return load_offer().figures["pae_rate"].values[0]


def test_the_offer_is_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert main() == 0
    told = capsys.readouterr().out
    assert "Rien à redire." in told
    assert "supposé" in told


def test_a_fault_makes_the_command_fail(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "load_offer", lambda: with_rule(texts=()))
    assert main() == 1
    assert "aucun texte" in capsys.readouterr().out


def test_the_command_runs_from_a_shell() -> None:
    done = subprocess.run([sys.executable, "-m", "minassa.offer.check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_unknown_text_is_seen(rate: DatedValue) -> None:
    found = list(figure_faults(with_value(replace(rate, source=rate.source.model_copy(update={"text": "nulle-part"})))))
    assert ["nulle-part" in fault for fault in found] == [True]


def test_a_figure_to_review_again_is_seen(rate: DatedValue) -> None:
    found = list(figure_faults(with_value(replace(rate, reviewed_on=date(2020, 1, 1)))))
    assert ["relisez" in fault for fault in found] == [True]


def test_an_official_figure_without_its_page_is_seen(rate: DatedValue) -> None:
    source = rate.source.model_copy(update={"url": None})
    found = list(figure_faults(with_value(replace(rate, status=Status.OFFICIAL, source=source))))
    assert ["officiel" in fault for fault in found] == [True]


def test_a_figure_that_nothing_reads_is_seen() -> None:
    offer = load_offer()
    unused: Figure = replace(offer.figures["pae_rate"], name="forgotten")
    found = list(figure_faults(replace(offer, figures={**offer.figures, "forgotten": unused})))
    assert ["forgotten" in fault for fault in found] == [True]


@pytest.mark.parametrize(
    ("changes", "word"),
    [({"texts": ()}, "aucun texte"), ({"texts": ("nulle-part#1",)}, "nulle-part"), ({"measure": "paf"}, "s'appelle")],
)
def test_a_rule_out_of_order_is_seen(changes: dict[str, object], word: str) -> None:
    assert any(word in fault for fault in rule_faults(with_rule(**changes)))


def test_a_column_that_no_rule_reads_is_seen() -> None:
    offer = load_offer()
    kept = tuple(rule for rule in offer.rules if "job_balance" not in rule.name)
    assert [f for f in input_faults(replace(offer, rules=kept)) if "leavers_month" in f]


def test_a_context_column_that_a_rule_reads_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "context_inputs", lambda: frozenset({"leavers_month"}))
    assert any("contexte" in fault for fault in input_faults(load_offer()))


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the folders of the offer that the check looks at."""
    copy = tmp_path / "offer"
    shutil.copytree(OFFER, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(check, "folder", lambda measure: copy / measure)
    monkeypatch.setattr(check, "measures_present", lambda: {p.name for p in copy.iterdir() if p.is_dir()})
    return copy


def test_the_folders_are_in_order(copied: Path) -> None:
    assert copied.is_dir()
    assert not [*folder_faults(), *case_faults()]


def test_a_folder_that_the_catalogue_does_not_know_is_seen(copied: Path) -> None:
    (copied / "surprise").mkdir()
    assert ["surprise" in fault for fault in folder_faults()] == [True]


def test_a_measure_without_its_page_or_a_part_of_it_is_seen(copied: Path) -> None:
    (copied / "pae" / "README.md").unlink()
    page = copied / "paf" / "README.md"
    page.write_text(page.read_text("utf-8").replace("## Cumul", "## Divers"), "utf-8")
    assert ["pae" in fault or "Cumul" in fault for fault in folder_faults()] == [True, True]


def test_a_measure_without_cases_is_seen(copied: Path) -> None:
    shutil.rmtree(copied / "pae" / "cases")
    assert ["aucun cas" in fault for fault in folder_faults()] == [True]


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("title: x\n", "sans source"),
        ("title: x\nsource: worked by hand\n", "calcul"),
        ("title: x\nsource: nulle-part\n", "registre"),
    ],
)
def test_a_case_out_of_order_is_seen(copied: Path, written: str, word: str) -> None:
    (copied / "pae" / "cases" / "aaa.yaml").write_text(written, "utf-8")
    assert [word in fault for fault in case_faults()] == [True]


def test_everything_is_looked_at_together() -> None:
    assert faults(load_offer()) == []
