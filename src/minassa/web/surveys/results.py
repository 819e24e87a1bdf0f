"""What a survey found: weighted totals and shares with intervals, what is withheld said so, as a page or a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language_bidi, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from minassa.surveys.models import Survey
from minassa.surveys.public import form_of_survey, study_rows, survey_parameters
from minassa.surveys.tabulating import WHOLE
from minassa.talent.survey.forms import Form, said
from minassa.web.access import PageRequest, page
from minassa.web.cases.showing import language
from minassa.web.cases.tables import FORMATS, Cell, exported
from minassa.web.listing import asked
from minassa.web.surveys.compared import comparison
from minassa.web.surveys.drawing import Bars, bars
from minassa.web.surveys.following import words_of
from minassa.web.surveys.subjects import the_survey

FILTERS: Final = ("question", "par")
HIDDEN: Final = {
    "telling": gettext_lazy("non montré : trop peu d'entreprises, ou une seule y pèse trop"),
    "complementary": gettext_lazy("non montré : il ferait retrouver un autre nombre"),
}
FIRST: Final = "group_hires"
"""The question shown first when the form has it: hires foreseen by group of occupations."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the results in words; numbers are absent where the row is withheld. `unit`: persons, or % of firms."""

    question: str
    key: str
    name: str
    share: bool
    value: float | None
    low: float | None
    high: float | None
    firms: int | None
    hidden: str

    def written(self, number: float | None) -> str:
        """A number of the row, as it is read."""
        if number is None:
            return "—"
        return f"{number * 100:.0f} %" if self.share else f"{number:,.0f}".replace(",", "\N{NARROW NO-BREAK SPACE}")

    @property
    def shown(self) -> str:
        """The value."""
        return self.written(self.value)

    @property
    def between(self) -> str:
        """The 95 % interval."""
        return f"{self.written(self.low)} – {self.written(self.high)}"


@require_GET
@page("survey.results", subject=the_survey)
def results_page(request: PageRequest, survey: Survey) -> HttpResponse:
    """One question at a time, its chart and its table; everything as a file."""
    kept = survey.tabulations.order_by("-upto").first()
    content: dict[str, Any] = kept.content if kept else {"answers": 0, "rows": []}
    form = form_of_survey(survey)
    lines = list(_lines(form, content["rows"]))
    if request.GET.get("format") in FORMATS:
        return _file(form, lines, request.GET["format"], synthetic=survey.synthetic)
    names = list(dict.fromkeys(line.question for line in lines))
    wanted = request.GET.get("question", "")
    question = wanted if wanted in names else FIRST if FIRST in names else (names[0] if names else "")
    rows = _ordered([line for line in lines if line.question == question], request.GET.get("sort", ""))
    context = {
        "survey": survey,
        "title": said(survey.titles, language()),
        "content": content,
        "at": kept.at if kept else None,
        "asked_count": survey.asked.count(),
        "questions": [(name, _label(form, name)) for name in names],
        "question": question,
        "label": _label(form, question) if question else "",
        "rows": rows,
        "bars": _bars(rows),
        "parameters": survey_parameters(),
        **comparison(form, content),
        **asked(request.GET, FILTERS),
    }
    return render(request, "web/surveys/results.html", context)


def _lines(form: Form, rows: Sequence[Mapping[str, Any]]) -> Iterator[Line]:
    for row in rows:
        numbers = (row.get("value"), row.get("low"), row.get("high"), row.get("firms"))
        hidden = str(HIDDEN[row["hidden"]]) if row["hidden"] else ""
        name = _name(form, row["table"], row["question"], row["row"])
        yield Line(row["question"], row["row"], name, row["table"] == "share", *numbers, hidden=hidden)


def _name(form: Form, table: str, question: str, key: str) -> str:
    if key == WHOLE:
        return _("Ensemble")
    if table == "filiere":
        return words_of("filiere", key)
    return form.questions[question if table == "share" else table].label_of(key, language())


def _label(form: Form, name: str) -> str:
    return said(form.questions[name].labels, language())


def _ordered(rows: list[Line], sort: str) -> list[Line]:
    """In the order of the form, or by value; withheld rows last."""
    if sort.removeprefix("-") != "value":
        return rows
    told = sorted((row for row in rows if row.value is not None), key=lambda row: row.value or 0)
    return [*(told[::-1] if sort.startswith("-") else told), *(row for row in rows if row.value is None)]


def _bars(rows: Sequence[Line]) -> Bars | None:
    told = [row for row in rows if row.value is not None and row.key != WHOLE]
    values = [(row.name, row.value or 0.0, row.low or 0.0, row.high or 0.0, row.shown) for row in told]
    return bars(values, right_to_left=get_language_bidi()) if values else None


def _file(form: Form, lines: Sequence[Line], wanted: str, *, synthetic: bool) -> HttpResponse:
    heads = [_("Question"), _("Catégorie"), _("Estimation"), _("De"), _("À"), _("Entreprises"), _("Remarque")]
    made_up = [(_("synthétique : entreprises inventées"), "", "", "", "", "", "")] if synthetic else []
    return exported("resultats", wanted, heads, [*made_up, *(_cells(form, line) for line in lines)])


def _cells(form: Form, line: Line) -> tuple[Cell, ...]:
    numbers = ["" if one is None else f"{one:.4f}" for one in (line.value, line.low, line.high)]
    return (_label(form, line.question), line.name, *numbers, line.firms or "", line.hidden)


@require_GET
@page("survey.study", subject=the_survey)
def answers_file(request: PageRequest, survey: Survey) -> HttpResponse:
    """Answers without names, for who studies them."""
    wanted = request.GET.get("format", "csv")
    heads, rows = study_rows(survey)
    return exported("reponses", wanted if wanted in FORMATS else "csv", heads, rows)
