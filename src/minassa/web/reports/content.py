"""What a report says, in the order it is read: the road, the indicators, filières and regions, sessions, the method.

Its numbers are read where the pages read theirs; the annex lists each of them once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from minassa.registry.public import Actor
from minassa.steering.indicators.board import Board, board
from minassa.steering.indicators.catalogue import Catalogue
from minassa.steering.indicators.gap import level_jobs
from minassa.steering.indicators.reading import Filters
from minassa.steering.public import latest_figures
from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.regions import regions
from minassa.vocabulary.statuses import Status, label, rank
from minassa.web import writing
from minassa.web.indicators import wording as indicator_words
from minassa.web.public.pages import language
from minassa.web.reports import drawing
from minassa.web.reports.figures import Figure, figures, parts
from minassa.web.reports.held import sessions_section
from minassa.web.reports.periods import Kind, Period
from minassa.web.reports.wording import changed, written

HEADLINES = ("net_jobs", "new_jobs_since", "kept_jobs", "due", "credits_consumed", "membership_delay")
OF_PARTS = ("declared_jobs", "net_jobs", "new_jobs_since", "due")
Section = dict[str, Any]


@dataclass(frozen=True)
class Report:
    """A report ready to be typeset: `sections` as `documents.pdf` reads them, a drawing beside some; its figures."""

    period: Period
    language: str
    made_at: datetime
    facts: tuple[tuple[str, str], ...]
    lead: str
    sections: tuple[Section, ...]
    notes: tuple[str, ...]
    annex: tuple[Figure, ...]

    @property
    def reference(self) -> str:
        """What the report is called in files: `RAPPORT-2026-T3`."""
        return f"{'BILAN' if self.period.kind == Kind.REVIEW else 'RAPPORT'}-{self.period.name}"


def report(actor: Actor, period: Period) -> Report | None:
    """The report of a period as an actor may read it; None before the first run. Forbidden is for the page."""
    found = board(actor, Filters(until=period.until))
    if found is None:
        return None
    whole = figures(found, period)
    by_filiere = list(parts(actor, period, OF_PARTS, {one.label(language()): Filters(filiere=one) for one in Filiere}))
    by_region = list(
        parts(
            actor,
            period,
            OF_PARTS,
            {str(getattr(one, f"name_{language()}")): Filters(region=one.number) for one in regions()},
        )
    )
    sections = [_road(found, period), *_indicators(whole)]
    sections += [_parts(_("Par filière"), _("Filière"), by_filiere), _parts(_("Par région"), _("Région"), by_region)]
    if period.kind != Kind.MONTH:
        sections.append(sessions_section(actor, period))
    sections.append(_method(found, whole))
    return Report(
        period,
        language(),
        _made_at(found),
        tuple(_headlines(whole)),
        _lead(period),
        tuple(one for one in sections if one),
        tuple(_notes()),
        (*whole, *(one for part in (*by_filiere, *by_region) for one in part)),
    )


def _made_at(found: Board) -> datetime:
    """When the run that everything is read from was written: the report made again is the same."""
    return datetime.fromtimestamp((found.run.path / "manifest.json").stat().st_mtime, UTC)


def synthetic_word() -> str:
    """What stands on every page and drawing of invented data; empty on a platform in service."""
    return _("synthétique") if settings.MINASSA_DEMONSTRATION else ""


def _lead(period: Period) -> str:
    return _("%(period)s, selon les déclarations reçues") % {"period": period.words}


def _headlines(whole: Sequence[Figure]) -> Iterator[tuple[str, str]]:
    """The figures that are read first, each with its period."""
    known = {one.indicator.code: one for one in whole}
    for code in HEADLINES:
        if code in known:
            one = known[code]
            yield str(one.indicator.label), f"{written(one.indicator.unit, one.point.value)} ({one.period})"


def _road(found: Board, period: Period) -> Section:
    """Jobs declared to the end of the period against the promised path; nothing before figures are published."""
    published = latest_figures(settings.MINASSA_HOME)
    known = [point for point in found.points(Catalogue.all()["declared_jobs"]) if point.period <= period.until]
    if published is None or not known or known[-1].value is None:
        return {}
    words = (_("emplois déclarés"), _("chemin du contrat-programme"), _("si rien ne change"))
    svg = drawing.road(published, known, words, right_to_left=language() == "ar", note=synthetic_word())
    told = _against_path(known[-1].value, level_jobs(known[-1].period, published["scale"]))
    return {
        "heading": _("La route vers 130 000"),
        "paragraphs": [told, *_scale(published)],
        "figure": drawing.Drawing(_("Emplois déclarés, chemin et projection"), told, svg),
    }


def _against_path(jobs: int, level: int | None) -> str:
    told = {"jobs": writing.isolated(writing.count(jobs))}
    if level is None:
        return _("%(jobs)s emplois sont déclarés.") % told
    told |= {"level": writing.isolated(writing.count(level)), "gap": writing.isolated(writing.count(abs(jobs - level)))}
    if jobs < level:
        return _("%(jobs)s emplois sont déclarés ; le chemin en demande %(level)s : il en manque %(gap)s.") % told
    return _("%(jobs)s emplois sont déclarés ; le chemin en demande %(level)s : %(gap)s de plus.") % told


def _scale(published: dict[str, Any]) -> list[str]:
    if not published["synthetic"]:
        return []
    return [_("Nation inventée : les objectifs du contrat-programme sont ramenés à sa taille.")]


def _indicators(whole: Sequence[Figure]) -> Iterator[Section]:
    """The indicators by group: value, change since the period before, how sure."""
    order = list(indicator_words.GROUPS)
    ordered = sorted(whole, key=lambda one: order.index(one.indicator.group))
    for group, some in groupby(ordered, key=lambda one: one.indicator.group):
        rows = [
            [
                str(one.indicator.label),
                one.period,
                written(one.indicator.unit, one.point.value),
                changed(one.indicator.unit, one.change),
                label(one.point.status, language()),
            ]
            for one in some
        ]
        headers = [_("Indicateur"), _("Période"), _("Valeur"), _("Évolution"), _("Statut")]
        table = {"headers": headers, "rows": rows, "numeric": [2, 3], "widths": [6, 4, 4, 4, 3]}
        yield {"heading": str(indicator_words.GROUPS[group]), "table": table}


def _parts(heading: str, part: str, found: Sequence[Sequence[Figure]]) -> Section:
    """The same few indicators for each part of the nation, drawn by new jobs."""
    if not found:
        return {}
    columns = [Catalogue.all()[code] for code in OF_PARTS]
    rows = []
    for some in found:
        known = {one.indicator.code: one for one in some}
        values = [known[one.code].point.value if one.code in known else None for one in columns]
        rows.append([some[0].cut, *(written(one.unit, value) for one, value in zip(columns, values, strict=True))])
    bars = [
        (some[0].cut, one.point.value)
        for some in found
        for one in some
        if one.indicator.code == "declared_jobs" and one.point.value
    ]
    table = {"headers": [part, *(str(one.label) for one in columns)], "rows": rows, "numeric": [1, 2, 3, 4]}
    made: Section = {"heading": heading, "table": {**table, "widths": [6, 3, 3, 4, 5]}}
    if bars:
        svg = drawing.bars(bars, right_to_left=language() == "ar", note=synthetic_word())
        told = _("Emplois déclarés par part : les nombres sont dans le tableau.")
        made["figure"] = drawing.Drawing(f"{heading} : {columns[0].label}", told, svg)
    return made


def _method(found: Board, whole: Sequence[Figure]) -> Section:
    """The versions that everything was read from, and where series stop being comparable."""
    manifest = found.run.manifest
    weakest = max((one.point.status for one in whole), key=rank, default=Status.OFFICIAL)
    rows = [
        [_("Calcul"), writing.isolated(found.run.path.name)],
        [_("Version du programme"), writing.isolated(str(manifest["code"]))],
        [_("Version de l'offre (SHA-256)"), writing.digest_groups(str(manifest["offer"]["digest"]))],
        [_("Statut le moins sûr"), label(weakest, language())],
    ]
    breaks = dict.fromkeys(str(each.note) for one in whole for each in one.indicator.breaks)
    return {
        "heading": _("Comment ces chiffres sont faits"),
        "paragraphs": list(breaks),
        "table": {"headers": [_("Élément"), _("Valeur")], "rows": rows, "widths": [2, 5]},
    }


def _notes() -> Iterator[str]:
    yield _("Chaque valeur porte le statut le moins sûr de ce sur quoi elle repose ; l'annexe les donne toutes.")
    yield _("Évolution : depuis la fin de la période d'avant ; d'une année à l'autre pour ce qui se compte par année.")
    yield _("Les mêmes valeurs se lisent sur les pages des indicateurs et dans l'interface de programmation.")
