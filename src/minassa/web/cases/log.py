"""The log of a case: what the journal keeps of it, in words, with the short form of each hash."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minassa.journal.public import Entry
from minassa.onestop.acting import stream_of
from minassa.onestop.models import Case
from minassa.onestop.public import Procedure
from minassa.registry.models import Appointment
from minassa.registry.public import Actor
from minassa.web.cases.showing import asked_name, step_name
from minassa.web.writing import isolated

KINDS: Final[dict[str, str | Promise]] = {
    "case.opened": gettext_lazy("Dossier ouvert"),
    "case.saved": gettext_lazy("Brouillon enregistré"),
    "document.used": gettext_lazy("Pièce jointe"),
    "document.dropped": gettext_lazy("Pièce écartée"),
    "case.prepared": gettext_lazy("Transmis à la signature"),
    "case.signed": gettext_lazy("Signé"),
    "case.submitted": gettext_lazy("Déposé"),
    "tasks.opened": gettext_lazy("Administrations saisies ensemble"),
    "task.assigned": gettext_lazy("Tâche attribuée"),
    "task.proposed": gettext_lazy("Réponse proposée"),
    "task.returned": gettext_lazy("Proposition rendue à son auteur"),
    "task.answered": gettext_lazy("Réponse donnée"),
    "task.sent_back": gettext_lazy("Complément voulu par une administration"),
    "task.overdue": gettext_lazy("Délai d'une administration dépassé : son responsable est averti"),
    "complement.asked": gettext_lazy("Complément unique demandé à l'entreprise"),
    "complement.answered": gettext_lazy("Complément donné"),
    "complement.lapsed": gettext_lazy("Délai du complément passé : les administrations reprennent"),
    "case.joined": gettext_lazy("Toutes les administrations ont répondu"),
    "case.decided": gettext_lazy("Décidé"),
    "case.appealed": gettext_lazy("Recours formé"),
    "case.message": gettext_lazy("Message écrit"),
    "case.withdrawn": gettext_lazy("Retiré"),
    "case.overdue": gettext_lazy("Délai légal dépassé"),
    "case.silence": gettext_lazy("Accepté par le silence de l'administration"),
    "case.rebased": gettext_lazy("Passé à une autre version de la démarche"),
}


MOST_KEYS: Final = 4
"""Names of fields that a line says; a whole form saved at once says none."""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the journal, in words."""

    number: int
    at: datetime
    what: str | Promise
    detail: str
    who: str
    hash: str


def log_of(actor: Actor, case: Case, procedure: Procedure, names: dict[str, str]) -> list[Line]:
    """The entries of a case, the latest first; `names`: of bodies, by code."""
    entries = list(Entry.objects.filter(stream=stream_of(case.pk)).order_by("-number"))
    hands = hands_of(actor, {entry.actor for entry in entries}, names)
    return [
        Line(
            entry.number,
            entry.at,
            KINDS.get(entry.kind, entry.kind),
            _detail(entry.body, procedure, names),
            hands[entry.actor],
            bytes(entry.hash).hex(),
        )
        for entry in entries
    ]


def hands_of(actor: Actor, authors: Iterable[str], names: dict[str, str]) -> dict[str, str]:
    """Who acted, in words: the person themselves, a body, the enterprise, the platform. Never a person's name."""
    wanted = set(authors)
    accounts = {int(each.removeprefix("account:")) for each in wanted if each.startswith("account:")}
    rows = Appointment.objects.filter(account__in=accounts).order_by("-since").values_list("account", "body__code")
    bodies = {account: names.get(code, code) for account, code in rows}
    return {author: _hand(actor, author, bodies, names) for author in wanted}


def _hand(actor: Actor, author: str, bodies: dict[int, str], names: dict[str, str]) -> str:
    if author == str(actor):
        return _("vous")
    kind, _colon, rest = author.partition(":")
    if kind == "body":
        return _("%(body)s (par son système)") % {"body": names.get(rest, rest)}
    if kind == "sitting":
        return _("le comité, séance %(sitting)s") % {"sitting": rest}
    if kind == "account":
        return bodies.get(int(rest), _("l'entreprise"))
    if kind == "sitting":
        session, _slash, item = rest.partition("/")
        return _("séance %(session)s, point %(item)s") % {"session": isolated(session), "item": isolated(item)}
    return _("la plateforme")


def _detail(body: dict[str, Any], procedure: Procedure, names: dict[str, str]) -> str:
    """What an entry says besides its kind."""
    said = []
    if "step" in body:
        code = str(body.get("body", ""))
        said += [names.get(code, code), step_name(procedure, body["step"])]
    if "favourable" in body:
        said.append(_("favorable") if body["favourable"] else _("défavorable"))
    if "requirement" in body:
        said.append(asked_name(procedure, body["requirement"]))
    keys = body.get("keys") or body.get("fields") or []
    said.append(", ".join(asked_name(procedure, key) for key in keys) if len(keys) <= MOST_KEYS else "")
    if isinstance(body.get("steps"), dict):
        said.append(", ".join(names.get(code, code) for code in body["steps"].values()))
    return " · ".join(filter(None, said))
