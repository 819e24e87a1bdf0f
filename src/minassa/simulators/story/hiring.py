"""Talents from abroad in the story: a list of occupations in shortage, some cases, what became of those hired.

Everything is invented. The people who are told hired are those of the nation, under the numbers of its files.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import polars as pl

from minassa.entitlements.runs import Run
from minassa.governance.public import Proposed, add_items, convene, prepare
from minassa.nation import Manifest
from minassa.nation.graduates import stays_of
from minassa.onestop.models import Case, Task
from minassa.onestop.public import (
    decide,
    definition,
    give_document,
    open_case,
    propose,
    publish_procedures,
    save_draft,
    sign,
    submit,
    use_document,
    validate,
)
from minassa.registry.models import Enterprise
from minassa.simulators.story import sitting
from minassa.simulators.story.cast import Cast
from minassa.steering.gaps.kept import gaps_kept
from minassa.steering.gaps.making import keep_next_gaps
from minassa.steering.gaps.shortage import propose_shortage
from minassa.visas.models import ShortageList, Visa
from minassa.visas.public import CRITERIA, Computed, NoShortage, parameter_on, propose_list, tell_hire
from minassa.vocabulary.periods import first_day
from minassa.vocabulary.places import places

PROPOSED: Final = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)
"""Early in the life of the invented platform, so that those hired since were met twice."""
SAT: Final = PROPOSED + timedelta(days=14)
EARLIEST: Final = 2026 * 12 + 2
"""The first month of a hire: March 2026."""
ROOM: Final = "Rabat, salle d'exemple (synthétique)"
GROUND: Final = "Exemple synthétique : première liste, tirée des tensions du dernier calcul."
INVENTED: Final = "Exemple synthétique : liste inventée, les mois déclarés ne suffisent pas encore pour projeter."
EXAMPLES: Final = (("2512", 6), ("2529", 6), ("2522", 4))
"""Occupations and regions of the invented list."""
LATEST, DAYS_TO_ANSWER, DAYS_TO_DECIDE = timedelta(days=2), timedelta(days=3), timedelta(days=5)
MOST_WAIT: Final = 600
_PDF: Final = b"%PDF-1.4\n% document EXEMPLE, synthetique\n%%EOF\n"
_ANSWERS: Final[Mapping[str, Any]] = {
    "talent_name": "Talent FICTIF",
    "talent_nationality": "FR",
    "talent_passport": "QZ0000000",
    "job_title": "Poste EXEMPLE",
    "skills": "Compétences de l'exemple (synthétique).",
    "contract_months": 24,
    "monthly_salary": 3_500_000,
    "exemption": "none",
}


def hired_abroad(people: Cast, home: Path, manifest: Manifest, run: Run, now: datetime) -> int:
    """Have a list decided and play some cases, once; how many."""
    if ShortageList.objects.exists() or now < SAT + timedelta(days=1):
        return 0
    publish_procedures(now)
    _gaps(home, run, now)
    try:
        listed = propose_shortage(people["secretariat"], home, SAT.date(), GROUND, PROPOSED)
    except NoShortage:
        listed = propose_list(people["secretariat"], _invented(run), SAT.date(), INVENTED, PROPOSED)
    _adopted(people, listed)
    nation = home / f"nation-{manifest.people}-{manifest.months}-{manifest.seed}"
    told = _hires(people, listed, nation, run) if (nation / "verite").is_dir() else 0
    return told + _lately(people, listed, now)


def _gaps(home: Path, run: Run, now: datetime) -> None:
    """The gaps of the run: made here, or awaited from the worker that makes them."""
    for _turn in range(MOST_WAIT):
        if keep_next_gaps(now) or gaps_kept(home, run) is not None:
            return
        time.sleep(0.2)


def _invented(run: Run) -> Computed:
    """A list that nothing was computed for: the nation has too few months to be projected, or no shortage."""
    numbers = {"month": run.until + 12, "before": 60, "tension": 5, "gap": 9, "low_80": 3, "high_80": 15, "sure": 7_000}
    entries = [{"occupation": code, "region": region, **numbers} for code, region in EXAMPLES]
    criteria = {name: parameter_on(name, PROPOSED.date()).model_dump(mode="json") for name in CRITERIA}
    return Computed(run.path.name, run.until, "", criteria, entries, synthetic=True)


def _adopted(people: Cast, listed: ShortageList) -> None:
    secretary = people["secretariat"]
    session = prepare(secretary, "copil", SAT, ROOM, PROPOSED)
    add_items(secretary, session, [("shortage", Proposed(str(listed.uuid), "adopt", {"ground": ""}))], PROPOSED)
    sitting.sat(secretary, people.steering(), convene(secretary, session, PROPOSED), SAT)
    listed.refresh_from_db()


def _hires(people: Cast, listed: ShortageList, nation: Path, run: Run) -> int:
    """One who stays, and one who is gone before the sixth month: granted the month before they were hired."""
    stays = stays_of(nation / "verite" / "spells.csv").filter(
        pl.col("origin") == "outside", pl.col("from_month").is_between(EARLIEST, run.until - 6)
    )
    lasted = pl.col("to_month").fill_null(run.until) - pl.col("from_month")
    played = 0
    for wanted in (pl.col("to_month").is_null(), lasted.is_between(1, 5)):
        for row in stays.filter(wanted).sort("from_month", "person").iter_rows(named=True):
            firm = Enterprise.objects.filter(affiliation=row["affiliation"]).first()
            if firm is not None:
                at = datetime.combine(first_day(row["from_month"] - 1), datetime.min.time(), UTC) + timedelta(
                    days=9, hours=9
                )
                case = _filed(people, firm, listed.entries[played % len(listed.entries)], at)
                _granted(people, case, at)
                visa = Visa.objects.get(case=case)
                tell_hire(
                    people.preparer(firm), visa, f"{row['person']:09}", row["from_month"], at + timedelta(days=40)
                )
                played += 1
                break
    return played


def _lately(people: Cast, listed: ShortageList, now: datetime) -> int:
    """A case of a listed occupation under examination, and one of an occupation that is not listed there."""
    firm = Enterprise.objects.get(name="EXEMPLE ATLAS CONTACT")
    entry = listed.entries[0]
    _filed(people, firm, entry, now - LATEST)
    _filed(people, firm, {**entry, "occupation": ""}, now - LATEST)
    return 2


def _filed(people: Cast, firm: Enterprise, entry: Mapping[str, Any], at: datetime) -> Case:
    preparer, signer = people.preparer(firm), people.signer(firm)
    place = next(one.code for one in places() if one.region == entry["region"])
    case = open_case(preparer, firm, "work_authorisation", at)
    save_draft(preparer, case, {**_ANSWERS, "occupation": entry["occupation"], "place": place}, at)
    for asked in definition(case.procedure_id).requirements:
        if asked.required and asked.applies(case.answers):
            given = give_document(preparer, firm, asked.kind, f"{asked.kind}-EXEMPLE.pdf", _PDF, at)
            use_document(preparer, case, asked.key, given, at)
    sign(signer, case, at)
    return submit(signer, case, at)


def _granted(people: Cast, case: Case, at: datetime) -> None:
    for task in Task.objects.filter(case=case).select_related("case", "body").order_by("pk"):
        propose(people[task.body.code], task, favourable=True, ground="", data={}, at=at + DAYS_TO_ANSWER)
        task.refresh_from_db()
        validate(people[f"{task.body.code}-chef"], task, at + DAYS_TO_ANSWER + timedelta(hours=3))
    case.refresh_from_db()
    decide(people["immigration-chef"], case, favourable=True, ground="", at=at + DAYS_TO_DECIDE)
