"""The log of a case: what the journal keeps of it, in words, with the short form of each hash."""

from __future__ import annotations

from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minassa.onestop.acting import stream_of
from minassa.onestop.models import Case
from minassa.onestop.public import Procedure
from minassa.registry.public import Actor
from minassa.web.cases.showing import asked_name, step_name
from minassa.web.cases.track import track_words
from minassa.web.journaled import LogLine, lines_of

KINDS: Final[dict[str, str | Promise]] = {
    "case.opened": gettext_lazy("Dossier ouvert"),
    "case.saved": gettext_lazy("Brouillon enregistré"),
    "document.used": gettext_lazy("Pièce jointe"),
    "document.dropped": gettext_lazy("Pièce écartée"),
    "case.prepared": gettext_lazy("Transmis à la signature"),
    "case.signed": gettext_lazy("Signé"),
    "case.submitted": gettext_lazy("Déposé"),
    "case.track": gettext_lazy("Voie du Visa Talent"),
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


def log_of(actor: Actor, case: Case, procedure: Procedure, names: dict[str, str]) -> list[LogLine]:
    """The entries of a case, the latest first; `names`: of bodies, by code."""
    return lines_of(actor, stream_of(case.pk), KINDS, names, lambda body: _detail(body, procedure, names))


def _detail(body: dict[str, Any], procedure: Procedure, names: dict[str, str]) -> str:
    """What an entry says besides its kind."""
    said = []
    if "step" in body:
        code = str(body.get("body", ""))
        said += [names.get(code, code), step_name(procedure, body["step"])]
    if "taken" in body:
        said.append(track_words(body))
    if "favourable" in body:
        said.append(_("favorable") if body["favourable"] else _("défavorable"))
    if "requirement" in body:
        said.append(asked_name(procedure, body["requirement"]))
    keys = body.get("keys") or body.get("fields") or []
    said.append(", ".join(asked_name(procedure, key) for key in keys) if len(keys) <= MOST_KEYS else "")
    if isinstance(body.get("steps"), dict):
        said.append(", ".join(names.get(code, code) for code in body["steps"].values()))
    return " · ".join(filter(None, said))
