"""A specialisation tried on a P2I: what it would ask, what it would displace; the address keeps the trial."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minassa.outlook.specialisation.fields import fields
from minassa.outlook.specialisation.trial import Passage, Trial, Weight
from minassa.platforms.public import platform_parameters, sheet_on
from minassa.steering.platforms.premiums import premiums_of
from minassa.steering.platforms.specialising import Document
from minassa.steering.platforms.trying import Tried, occupations_of, passages_to, place_row, recognised_in, try_target
from minassa.talent.reference.reading import reference
from minassa.vocabulary.periods import first_day, parse_month
from minassa.vocabulary.statuses import Status, label
from minassa.web import writing
from minassa.web.access import PageRequest, page
from minassa.web.cases.tables import Amount, Cell
from minassa.web.doing import UNPROCESSABLE
from minassa.web.indicators.exports import FORMATS, taken_away
from minassa.web.platforms.subjects import Followed, the_p2i
from minassa.web.platforms.targets import field_name
from minassa.web.platforms.trial_asked import Asked, asked
from minassa.web.platforms.trial_lines import Line, lines_of
from minassa.web.platforms.wording import unit_name
from minassa.web.public.pages import language
from minassa.web.surveys.drawing import Bars, bars


@require_safe
@page("specialisation.view", subject=the_p2i)
def trial_page(request: PageRequest, followed: Followed) -> HttpResponse:
    """The trial that the address asks; 422 with what is wrong beside its field."""
    this_year = timezone.localdate().year
    question, found = asked(request.GET, this_year), place_row(settings.MINASSA_HOME, followed.unit)
    context: dict[str, Any] = {
        "unit": followed.unit,
        "unit_name": unit_name(followed.unit),
        "asked_for": question,
        "fields": [(code, field_name(code)) for code in fields()],
        "synthetic": bool(found and found[0]["synthetic"]),
    }
    if found is None or question.errors or not recognised_in(found[1]):
        status = UNPROCESSABLE if question.errors else 200
        return render(request, "web/platforms/trial.html", context | _unknown(found), status=status)
    document, row = found
    tried = try_target(row, question.wanted(this_year), question.metres)
    premiums = premiums_of(followed.unit.slug, question.field, question.salary, this_year + 1)
    lines = lines_of(tried, question, premiums)
    if request.GET.get("format") in FORMATS:
        return _file(followed, request.GET["format"], lines, tried.trial)
    return render(
        request, "web/platforms/trial.html", context | _found(followed, document, row, question, tried, lines)
    )


def _unknown(found: tuple[Document, dict[str, Any]] | None) -> dict[str, Any]:
    """Why nothing is tried: no run knows the place, or too few are there for it to be told."""
    few = found is not None and not recognised_in(found[1])
    least = {name: found[0][name] for name in ("fewest_people", "fewest_firms")} if found else {}
    return {"known": found is not None, "few": few, **least}


def _found(
    followed: Followed, document: Document, row: dict[str, Any], question: Asked, tried: Tried, lines: list[Line]
) -> dict[str, Any]:
    until = writing.month(first_day(parse_month(document["until"])), language())
    weights = [_weight(one) for one in tried.trial.weights]
    mine = tried.trial.weights[[one.field for one in tried.trial.weights].index(question.field)]
    return {
        "known": True,
        "tried": tried,
        "field": field_name(question.field),
        "status": fields()[question.field].status,
        "now": mine.share_before,
        "until": until,
        "run": document["run"],
        "recognised": recognised_in(row),
        "lines": lines,
        "weights": weights,
        "bars": _bars(tried.trial.weights),
        "passages": [_passage(one, tried.trial) for one in _passages(row, question)],
        "compared": tried.compared,
        "members": _members(row, question.field, tried.trial),
        "area": sheet_on(followed.unit, timezone.localdate()).rentable_area_m2,
        "movable": platform_parameters()["movable_of_near"],
        "fewest_people": document["fewest_people"],
        "fewest_firms": document["fewest_firms"],
    }


def _weight(one: Weight) -> dict[str, Any]:
    return {"name": field_name(one.field), "weight": one, "gained": one.change > 0}


def _bars(weights: Sequence[Weight]) -> Bars:
    """The share of each field after the trial; a line stands where it is now."""
    rows = [
        (
            field_name(one.field),
            float(one.share_after),
            float(one.share_before),
            float(one.share_before),
            writing.percent(one.share_after, language()),
        )
        for one in weights
    ]
    return bars(rows, right_to_left=language() == "ar")


def _passages(row: dict[str, Any], question: Asked) -> list[Passage]:
    from_here = passages_to(question.field, row["occupations"])
    return sorted(from_here, key=lambda one: (not one.advised, one.distance, one.occupation))


def _passage(one: Passage, trial: Trial) -> dict[str, Any]:
    moved = sum(each.people for each in trial.moved if each.passage.occupation == one.occupation)
    return {
        "name": occupation_name(one.occupation),
        "to": occupation_name(one.to),
        "passage": one,
        "moved": moved,
    }


def _members(row: dict[str, Any], field: str, trial: Trial) -> list[dict[str, Any]]:
    """Occupations of the field: people there now where they may be told, those who would come by conversion."""
    told = {one["occupation"]: one["people"] for one in row["occupations"]}
    return [
        {
            "name": occupation_name(code),
            "people": told.get(code),
            "come": sum(one.people for one in trial.moved if one.passage.to == code),
        }
        for code in occupations_of(field)
    ]


def occupation_name(code: str) -> str:
    """The name of an occupation of the reference in the language of the page."""
    return str(reference().occupations[code].label.said(language()))


def _file(followed: Followed, wanted: str, lines: Sequence[Line], trial: Trial) -> HttpResponse:
    """What is asked and what is displaced, as a file."""
    headings = [_("Élément"), _("Valeur"), _("Unité"), _("Compté avec"), _("Certitude")]
    rows: list[tuple[Cell | None, ...]] = [
        (
            one.words,
            Amount(one.value) if one.amount else one.value,
            one.unit,
            one.counted,
            label(one.status, language()),
        )
        for one in lines
    ]
    people, deduced = _("personnes"), label(Status.ASSUMED, language())
    for one in trial.weights:
        name = field_name(one.field)
        before, after = _("%(field)s, aujourd'hui") % {"field": name}, _("%(field)s, à terme") % {"field": name}
        rows += [(before, one.before, people, "", ""), (after, one.after, people, "", deduced)]
    return taken_away(f"essai-specialisation-{followed.unit.slug}", wanted, headings, rows)
