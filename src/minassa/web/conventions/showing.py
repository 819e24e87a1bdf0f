"""What conventions are made of, in words: values in their unit, fields, commitments as measured, the journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import get_language_bidi, gettext_lazy
from django.utils.translation import gettext as _

from minassa.conventions.acting import stream_of
from minassa.conventions.models import (
    Amendment,
    AmendmentKind,
    CommitmentKind,
    Convention,
    ConventionState,
    Declared,
    Measure,
    Scope,
)
from minassa.conventions.public import (
    UNITS,
    CommitmentTerms,
    Source,
    Terms,
    Unit,
    changed_fields,
    measures_of,
    until_due,
)
from minassa.registry.public import Actor
from minassa.vocabulary.periods import first_day
from minassa.web import writing
from minassa.web.cases.showing import language
from minassa.web.conventions.drawing import Picture, picture
from minassa.web.journaled import LogLine, lines_of

FIELDS: Final[Mapping[str, str | Promise]] = {
    "target": gettext_lazy("Objectif"),
    "due_on": gettext_lazy("Échéance"),
    "ends_on": gettext_lazy("Fin de la convention"),
    "firm_name": gettext_lazy("Nom de l'entreprise"),
    "signatories": gettext_lazy("Signataires"),
    "state": gettext_lazy("État"),
    "kind": gettext_lazy("Engagement"),
    "label": gettext_lazy("Précision"),
    "scope": gettext_lazy("Périmètre"),
    "baseline": gettext_lazy("Référence"),
    "baseline_on": gettext_lazy("Date de référence"),
}
SOURCES: Final[Mapping[Source, str | Promise]] = {
    Source.CNSS: gettext_lazy("déclarations CNSS"),
    Source.ACCOUNTS: gettext_lazy("comptes annuels déposés"),
    Source.DECLARED: gettext_lazy("déclaré par l'entreprise, pièce à l'appui"),
}
JOURNAL: Final[Mapping[str, str | Promise]] = {
    "convention.drafted": gettext_lazy("Convention préparée"),
    "convention.redrafted": gettext_lazy("Termes réécrits"),
    "convention.proposed": gettext_lazy("Proposée à la signature, termes gelés"),
    "convention.sent-back": gettext_lazy("Renvoyée à la préparation"),
    "convention.signed": gettext_lazy("Signée"),
    "convention.ended": gettext_lazy("Arrivée à son terme"),
    "convention.measured": gettext_lazy("Engagements mesurés"),
    "commitment.declared": gettext_lazy("Pièce déclarée par l'entreprise"),
    "amendment.proposed": gettext_lazy("Avenant proposé"),
    "amendment.agreed": gettext_lazy("Avenant accepté par l'entreprise"),
    "amendment.adopted": gettext_lazy("Avenant adopté"),
    "amendment.rejected": gettext_lazy("Avenant rejeté"),
    "amendment.withdrawn": gettext_lazy("Avenant retiré"),
    "advance.proposed": gettext_lazy("Avance proposée"),
    "advance.granted": gettext_lazy("Avance accordée"),
    "advance.refused": gettext_lazy("Avance refusée"),
    "advance.imputed": gettext_lazy("Avance imputée sur la prime"),
    "hearing.opened": gettext_lazy("Restitution proposée, l'entreprise est entendue"),
    "hearing.replied": gettext_lazy("Réponse de l'entreprise"),
    "hearing.recovered": gettext_lazy("Remboursement demandé"),
    "hearing.withheld": gettext_lazy("Part non payée retenue"),
    "hearing.dropped": gettext_lazy("Restitution abandonnée"),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure in words: its month, the value, the path and the gap in the unit of the commitment."""

    row: Measure
    month: str
    value: str
    path: str
    gap: str


@dataclass(frozen=True, slots=True)
class Followed:
    """A commitment with what was measured of it, drawn and told."""

    terms: CommitmentTerms
    kind: str | Promise
    scope: str | Promise
    source: str | Promise
    baseline: str
    target: str
    last: Measured | None
    measures: tuple[Measured, ...]
    picture: Picture
    declared: tuple[tuple[Declared, str], ...]
    days_left: int

    @property
    def drawn(self) -> bool:
        """Whether there is a way to draw: an event is done or not."""
        return self.terms.unit is not Unit.EVENT


