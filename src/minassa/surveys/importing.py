"""Answers brought from ODK Central, KoboToolbox or LimeSurvey: read and told line by line, then taken together.

A firm is known by its ICE alone. What it answered on our own pages stands: a file never replaces it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from minassa.delays import instant_of, local_day
from minassa.journal.public import append
from minassa.registry.acting import acting_on_row
from minassa.registry.public import Actor, require
from minassa.surveys.answering import act_of, form_of_survey, record
from minassa.surveys.errors import StaleDraft, SurveyError
from minassa.surveys.models import Asked, ImportFile, ImportState, Instance, Source, Submission, Survey
from minassa.talent.survey.answers import read_answers
from minassa.talent.survey.exported import Exported, read_export

MOST_FAULTS = 2_000


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line: a rule, and the question that it is about."""

    line: int
    rule: str
    column: str = ""


def prepare(actor: Actor, survey: Survey, content: bytes, at: datetime) -> ImportFile:
    """Read a file and keep what may be taken of it; no answer is entered yet. ExportError, Forbidden."""
    require(actor, "survey.import", survey)
    form = form_of_survey(survey)
    found = read_export(form, content)
    reading = _Reading(survey)
    rows = [row for one in found.rows if (row := reading.row(one)) is not None]
    orphans = [Fault(0, "orphans", str(found.orphans))] if found.orphans else []
    faults = [*orphans, *reading.faults][:MOST_FAULTS]
    return ImportFile.objects.create(
        survey=survey,
        tool=found.tool.value,
        digest=hashlib.sha256(content).hexdigest(),
        lines=len(found.rows),
        known=reading.known,
        faults=[[one.line, one.rule, one.column] for one in faults],
        unread=list(found.unread)[:100],
        rows=rows,
        by=str(actor),
        at=at,
    )


class _Reading:
    """The lines of a file against a survey: its sample, its days, its form, what was taken before."""

    def __init__(self, survey: Survey) -> None:
        self.survey, self.form = survey, form_of_survey(survey)
        self.sample = dict(survey.asked.values_list("enterprise__ice", "pk"))
        answered = Submission.objects.filter(asked__survey=survey, source=Source.PAGE)
        self.answered = set(answered.values_list("asked_id", flat=True))
        self.taken = set(Instance.objects.filter(survey=survey).values_list("instance", flat=True))
        self.faults: list[Fault] = []
        self.seen: set[str] = set()
        self.known = 0

    def row(self, one: Exported) -> dict[str, Any] | None:
        """What is kept of a line to be taken; None when it was taken before, or when something is wrong with it."""
        if one.instance in self.taken:
            self.known += 1
            return None
        found = list(self._faults(one))
        self.seen.add(one.instance)
        if found:
            self.faults += found
            return None
        submitted = one.submitted.isoformat() if one.submitted else None
        told = read_answers(self.form, one.answers, self._day(one)).answers
        keys = {"asked": self.sample[one.ice], "instance": one.instance, "line": one.line}
        return {**keys, "submitted": submitted, "language": one.language[:2], "answers": told}

    def _day(self, one: Exported) -> Any:  # noqa: ANN401 (a day)
        return local_day(instant_of(one.submitted)) if one.submitted else self.survey.closes_on

    def _faults(self, one: Exported) -> Iterator[Fault]:
        if not one.instance or len(one.instance) > 100:  # noqa: PLR2004 (as the column)
            yield Fault(one.line, "no_instance")
        elif one.instance in self.seen:
            yield Fault(one.line, "twice")
        if not one.finished:
            yield Fault(one.line, "unfinished")
        elif not self.survey.opens_on <= self._day(one) <= self.survey.closes_on:
            yield Fault(one.line, "outside_days")
        if not one.ice:
            yield Fault(one.line, "no_ice")
        elif one.ice not in self.sample:
            yield Fault(one.line, "not_asked")
        elif self.sample[one.ice] in self.answered:
            yield Fault(one.line, "answered_here")
        for problem in read_answers(self.form, one.answers, self._day(one)).problems:
            yield Fault(one.line, problem.kind, problem.path)


def take_prepared(actor: Actor, prepared: ImportFile, at: datetime) -> int:
    """Enter together every answer of a file that was read; how many. SurveyError when it was taken already.

    An instance that another file brought meanwhile, or a firm that answered here meanwhile, is left out.
    """
    require(actor, "survey.import", prepared.survey)
    with transaction.atomic():
        held = ImportFile.objects.select_for_update().get(pk=prepared.pk)
        if held.state != ImportState.PREPARED:
            raise SurveyError(_("Ce fichier est déjà importé."))
        known = set(Instance.objects.filter(survey_id=held.survey_id).values_list("instance", flat=True))
        rows = sorted(held.rows, key=lambda row: (row["submitted"] or "", row["line"]))
        taken = sum(_taken(actor, held, row, at) for row in rows if row["instance"] not in known)
        held.rows, held.state, held.taken = [], ImportState.TAKEN, taken
        held.save(update_fields=["rows", "state", "taken"])
        body = {"file": held.pk, "digest": held.digest, "tool": held.tool, "taken": taken}
        append(f"survey:{held.survey_id}", "survey.imported", str(actor), body, at)
    prepared.refresh_from_db()
    return taken


def _taken(actor: Actor, held: ImportFile, row: Mapping[str, Any], at: datetime) -> bool:
    asked = Asked.objects.get(pk=row["asked"], survey_id=held.survey_id)
    with acting_on_row(asked, lambda one: act_of(one, actor, at), actor, "", None, _stale) as act:
        if act.row.submissions.filter(source=Source.PAGE).exists():
            return False
        made = record(act, row["answers"], Source.IMPORT, row["language"])
        submitted = datetime.fromisoformat(row["submitted"]) if row["submitted"] else None
        Instance.objects.create(
            survey_id=held.survey_id, instance=row["instance"], submission=made, file=held, submitted_at=submitted
        )
    return True


def _stale(_row: Asked) -> StaleDraft:
    return StaleDraft(_("Ces réponses ont changé entre-temps."))
