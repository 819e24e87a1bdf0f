"""Job titles recognised: on Moroccan titles coded twice, beside MELO's published figures, from French to Arabic.

    python -m bench.matching [--reference FOLDER] [--calibrate]

The Moroccan titles are in `bench/gold/`: those marked dev fix the weight of letters against words and calibrate the
confidence (`--calibrate` writes it), those marked test are told here. ESCO, ROME and MELO are read from a folder
(`--reference`, else the variable MINASSA_REFERENCE_DATA); without it, only the Moroccan titles are measured. Where the
packages of `requirements/embeddings.txt` are installed, sentence embeddings are added, and told apart.
"""

from __future__ import annotations

import argparse
import os
import resource
from datetime import date
from pathlib import Path

import yaml

from bench._goals import Goal
from bench._gold import (
    COVERED,
    Title,
    agreement,
    answered,
    figures,
    found_in,
    gold,
    precision_at,
    right,
    unequalled,
    without_equals,
)
from bench._linking import asked, linked, pivots, without_names
from bench._melo import PUBLISHED, melo, scored
from bench._reference import NOTICE, esco, missing, rome
from minassa.talent.matching import Lexicon, Recogniser, isotonic, shipped_lexicon
from minassa.talent.matching.calibration import least_evidence
from minassa.talent.matching.encoders import installed_encoders
from minassa.talent.matching.likeness import Likeness
from minassa.talent.matching.referenced import lexicon_with_reference

CALIBRATION = Path(__file__).parent.parent / "src/minassa/talent/matching/calibration.yaml"
PRECISION = 0.97
SPEED_TITLES = 5_000