@dataclass(frozen=True, slots=True)
class Changed:
    """A field that an amendment changes: its name, before and after, in words."""

    field: str | Promise
    before: str
    after: str


def value_words(amount: int | None, unit: Unit) -> str:
    """A value in its unit: jobs, dirhams, done or not; a dash for none."""
    if amount is None:
        return "—"
    if unit is Unit.CENTS:
        return writing.money(amount, language())
    if unit is Unit.EVENT:
        return _("faite") if amount > 0 else _("pas encore faite")
    return writing.isolated(writing.count(amount))


def followed(convention: Convention, terms: Terms, today: date) -> list[Followed]:
    """The commitments of the terms, each with its measures."""
    rows: dict[int, list[Measure]] = {}
    for row in measures_of(convention):
        rows.setdefault(row.number, []).append(row)
    said: dict[int, list[Declared]] = {}
    for one in Declared.objects.filter(convention=convention).order_by("on", "pk"):
        said.setdefault(one.number, []).append(one)
    return [_followed(one, rows.get(one.number, []), said.get(one.number, []), today) for one in terms.commitments]


def _followed(one: CommitmentTerms, rows: list[Measure], said: list[Declared], today: date) -> Followed:
    measures = tuple(_measured(row, one.unit) for row in rows)
    return Followed(
        terms=one,
        kind=one.kind.label,
        scope=one.scope.label,
        source=SOURCES[one.source],
        baseline=value_words(one.baseline, one.unit),
        target=value_words(one.target, one.unit),
        last=measures[-1] if measures else None,
        measures=measures,
        picture=picture(one, rows, right_to_left=get_language_bidi()),
        declared=tuple((row, value_words(row.amount, one.unit)) for row in said),
        days_left=until_due(one, today),
    )


def _measured(row: Measure, unit: Unit) -> Measured:
    month = writing.month(first_day(row.month), language())
    gap = "—" if unit is Unit.EVENT else value_words(row.gap, unit)
    path = "—" if unit is Unit.EVENT else value_words(row.path, unit)
    return Measured(row, month, value_words(row.value, unit), path, gap)


def changes_of(amendment: Amendment, terms: Terms) -> list[Changed]:
    """What an amendment replaces and what it puts there, in words."""
    unit = Unit.JOBS
    if amendment.kind == AmendmentKind.ADD_COMMITMENT:
        unit = UNITS[CommitmentKind(amendment.after["kind"])]
    elif amendment.commitment:
        unit = terms.commitment(amendment.commitment).unit
    fields = [name for name in changed_fields(amendment) if amendment.after.get(name, "") != ""]
    return [
        Changed(
            FIELDS[name],
            field_words(name, amendment.before.get(name), unit),
            field_words(name, amendment.after[name], unit),
        )
        for name in fields
        if amendment.before.get(name) != amendment.after[name]
    ]


def field_words(name: str, value: Any, unit: Unit) -> str:  # noqa: ANN401 (plain data of terms)
    """The value of a field of terms, in words."""
    if value is None:
        return "—"
    if name in {"target", "baseline"}:
        return value_words(int(value), unit)
    if name in {"due_on", "ends_on", "baseline_on"}:
        return writing.day(date.fromisoformat(value), language())
    if name == "signatories":
        return " ; ".join(f"{one['name']}, {one['quality']}" for one in value)
    words: Mapping[str, Any] = {"state": ConventionState, "kind": CommitmentKind, "scope": Scope}
    return str(words[name](value).label) if name in words else str(value)


def log_of(actor: Actor, convention: Convention, names: dict[str, str]) -> list[LogLine]:
    """The entries of a convention, the latest first; `names`: of bodies, by code."""
    return lines_of(actor, stream_of(convention.pk), JOURNAL, names)


def worst_first(rows: Iterable[Measure]) -> str:
    """The status that tells the most of a convention: what is missed, then late, before what goes well."""
    order = ("missed", "late", "unmeasured", "on_the_way", "met")
    found = {str(row.status) for row in rows}
    return next((status for status in order if status in found), "unmeasured")
