"""What the review of a year says, from what was kept of it: figures, what is late, what was adopted, the Gantt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any, Final

from django.utils.translation import gettext as _

from minassa.commitments.public import Unit
from minassa.steering.commitments.measuring import Standing
from minassa.steering.indicators.catalogue import Catalogue
from minassa.steering.models import YearlyReview
from minassa.vocabulary.periods import first_day, format_month
from minassa.vocabulary.statuses import Status, label
from minassa.web import writing
from minassa.web.cases.tables import Cell
from minassa.web.commitments.wording import UNITS, month_words
from minassa.web.indicators import wording as indicator_words
from minassa.web.indicators.listing import cell
from minassa.web.marks import mark_of
from minassa.web.public.pages import language
from minassa.web.reports.content import Report, Section, synthetic_word
from minassa.web.reports.drawing import Drawing, spans
from minassa.web.reports.periods import Kind, Period
from minassa.web.reports.wording import UNKNOWN, written

Row = Mapping[str, Any]
LONGEST_NAME: Final = 48
"""Characters of a name beside its bar."""


def review_report(review: YearlyReview) -> Report:
    """The review as a report, in the language of the page: nothing is measured again."""
    rows = review.content["rows"]
    sections = [*_by_programme(rows), _late(rows), _adopted(rows, review.year), _told(rows), _gantt(rows, review.year)]
    return Report(
        Period(Kind.REVIEW, review.content["until"]),
        language(),
        review.at,
        tuple(_counts(rows)),
        _("Contrat-programme et feuilles de route à la fin de %(year)s") % {"year": review.year},
        tuple(one for one in (*sections, _method(review)) if one),
        (
            _("Chaque valeur mesurée est celle de l'indicateur nommé, lue dans ce calcul : personne ne l'a saisie."),
            _("Le bilan est gardé tel qu'il a été fait ; un calcul plus récent fait un autre bilan."),
        ),
        (),
    )


def headings() -> list[str]:
    """The columns of the annex of a review."""
    return [
        *(_("Code"), _("Programme"), _("Engagement"), _("Responsable"), _("Unité"), _("Échéance"), _("Cible")),
        *(_("Statut"), _("Base"), _("Périmètre"), _("Indicateur"), _("Mesuré"), _("Période")),
        *(_("Attendu par le chemin"), _("État"), _("Preuve"), _("Prochaine étape")),
    ]


def annex_rows(review: YearlyReview) -> Iterator[tuple[Cell | None, ...]]:
    """Every commitment of a review, one a row, values as numbers."""
    for row in review.content["rows"]:
        unit, step = UNITS[Unit(row["unit"])], _last_step(row)
        base = row["bases"][0] if row["bases"] else None
        yield (
            *(row["code"], _said(row["programme_titles"]), _said(row["titles"]), _said(row["owner"])),
            str(indicator_words.UNITS[unit]),
            format_month(step[0]) if step and step[0] is not None else "",
            cell(unit, step[1]) if step and step[1] is not None else "",
            label(Status(step[2]), language()) if step else "",
            cell(unit, base[1]) if base else "",
            _said(base[2]) if base else "",
            row["indicator"],
            cell(unit, row["value"]) if row["value"] is not None else "",
            format_month(row["period"]) if row["period"] is not None else "",
            cell(unit, row["expected"]) if row["expected"] is not None else "",
            _standing(row),
            row["evidence"],
            row["next_step"],
        )


def _counts(rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
    counts = Counter(row["standing"] for row in rows)
    for one in Standing:
        if counts[one]:
            yield str(mark_of(one.value, "standing", language()).text), writing.isolated(writing.count(counts[one]))


def _by_programme(rows: Sequence[Row]) -> Iterator[Section]:
    headers = [_("Engagement"), _("Responsable"), _("Base"), _("Cible"), _("Mesuré"), _("Attendu"), _("État")]
    for _code, some in groupby(rows, key=lambda row: row["programme"]):
        found = list(some)
        table = {"headers": headers, "rows": [_line(row) for row in found], "widths": [6, 4, 4, 4, 4, 4, 3]}
        yield {"heading": _said(found[0]["programme_titles"]), "table": table}


def _line(row: Row) -> list[str]:
    unit, step = Unit(row["unit"]), _last_step(row)
    base = row["bases"][0] if row["bases"] else None
    return [
        _said(row["titles"]),
        _said(row["owner"]),
        f"{_value(unit, base[1])} ({month_words(base[0])}, {_said(base[2])})" if base else UNKNOWN,
        f"{_value(unit, step[1])} ({month_words(step[0])})" if step else UNKNOWN,
        f"{_value(unit, row['value'])} ({month_words(row['period'])})" if row["value"] is not None else UNKNOWN,
        _value(unit, row["expected"]),
        _standing(row),
    ]


def _late(rows: Sequence[Row]) -> Section:
    late = [row for row in rows if row["standing"] == Standing.BEHIND]
    if not late:
        return {"heading": _("Ce qui est en retard"), "paragraphs": [_("Rien de ce qui est mesuré n'est en retard.")]}
    body = [
        [_said(row["titles"]), _value(Unit(row["unit"]), row["value"]), _value(Unit(row["unit"]), row["expected"])]
        for row in late
    ]
    table = {"headers": [_("Engagement"), _("Mesuré"), _("Attendu par le chemin")], "rows": body, "numeric": [1, 2]}
    return {"heading": _("Ce qui est en retard"), "table": table}


def _adopted(rows: Sequence[Row], year: int) -> Section:
    found = [row for row in rows if row["decided_on"] and row["decided_on"].startswith(str(year))]
    if not found:
        told = _("Aucune recommandation n'a été adoptée dans l'année.")
        return {"heading": _("Adopté dans l'année"), "paragraphs": [told]}
    body = [
        [_said(row["titles"]), _said(row["owner"]), writing.day(date.fromisoformat(row["decided_on"]), language())]
        for row in found
    ]
    headers = [_("Recommandation"), _("Chef de file"), _("Adoptée le")]
    return {"heading": _("Adopté dans l'année"), "table": {"headers": headers, "rows": body}}


def _told(rows: Sequence[Row]) -> Section:
    """What those who answer say: the next step of each, and its evidence; where nobody says anything, nothing."""
    found = [row for row in rows if row["next_step"] or row["evidence"]]
    if not found:
        return {
            "heading": _("Preuves et suite"),
            "paragraphs": [_("Personne n'a encore dit la suite ni joint de preuve.")],
        }
    body = [[_said(row["titles"]), row["evidence"] or UNKNOWN, row["next_step"] or UNKNOWN] for row in found]
    headers = [_("Engagement"), _("Preuve"), _("Prochaine étape")]
    return {"heading": _("Preuves et suite"), "table": {"headers": headers, "rows": body}}


def _gantt(rows: Sequence[Row], year: int) -> Section:
    """Commitments whose term is known, from their base (or the start of the year before) to it."""
    drawn = [bar for row in rows if (bar := _span(row, year)) is not None]
    if not drawn:
        return {}
    told = _("De la base de chaque engagement à sa dernière échéance ; les mêmes sont dans les tableaux.")
    svg = spans(drawn, right_to_left=language() == "ar", note=synthetic_word())
    return {"heading": _("La frise"), "figure": Drawing(_("Engagements dans le temps"), told, svg)}


def _span(row: Row, year: int) -> tuple[str, str, str, str] | None:
    step = _last_step(row)
    if step is None or step[0] is None:
        return None
    first = first_day(row["bases"][0][0]) if row["bases"] else date(year - 1, 1, 1)
    last = first_day(step[0] + 1)
    return (_short(_said(row["titles"])), min(first, last).isoformat(), last.isoformat(), _standing(row))


def _method(review: YearlyReview) -> Section:
    rows = [
        [_("Calcul"), writing.isolated(review.run)],
        [_("Empreinte du bilan (SHA-256)"), writing.digest_groups(review.digest)],
        [_("Indicateurs lus"), str(len({row["indicator"] for row in review.content["rows"]} & set(Catalogue.all())))],
    ]
    reserves = dict.fromkeys(_said(row["reserve"]) for row in review.content["rows"] if row["reserve"])
    table = {"headers": [_("Élément"), _("Valeur")], "rows": rows, "widths": [2, 5]}
    return {"heading": _("Comment ces chiffres sont faits"), "paragraphs": list(reserves), "table": table}


def _last_step(row: Row) -> list[Any] | None:
    """The last value promised by a month that is known, else the last of any."""
    dated = [step for step in row["steps"] if step[0] is not None and step[1] is not None]
    steps: list[list[Any]] = dated or row["steps"]
    return steps[-1] if steps else None


def _said(words: Mapping[str, str]) -> str:
    return words.get(language()) or words["fr"]


def _value(unit: Unit, value: int | None) -> str:
    return written(UNITS[unit], value)


def _standing(row: Row) -> str:
    return str(mark_of(row["standing"], "standing", language()).text)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_NAME else text[: LONGEST_NAME - 1] + "…"