def processor() -> float:
    """Return the seconds of processor this process has used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def told(name: str, lexicon: Lexicon, titles: list[Title]) -> None:
    """Print the figures of a lexicon on titles: all, those no entry equals, all with the equal entries taken out."""
    sets = (("all", lexicon, titles), ("no entry equals", lexicon, unequalled(lexicon, titles)))
    for said, entries, some in (*sets, ("equal entries taken out", without_equals(lexicon, titles), titles)):
        got = figures(some, found_in(Recogniser(entries), some))
        print(
            f"  {name:28} {said:24} {got.titles:4} titles  A@1 {got.first:.3f}  A@5 {got.among_five:.3f}  "
            f"MRR {got.reciprocal_rank:.3f}  A@1 by the adjudicated code alone {got.first_strictly:.3f}"
        )


def moroccan(folder: Path | None) -> None:
    """Print what becomes of the test titles, by lexicon, language and filière, and with abstention."""
    every = gold()
    alike, kappa = agreement(every)
    test = [title for title in every if title.split == "test"]
    print(f"Moroccan titles: {len(every)} ({len(test)} of them test); both passes alike on {alike}, kappa {kappa:.3f}")
    shipped = shipped_lexicon()
    if folder is not None:
        of_esco = esco(folder)
        with_rome = of_esco.over(rome(folder, of_esco))
        told("ESCO", of_esco, test)
        told("ESCO and ROME", with_rome, test)
        told("lexicon, ESCO and ROME", shipped.over(with_rome), test)
    told("lexicon alone", shipped, test)
    in_use = lexicon_with_reference()
    told("lexicon and reference, in use", in_use, test)
    found = found_in(Recogniser(in_use), test)
    for language in ("fr", "en", "ar", "darija"):
        parts = [(t, f) for t, f in zip(test, found, strict=True) if t.language == language]
        got = figures([t for t, _ in parts], [f for _, f in parts])
        print(f"    {language:7} {got.titles:4} titles  A@1 {got.first:.3f}  A@5 {got.among_five:.3f}")
    for filiere in ("ITO", "CRM", "BPO", "ESO", "KPO", "AUCUNE"):
        parts = [(t, f) for t, f in zip(test, found, strict=True) if t.filiere == filiere]
        got = figures([t for t, _ in parts], [f for _, f in parts])
        print(f"    {filiere:7} {got.titles:4} titles  A@1 {got.first:.3f}  A@5 {got.among_five:.3f}")
    covered, precision = answered(test, found)
    at_70 = precision_at(test, found, COVERED)
    print(
        f"  answered by themselves {covered:.3f} of the titles, right {precision:.3f}; surest 70 %: right {at_70:.3f}"
    )
    got = figures(test, found)
    Goal("Moroccan titles, A@1", got.first, 0.85, "", least=True).say()
    Goal("Moroccan titles, A@5", got.among_five, 0.95, "", least=True).say()
    Goal("Moroccan titles, precision at 70 %", at_70, PRECISION, "", least=True).say()


def published(folder: Path) -> None:
    """Print MRR, A@1 and A@5 on the public half of MELO, beside what its authors published on the whole."""
    data = melo(folder)
    print(f"MELO, French to French: {len(data.queries)} public queries, {len(data.labels)} labels of ESCO and ISCO")
    for name, *figure in PUBLISHED:
        print(
            f"  {name:28} MRR {figure[0]:.4f}  A@1 {figure[1]:.4f}  A@5 {figure[2]:.4f}  published, all 1,435 queries"
        )
    encoders = installed_encoders()
    for said, used in [
        ("letters and words", []),
        *([("with embeddings", [encoders["e5"]])] if "e5" in encoders else []),
    ]:
        before = processor()
        ours = scored(data, Likeness(data.labels, used).of(data.queries))
        print(
            f"  {said:28} MRR {ours[0]:.4f}  A@1 {ours[1]:.4f}  A@5 {ours[2]:.4f}  here, {processor() - before:.0f} s"
        )
        Goal(f"MELO fr to fr, MRR, {said}", ours[0], 0.83 if used else 0.80, "", least=True).say()


def from_french_to_arabic(folder: Path) -> None:
    """Print A@1 and A@5 of 200 French names linked to Arabic ones through concepts, the names themselves taken out."""
    names = asked(folder)
    encoders = installed_encoders()
    print(f"French to Arabic through concepts, {len(names)} ICT and engineering occupations among 2,942")
    print("  mUSE, French name against Arabic names (measured elsewhere)    A@1 .490  A@5 .745")
    best = (0.0, 0.0)
    for french in (False, True):
        known = pivots(folder, names, french=french)
        every = known.over(without_names(shipped_lexicon(), names))
        for said, used in [
            ("letters and words", []),
            *([("with mUSE", [encoders["muse"]])] if "muse" in encoders else []),
        ]:
            got = linked(every, names, used)
            through = "English labels and other French ones" if french else "English labels alone"
            print(f"  {through:38} {said:22} A@1 {got[0]:.3f}  A@5 {got[1]:.3f}")
            best = max(best, got) if not used else best
    Goal("fr to ar through concepts, A@1", best[0], 0.60, "", least=True).say()
    Goal("fr to ar through concepts, A@5", best[1], 0.85, "", least=True).say()


def speed() -> None:
    """Print how many distinct titles are recognised in a second of processor, and how long the lexicon takes."""
    before = processor()
    recogniser = Recogniser(lexicon_with_reference())
    ready = processor() - before
    known = [entry.form for entry in lexicon_with_reference().entries]
    titles = [
        f"{known[at % len(known)]} {known[(at * 7 + 3) % len(known)].split()[0]} {at}" for at in range(SPEED_TITLES)
    ]
    before = processor()
    recogniser.recognise(titles)
    with_why = processor() - before
    before = processor()
    recogniser.recognise([f"{title} bis" for title in titles], why=False)
    alone = processor() - before
    print(
        f"Speed: {len(known)} entries ready in {ready:.1f} s of processor; {SPEED_TITLES} distinct titles: "
        f"{SPEED_TITLES / alone:,.0f} titles per second, {SPEED_TITLES / with_why:,.0f} with five candidates and why"
    )


def calibrate() -> None:
    """Write how sure an answer is by its evidence, from the dev titles."""
    dev = [title for title in gold() if title.split == "dev"]
    found = found_in(Recogniser(lexicon_with_reference()), dev)
    evidences, hits = [recognition.evidence for recognition in found], right(dev, found)
    bounds, shares = isotonic(evidences, hits)
    # Few titles stand behind each share: no more is answered than the surest that the precision is asked of.
    surest = sorted(evidences)[round((1 - COVERED) * len(dev))]
    least = max(least_evidence(bounds, shares, PRECISION), surest)
    CALIBRATION.write_text(
        "# How sure an answer is: the share of right answers from each bound of evidence on (isotonic), and the least\n"
        "# evidence that is answered without a person. Written by `python -m bench.matching --calibrate`.\n"
        + yaml.safe_dump(
            {
                "bounds": [round(bound, 4) for bound in bounds],
                "shares": [round(share, 4) for share in shares],
                "least": round(least, 4),
                "titles": len(dev),
                "made_on": date(2026, 12, 1),
                "source": "bench/gold/titles.tsv, split dev: titles of our own, coded twice by their author",
                "status": "assumed",
            },
            sort_keys=False,
            default_flow_style=None,
            width=140,
        ),
        "utf-8",
    )


def main() -> None:
    """Measure, or calibrate."""
    parser = argparse.ArgumentParser(description="Job titles recognised, measured.")
    parser.add_argument("--reference", type=Path, help="the folder of ESCO, ROME and MELO")
    parser.add_argument("--calibrate", action="store_true", help="write the calibration from the dev titles instead")
    asked_for = parser.parse_args()
    if asked_for.calibrate:
        calibrate()
        return
    given = asked_for.reference or os.environ.get("MINASSA_REFERENCE_DATA")
    folder = Path(given) if given else None
    lacking = missing(folder) if folder else []
    if folder is None or lacking:
        what = f"{folder} lacks {', '.join(lacking)}" if lacking else "no folder of ESCO, ROME and MELO was given"
        print(f"{what}: only the Moroccan titles are measured (see --reference and MINASSA_REFERENCE_DATA).")
        folder = None
    moroccan(folder)
    if folder is not None:
        published(folder)
        from_french_to_arabic(folder)
        print(NOTICE)
    speed()


if __name__ == "__main__":
    main()
