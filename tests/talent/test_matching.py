"""Titles recognised: what folding reads, what stands in the lexicon, what candidates say, when nothing is answered."""

from __future__ import annotations

import numpy as np
import pytest

from minassa.talent.matching import Lexicon, Recogniser, canonical, fold, isotonic, shipped_lexicon
from minassa.talent.matching.calibration import least_evidence
from minassa.talent.matching.ngrams import PieceIndex, pieces


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return Recogniser(shipped_lexicon())


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Développeuse (H/F)", "developpeuse"),
        ("Ingénieur d’études C++", "ingenieur d etudes cplusplus"),
        ("مُهَنْدِسُ الشَّبَكات", "مهندس شبكات"),
        ("مسؤولة الجودة", "مسووله جوده"),
        ("  ", ""),
    ],
)
def test_what_does_not_tell_a_job_is_folded_away(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_one_job_in_three_languages_and_in_darija_reads_as_the_same_words() -> None:
    written = ["Ingénieurs réseaux", "Network engineer", "مهندس الشبكات", "mohandis chabakat", "Ing. réseau senior"]
    assert {" ".join(sorted(canonical(title).split())) for title in written} == {"ingenieur reseau"}


def test_pieces_are_those_of_the_words_and_their_edges() -> None:
    assert pieces("qa") == (" q", "qa", "a ", " qa", "qa ", " qa ")


def test_a_text_is_wholly_like_itself_and_not_at_all_like_one_that_shares_nothing() -> None:
    index = PieceIndex(["chef projet", "juriste"])
    assert np.allclose(index.likeness(["chef projet"]), [[1, 0]])


def test_every_entry_of_the_lexicon_has_its_source_status_and_group() -> None:
    lexicon = shipped_lexicon()
    assert all(entry.source and entry.status in {"proposed", "validated"} for entry in lexicon.entries)
    assert all(len(concept.isco) == 4 and concept.isco.isdigit() for concept in lexicon.concepts.values())
    assert all(dict(concept.labels).keys() >= {"fr", "en"} for concept in lexicon.concepts.values())


def test_more_than_three_hundred_entries_are_moroccan_spellings_acronyms_and_diplomas() -> None:
    moroccan = [entry for entry in shipped_lexicon().entries if entry.kind in {"darija", "short", "diploma", "ar"}]
    assert len({fold(entry.form) for entry in moroccan}) >= 300


@pytest.mark.parametrize(
    ("title", "group"),
    [
        ("Téléconseillère", "4222"),
        ("Comptable fournisseurs", "3313"),
        ("Software Engineer", "2512"),
        ("مهندس ميكانيكي", "2144"),
        ("kaybi3 f telephone", "5244"),
    ],
)
def test_a_title_is_recognised_in_each_language(recogniser: Recogniser, title: str, group: str) -> None:
    (found,) = recogniser.recognise([title])
    assert found.best is not None
    assert found.best.concept.isco == group


def test_a_candidate_says_which_entry_and_which_pieces_speak_for_it(recogniser: Recogniser) -> None:
    (found,) = recogniser.recognise(["Développeur backend polyglotte"])
    first = found.candidates[0]
    assert (first.how, first.entry.source, first.entry.status) == (
        "pieces",
        "own wording, after the usage of Moroccan registers and adverts",
        "proposed",
    )
    assert any(piece in "developpeur" for piece in first.pieces)


@pytest.mark.parametrize("title", ["", "???", "Stagiaire", "zzyzx"])
def test_a_title_that_says_no_job_is_left_to_a_person(recogniser: Recogniser, title: str) -> None:
    (found,) = recogniser.recognise([title])
    assert found.abstained
    assert found.best is None


def test_an_acronym_of_two_jobs_is_left_to_a_person(recogniser: Recogniser) -> None:
    (found,) = recogniser.recognise(["RP"])
    assert found.abstained
    assert {candidate.concept.isco for candidate in found.candidates[:2]} == {"3341", "2432"}


def test_confidence_never_falls_as_evidence_grows() -> None:
    bounds, shares = isotonic([0.1, 0.2, 0.3, 0.4], [False, True, False, True])
    assert (bounds, shares) == ([0.1, 0.2, 0.4], [0.0, 0.5, 1.0])


def test_the_least_evidence_keeps_the_precision_asked() -> None:
    assert least_evidence([0.1, 0.2, 0.4], [0.0, 0.5, 1.0], 0.5) == 0.2
    assert least_evidence([0.1, 0.2, 0.4], [0.0, 0.5, 0.9], 0.97) == float("inf")


def test_a_lexicon_laid_over_another_keeps_its_own_names_first() -> None:
    lexicon = shipped_lexicon()
    both = lexicon.over(Lexicon(dict(lexicon.concepts), []))
    assert both.concepts == lexicon.concepts
    assert len(both.entries) == len(lexicon.entries)
