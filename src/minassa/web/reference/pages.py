"""The sheet of an occupation and of a skill, two occupations compared, the levels."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from minassa.registry.public import allowed
from minassa.talent.reference.comparing import compared
from minassa.talent.reference.entries import Occupation, Skill
from minassa.talent.reference.importing import kept_label
from minassa.talent.reference.levels import DESCRIPTORS, levels
from minassa.vocabulary.filieres import Filiere
from minassa.web.access import public_page
from minassa.web.navigation import actor_on
from minassa.web.public.pages import keep, language, shown
from minassa.web.reference.held import RIGHTS, held, occupation_of, skill_of


@require_safe
@public_page
def occupation_page(request: HttpRequest, code: str) -> HttpResponse:
    """The sheet of an occupation."""
    one = occupation_of(code)
    reference = held()
    context = {
        **_said(request, one),
        "esco_label": kept_label(settings.MINASSA_HOME, "occupations", language(), one.esco) if one.esco else "",
        "group": reference.groups[one.isco08],
        "level": levels().at(one.cnc),
        "level_status": levels().status.value,
        "filieres": [(each, Filiere[each].label(language())) for each in one.filieres],
        "essential": [reference.skills[skill] for skill in one.essential],
        "optional": [reference.skills[skill] for skill in one.optional],
    }
    return keep(request, shown(request, "web/reference/occupation.html", context))


@require_safe
@public_page
def skill_page(request: HttpRequest, code: str) -> HttpResponse:
    """The sheet of a skill, with the occupations that ask it."""
    one = skill_of(code)
    asking = held().asking(code)
    context = {
        **_said(request, one),
        "domain": held().domains[one.domain],
        "essential": [each for each in asking if code in each.essential],
        "optional": [each for each in asking if code in each.optional],
    }
    return keep(request, shown(request, "web/reference/skill.html", context))


@require_safe
@public_page
def compare_page(request: HttpRequest) -> HttpResponse:
    """Two occupations chosen by code (`de`, `vers`): what they share, what is missing to go from one to the other."""
    reference = held()
    first, second = (reference.occupations.get(request.GET.get(name, "")) for name in ("de", "vers"))
    found = compared(reference, first, second) if first and second else None
    context = {
        "occupations": sorted(reference.occupations.values(), key=lambda one: one.label.said(language())),
        "first": first,
        "second": second,
        "found": found,
        "levels_apart": second.cnc - first.cnc if first and second else 0,
        "rights": RIGHTS,
    }
    return keep(request, shown(request, "web/reference/compare.html", context))


@require_safe
@public_page
def levels_page(request: HttpRequest) -> HttpResponse:
    """The eight levels under their six descriptors."""
    scale = levels()
    context = {
        "scale": scale,
        "rows": [(one, [(scale.descriptors[name], one.under(name)) for name in DESCRIPTORS]) for one in scale.levels],
        "rights": RIGHTS,
    }
    return keep(request, shown(request, "web/reference/levels.html", context))


def _said(request: HttpRequest, one: Occupation | Skill) -> dict[str, Any]:
    """What every sheet says: the entry, its words in the two other languages, what it names elsewhere."""
    others = [each for each in ("fr", "ar", "en") if each != language()]
    return {
        "one": one,
        "synonyms": getattr(one.synonyms, language()),
        "others": [
            {
                "language": each,
                "label": one.label.said(each),
                "definition": one.definition.said(each) if one.definition else "",
                "synonyms": getattr(one.synonyms, each),
            }
            for each in others
        ],
        "may_propose": allowed(actor_on(request), "reference.propose"),
        "rights": RIGHTS,
        "digest": held().digest[:12],
    }
