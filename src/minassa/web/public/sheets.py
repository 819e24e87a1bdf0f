"""The sheets of procedures: who, where, with what, for what, at what cost, how long, by which law, which recourse."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from minassa.delays.figures import DelayUnit, delay
from minassa.onestop.procedure_models import ProcedureVersion
from minassa.onestop.procedure_schema import Procedure, Requirement, Source, Step
from minassa.onestop.public import definition, in_force
from minassa.registry.bodies import Body
from minassa.vocabulary.texts import article, text
from minassa.web.access import public_page
from minassa.web.public.pages import keep, language, shown
from minassa.web.writing import count

DECISIONS: Final[dict[str, str | Promise]] = {
    "none": _("Sans réponse dans ce délai, rien n'est acquis : le recours est ouvert."),
    "acceptance": _("Sans réponse dans ce délai, la demande est acceptée."),
    "refusal": _("Sans réponse dans ce délai, la demande est refusée."),
}


@require_safe
@public_page
def sheets_page(request: HttpRequest) -> HttpResponse:
    """Every procedure in force today, in a sentence each."""
    today = timezone.localdate()
    bodies = Bodies.registered()
    rows = [_summary(procedure, today, bodies) for procedure in in_force(today)]
    return keep(request, shown(request, "web/public/sheets.html", {"sheets": rows}))


@require_safe
@public_page
def sheet_page(request: HttpRequest, code: str) -> HttpResponse:
    """A procedure, step by step; `?version=` shows one published before. 404 for a code or a version nobody knows."""
    today = timezone.localdate()
    published = list(ProcedureVersion.objects.filter(code=code).order_by("-version").only("pk", "version", "digest"))
    wanted = request.GET.get("version", "")
    versions = {one.version: definition(one.pk, one.digest) for one in published}
    current = next((one for one in versions.values() if one.in_force_from <= today), None)
    chosen = versions.get(int(wanted)) if wanted.isdecimal() else current
    if chosen is None:
        raise Http404
    bodies = Bodies.registered()
    context = {
        "sheet": _summary(chosen, today, bodies),
        "steps": [_step(one, chosen, today, bodies) for one in chosen.steps],
        "fields": [one.label.said(language()) for one in chosen.fields if one.required],
        "requirements": [_requirement(one, language()) for one in chosen.requirements],
        "decision": _decision(chosen, today, bodies),
        "fast": fast_delays(chosen, today),
        "versions": [
            {"version": one.version, "from": one.in_force_from, "current": one is chosen} for one in versions.values()
        ],
        "superseded": current is not None and chosen.version < current.version,
    }
    return keep(request, shown(request, "web/public/sheet.html", context))


def _summary(procedure: Procedure, today: date, bodies: Bodies) -> dict[str, Any]:
    said = language()
    return {
        "code": procedure.code,
        "version": procedure.version,
        "label": procedure.labels.said(said),
        "purpose": procedure.purpose.said(said),
        "status": procedure.status.value,
        "from": procedure.in_force_from,
        "delay": delay_words(procedure.decision.delay, today),
        "by": bodies[procedure.decision.by],
        "open": procedure.open_to_requests,
        "steps": len(procedure.steps),
        "source": _ground(procedure.source),
    }


def _step(step: Step, procedure: Procedure, today: date, bodies: Bodies) -> dict[str, Any]:
    said = language()
    documents = {one.key: one.label.said(said) for one in procedure.requirements}
    return {
        "title": step.title.said(said),
        "who": bodies[step.who],
        "where": step.where.said(said),
        "documents": [documents[key] for key in step.documents],
        "result": step.result.said(said),
        "cost": step.cost.said(said),
        "delay": delay_words(step.delay, today) if step.delay else "",
        "ground": _ground(step.ground),
        "recourse": step.recourse.said(said),
    }


def _requirement(one: Requirement, said: str) -> dict[str, Any]:
    return {
        "label": one.label.said(said),
        "help": one.help.said(said) if one.help else "",
        "ground": _ground(one.source),
        "always": one.required and one.when is None,
    }


def _decision(procedure: Procedure, today: date, bodies: Bodies) -> dict[str, Any]:
    decision = procedure.decision
    return {
        "by": bodies[decision.by],
        "delay": delay_words(decision.delay, today),
        "silence": DECISIONS.get(decision.silence.value, DECISIONS["none"]),
        "appeal": bodies[decision.appeal_to],
        "ground": _ground(decision.source),
    }


def fast_delays(procedure: Procedure, on: date) -> list[dict[str, Any]]:
    """What the faster way of a procedure changes, each delay in words beside the ordinary one; nothing without it."""
    if procedure.fast is None:
        return []
    ordinary = {task.delay for task in procedure.tasks}
    pairs = [(_("Réponse de chaque administration"), procedure.fast.task, one) for one in sorted(ordinary)]
    pairs.append((_("Décision"), procedure.fast.decision, procedure.decision.delay))
    return [
        {
            "label": label,
            "fast": delay_words(fast, on),
            "fast_status": delay(fast, on).source.status.value,
            "ordinary": delay_words(slow, on),
            "ordinary_status": delay(slow, on).source.status.value,
        }
        for label, fast, slow in pairs
    ]


def _ground(source: Source) -> dict[str, Any]:
    """The text that something rests on: its title, its article, where it was read, how sure."""
    found = text(source.text)
    return {
        "title": found.title,
        "article": article(source.text),
        "url": found.url,
        "status": source.status.value,
        "note": source.note,
    }


def delay_words(code: str, on: date) -> str:
    """A delay of `minassa.delays` in words, as it stands on a day."""
    held = delay(code, on)
    words = {
        DelayUnit.CALENDAR_DAYS: ngettext("%(n)s jour calendaire", "%(n)s jours calendaires", held.value),
        DelayUnit.WORKING_DAYS: ngettext("%(n)s jour ouvré", "%(n)s jours ouvrés", held.value),
        DelayUnit.WORKING_HOURS: ngettext("%(n)s heure ouvrée", "%(n)s heures ouvrées", held.value),
        DelayUnit.MINUTES: ngettext("%(n)s minute", "%(n)s minutes", held.value),
    }
    return words[held.unit] % {"n": count(held.value)}


class Bodies(dict[str, str]):
    """Names of bodies by code, in the language of the page; of one that the register does not hold, its code."""

    @classmethod
    def registered(cls) -> Bodies:
        """Every body of the register, in one query."""
        column = {"ar": "name_arabic", "en": "name_english"}.get(language(), "name")
        rows = Body.objects.values_list("code", column, "name")
        return cls({"platform": gettext("la plateforme")} | {code: said or name for code, said, name in rows})

    def __missing__(self, code: str) -> str:
        """The code itself, as an abbreviation."""
        return code.upper()
