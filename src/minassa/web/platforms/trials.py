"""A specialisation tried on a P2I: what it would ask, what it would displace; the address keeps the trial."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minassa.outlook.specialisation.fields import fields
from minassa.outlook.specialisation.trial import Passage, Trial, Weight
from minassa.platforms.public import platform_parameters, sheet_on
from minassa.steering.platforms.premiums import Premium, premiums_of
from minassa.steering.platforms.specialising import Document
from minassa.steering.platforms.trying import Tried, occupations_of, passages_to, place_row, recognised_in, try_target
from minassa.talent.reference.reading import reference
from minassa.talent.seats.assumed import assumptions
from minassa.vocabulary.money import Cents
from minassa.vocabulary.periods import first_day, parse_month
from minassa.vocabulary.rates import BASIS_POINTS
from minassa.vocabulary.statuses import Status, label
from minassa.web import writing
from minassa.web.access import PageRequest, page
from minassa.web.cases.tables import Amount, Cell
from minassa.web.doing import UNPROCESSABLE
from minassa.web.indicators.exports import FORMATS, taken_away
from minassa.web.platforms.subjects import Followed, the_p2i
from minassa.web.platforms.targets import field_name
from minassa.web.platforms.trial_asked import Asked, asked
from minassa.web.platforms.wording import unit_name
from minassa.web.public.pages import language
from minassa.web.surveys.drawing import Bars, bars

METRES: Final = "m²"


@dataclass(frozen=True, slots=True)
class Line:
    """A quantity that the trial asks: its words, number and unit, how it was counted, how sure the least sure part is.

    An amount is in centimes.
    """

    words: str
    value: int
    unit: str
    counted: str
    status: Status
    amount: bool = False

    @property
    def unit_shown(self) -> str:
        """The unit beside the number, where the words do not say what is counted."""
        return self.unit if self.unit == METRES else ""


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
    lines = _lines(tried, question, premiums)
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


def _lines(tried: Tried, question: Asked, premiums: Sequence[Premium]) -> list[Line]:
    trial, counted = tried.trial, tried.counted
    people, seats = _("personnes"), _("places")
    movable, taught = platform_parameters()["movable_of_near"].status, assumptions().status
    shares = _("%(kept)s des entrants diplômés (%(kept_from)s), %(inserted)s des diplômés en emploi (%(from)s)") % {
        "kept": _percent(counted.kept),
        "kept_from": _origin(counted.kept_from),
        "inserted": _percent(counted.inserted),
        "from": _origin(counted.inserted_from),
    }
    trained = _status_of(counted.kept_from, counted.inserted_from)
    near = _("une personne d'un métier proche sur %(of)s au plus") % {"of": BASIS_POINTS // tried.ratios.movable}
    by_trainer = _("%(number)s entrants par formateur") % {"number": tried.ratios.entrants_by_trainer}
    metres = _("%(number)s m² par poste") % {"number": question.metres}
    return [
        Line(_("Postes de plus dans le domaine"), trial.posts, people, _("part visée, emplois reconnus"), movable),
        Line(_("dont reconversions de personnes de la P2I"), trial.converted, people, near, movable),
        Line(_("dont recrutements"), trial.added, people, _("le reste"), movable),
        Line(_("Places de formation pour les recrues"), trial.seats_recruits, seats, shares, trained),
        Line(_("Places de formation en tout"), trial.seats, seats, _("une de plus par reconversion"), trained),
        Line(_("Places de formation par an"), trial.seats_year, seats, _("à parts égales jusqu'au terme"), trained),
        Line(_("Formateurs"), trial.trainers, people, by_trainer, taught),
        Line(_("Heures pour les reconversions"), trial.hours, _("heures"), _("passages de métiers"), Status.PROPOSED),
        Line(_("Surface de bureaux"), trial.metres, METRES, metres, Status.ASSUMED),
        *(_premium(one, trial.added) for one in premiums),
    ]


def _premium(one: Premium, hires: int) -> Line:
    words = {
        "pae": _("Prime d'accompagnement à l'emploi (PAE) des recrues"),
        "paf": _("Prime à la formation (PAF) des recrues"),
    }
    each = _("%(amount)s par recrue, offre en vigueur") % {"amount": writing.money(Cents(one.cents), language())}
    return Line(words[one.measure], one.cents * hires, _("dirhams"), each, one.status, amount=True)


def _percent(share: float) -> str:
    return writing.percent(round(share * BASIS_POINTS), language())


def _origin(origin: str) -> str:
    return {"measured": _("mesuré"), "told": _("dit par les établissements")}.get(origin, _("supposé"))


def _status_of(*origins: str) -> Status:
    """Shares that are measured or told follow from what was declared; an assumed one carries."""
    return Status.ASSUMED if "assumed" in origins else Status.INFERRED


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
