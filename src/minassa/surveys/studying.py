"""Answers for those who study them: stratum, weight and answers, never a name, a number of the firm nor a free text."""

from __future__ import annotations

from collections.abc import Iterator

from minassa.surveys.answering import form_of_survey
from minassa.surveys.models import Submission, Survey


def study_rows(survey: Survey) -> tuple[list[str], Iterator[list[str | int]]]:
    """Column names, and one row for each firm that answered; repeats are counted and summed apart by `tables`.

    Rows stand in the order of their digests, which tells nothing of the order of firms. Free texts are left out: what
    people write may name someone.
    """
    form = form_of_survey(survey)
    kept = [
        name for name, one in form.questions.items() if one.kind not in {"note", "text"} and name not in form.repeat_of
    ]
    return ["rang", "filiere", "taille", "regions", "poids", *kept], _rows(survey, kept)


def _rows(survey: Survey, kept: list[str]) -> Iterator[list[str | int]]:
    found = Submission.objects.filter(asked__survey=survey).select_related("asked").order_by("asked_id", "number")
    last = {row.asked_id: row for row in found}
    for rank, row in enumerate(sorted(last.values(), key=lambda one: one.digest), start=1):
        asked = row.asked
        told = [str(row.answers.get(name, "")) for name in kept]
        yield [rank, asked.filiere, asked.size_class, asked.region_group, f"{asked.weight:.6f}", *told]
