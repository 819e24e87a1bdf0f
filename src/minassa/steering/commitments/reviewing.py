"""The review of a year: every commitment with what its indicator said at the end of that year in one run, frozen.

Made again of the same run, it holds the same values; those of a run are replayed from it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from minassa.commitments.models import Followup
from minassa.commitments.public import RECOMMENDED, Commitment, commitments, latest_followups, shipped
from minassa.entitlements.runs import Run, runs_in
from minassa.journal.public import append
from minassa.registry.models import Body, Role
from minassa.registry.public import Actor, Appointed, require
from minassa.steering.commitments.measuring import Measured, measured
from minassa.steering.indicators.catalogue import Source
from minassa.steering.indicators.cube import MONTHS
from minassa.steering.indicators.kept import latest_cube
from minassa.steering.models import YearlyReview
from minassa.vocabulary.errors import MinassaError
from minassa.vocabulary.periods import year_of

LANGUAGES: Final = ("fr", "ar", "en")
Content = dict[str, Any]


class ReviewRefused(MinassaError):
    """A review that cannot be made: of a year that is not over in any run, or before the first run."""

    code = "review-refused"


def years_to_review() -> list[int]:
    """Years that are over in the last run, the latest first."""
    found = latest_cube(settings.MINASSA_HOME)
    if found is None or found[1].is_empty():
        return []
    run, cube = found
    first, last = year_of(int(min(cube["month"].to_list()))), year_of(run.until + 1) - 1
    return list(range(last, first - 1, -1))


def make_review(actor: Actor, year: int, at: datetime, *, synthetic: bool) -> YearlyReview:
    """Make the review of a year of the last run, and keep it. ReviewRefused for a year that is not over in it."""
    require(actor, "review.make")
    found = latest_cube(settings.MINASSA_HOME)
    if found is None or year not in years_to_review():
        raise ReviewRefused(_("Le dernier calcul ne couvre pas cette année en entier."))
    content = review_content(found[0], year)
    digest = digest_of(content)
    with transaction.atomic():
        made = YearlyReview.objects.create(
            year=year,
            run=found[0].path.name,
            content=content,
            digest=digest,
            synthetic=synthetic,
            by=str(actor),
            at=at,
        )
        body = {"review": str(made.uuid), "digest": digest, "run": made.run}
        append(f"review:{year}", "review.made", str(actor), body, at)
    return made


def review_content(run: Run, year: int) -> Content:
    """Every commitment that stood by the end of the year, with its measure of that December in a run."""
    until = year * MONTHS + MONTHS - 1
    stood = [one for one in commitments() if one.decided_on is None or one.decided_on.year <= year]
    told, owners = latest_followups(), _owners()
    found = measured(_reader(), stood, until, run=run)
    return {"year": year, "until": until, "rows": [_row(one, owners, told.get(one.commitment.code)) for one in found]}


def digest_of(content: Content) -> str:
    """SHA-256 of a review."""
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def replay(review: YearlyReview) -> list[str] | None:
    """The commitments whose value the run of a review no longer gives; None when that run is not kept any more.

    What is read where it is kept (accounts, delays, registers) goes on after the review, and is left out.
    """
    run = next((one for one in runs_in(Path(settings.MINASSA_HOME) / "runs") if one.path.name == review.run), None)
    if run is None:
        return None
    now = {row["code"]: row for row in review_content(run, review.year)["rows"]}
    of_run = [row for row in review.content["rows"] if row["source"] == Source.RUN]
    return [row["code"] for row in of_run if _figures(now.get(row["code"])) != _figures(row)]


def _figures(row: Mapping[str, Any] | None) -> tuple[Any, ...]:
    return () if row is None else (row["value"], row["period"], row["status"])


def _reader() -> Actor:
    """Who measures: the platform with the eyes of an analyst, so that a review is the same whoever asked for it."""
    return Actor(system="review", appointments=(Appointed(Role.ANALYST, 0, ""),))


def _row(found: Measured, owners: Mapping[str, Mapping[str, str]], told: Followup | None) -> dict[str, Any]:
    one, point = found.commitment, found.point
    return {
        "code": one.code,
        "titles": asdict(one.titles),
        "programme": one.programme,
        "programme_titles": _programme(one),
        "owner": owners.get(one.owner, dict.fromkeys(LANGUAGES, one.owner)),
        "unit": str(one.unit),
        "steps": [[step.month, step.value, str(step.source.status)] for step in one.steps],
        "bases": [[base.month, base.value, asdict(base.scope), str(base.source.status)] for base in one.baselines],
        "indicator": one.indicator,
        "source": str(found.indicator.source) if found.indicator else "",
        "value": point.value if point else None,
        "period": point.period if point else None,
        "status": str(point.status) if point else "",
        "expected": found.expected,
        "path": [list(mark) for mark in found.path.marks] if found.path else [],
        "standing": str(found.standing),
        "reserve": asdict(one.reserve) if one.reserve else None,
        "decided_on": one.decided_on.isoformat() if one.decided_on else None,
        "next_step": told.next_step if told else "",
        "next_on": told.next_on.isoformat() if told and told.next_on else None,
        "evidence": told.evidence if told else "",
    }


def _programme(one: Commitment) -> dict[str, str]:
    if one.programme == RECOMMENDED:
        return {"fr": "Recommandations adoptées", "ar": "التوصيات المعتمدة", "en": "Recommendations adopted"}
    return asdict(shipped().programmes[one.programme].titles)


def _owners() -> dict[str, dict[str, str]]:
    """Who answers, by code, in the three languages: as the programmes name them, else as the registry does."""
    bodies = {
        body.code: {"fr": body.name, "ar": body.name_arabic or body.name, "en": body.name_english or body.name}
        for body in Body.objects.all()
    }
    return bodies | {code: asdict(words) for code, words in shipped().owners.items()}
