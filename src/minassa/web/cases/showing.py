"""What cases are made of, in words: answers, bodies, procedures, time left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from minassa.onestop.models import Case, ProcedureVersion
from minassa.onestop.procedure_schema import AskedField
from minassa.onestop.public import FieldType, Procedure, definition
from minassa.registry.models import Body
from minassa.talent.balance.unit_groups import unit_group_name, unit_groups
from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.places import Place, places
from minassa.web import writing

HOLDERS: Final[dict[str, str | Promise]] = {
    "firm": gettext_lazy("l'entreprise"),
    "agencies": gettext_lazy("les administrations"),
    "committee": gettext_lazy("le comité"),
    "platform": gettext_lazy("la plateforme"),
    "closed": gettext_lazy("personne : le dossier est clos"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A field and its answer, in words."""

    key: str
    label: str
    text: str
    ltr: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline as it stands at an instant: `left` seconds before it, negative once it is past."""

    due: datetime
    left: int

    @property
    def late(self) -> bool:
        """Whether it is past."""
        return self.left < 0

    @property
    def soon(self) -> bool:
        """Whether less than three days are left."""
        return 0 <= self.left < 3 * 86_400


def language() -> str:
    """The language of the page: `fr`, `ar` or `en`."""
    return (get_language() or "fr")[:2]


def deadline(due: datetime | None, now: datetime) -> Deadline | None:
    """How a deadline stands now; None when there is none."""
    return None if due is None else Deadline(due, int((due - now).total_seconds()))


def body_names() -> dict[str, str]:
    """The name of every body in the language of the page, by code."""
    other = {"ar": "name_arabic", "en": "name_english"}.get(language(), "name")
    return {body.code: getattr(body, other) or body.name for body in Body.objects.all()}


def latest_procedures() -> ArraySubquery:
    """The latest version of every published procedure, by code, to be read `together` with other values."""
    return ArraySubquery(_latest().values("pk"))


def procedure_names(latest: Iterable[int] | None = None) -> dict[str, str]:
    """The name of every published procedure in the language of the page, by code; `latest`: its versions, when read."""
    versions = _latest().values_list("pk", flat=True) if latest is None else latest
    return {found.code: found.labels.said(language()) for found in map(definition, versions)}


def _latest() -> QuerySet[ProcedureVersion]:
    return ProcedureVersion.objects.order_by("code", "-version").distinct("code")


def holder_name(case: Case) -> str:
    """Who holds a case, in words."""
    return str(HOLDERS.get(case.holder, case.holder.upper()))


def step_name(procedure: Procedure, step: str) -> str:
    """The name of a task of a procedure."""
    found = next((task.label.said(language()) for task in procedure.tasks if task.step == step), None)
    return found or step


def asked_name(procedure: Procedure, key: str) -> str:
    """The name of a field or of a document that a procedure asks."""
    found = next(
        (each.label.said(language()) for each in (*procedure.fields, *procedure.requirements) if each.key == key), None
    )
    return found or key


def lacking(procedure: Procedure, missing: Mapping[str, str]) -> list[tuple[str, str]]:
    """What is missing, to be linked: where it stands in the draft, its name."""
    return [(f"id_{key}" if procedure.field(key) else f"piece_{key}", asked_name(procedure, key)) for key in missing]


def answer(field: AskedField, value: Any) -> Answer:  # noqa: ANN401 (whatever the type of the field)
    """A field and its answer, in words."""
    ltr = field.type in {FieldType.EMAIL, FieldType.PHONE}
    return Answer(field.key, field.label.said(language()), _shown(field, value), ltr=ltr)


def _shown(field: AskedField, value: Any) -> str:  # noqa: ANN401
    if value in (None, ""):
        return "—"
    known: dict[FieldType, Callable[[], object]] = {
        FieldType.BOOLEAN: lambda: _("Oui") if value else _("Non"),
        FieldType.NUMBER: lambda: writing.count(value),
        FieldType.MONEY: lambda: f"{writing.digits(value, language())}\N{NO-BREAK SPACE}{writing.unit(language())}",
        FieldType.DATE: lambda: writing.day(date.fromisoformat(value), language()),
        FieldType.CHOICE: lambda: _choice(field, value),
        FieldType.PLACE: lambda: place_name(value),
        FieldType.FILIERE: lambda: Filiere(value).label(language()),
        FieldType.OCCUPATION: lambda: unit_group_name(value, language()),
    }
    return str(known[field.type]()) if field.type in known else str(value)


def _choice(field: AskedField, value: str) -> str:
    return next((choice.label.said(language()) for choice in field.choices if choice.value == value), value)


def place_name(code: int) -> str:
    """The name of a place in the language of the page; a dash when it is unknown."""
    found = next((place for place in places() if place.code == code), None)
    return _named(found) if found else "—"


def _named(place: Place) -> str:
    return {"ar": place.name_ar, "en": place.name_en}.get(language(), place.name_fr)


def occupation_choices() -> list[tuple[str, str]]:
    """Unit groups of ISCO-08 to choose from, by name."""
    named = [(code, unit_group_name(code, language())) for code in unit_groups()]
    return sorted(named, key=lambda one: one[1])


def place_choices() -> list[tuple[str, list[tuple[int, str]]]]:
    """Places to choose from, P2I first, then regions."""
    kinds = (("p2i", _("P2I")), ("region", _("Régions, hors P2I")))
    return [(str(word), [(one.code, _named(one)) for one in places() if one.kind == kind]) for kind, word in kinds]
