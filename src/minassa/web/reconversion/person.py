"""Where the skills of a person lead: an occupation chosen, skills ticked, near occupations told. Nothing is kept."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from minassa.talent.reconversion.moves import shipped_passages
from minassa.talent.reference.reading import reference
from minassa.vocabulary.regions import regions
from minassa.web.access import public_page
from minassa.web.gaps.asked import region_name
from minassa.web.public.pages import keep, language, shown
from minassa.web.reconversion.asked import Person, person_of
from minassa.web.reconversion.market import market_now
from minassa.web.reconversion.wording import (
    hypotheses,
    in_demand,
    occupation_choices,
    occupation_name,
    skill_names,
    told,
)

PAGE, PART = "web/reconversion/person.html", "web/reconversion/person_results.html"
MOST_SHOWN: Final = 12
MOST_REFUSED: Final = 6
SHARED_BY_ALL: Final = ("LAN", "GEN")
"""Domains whose skills anyone may hold, whatever their occupation: languages and transversal skills."""


@require_safe
@public_page
@vary_on_headers("HX-Request")
def person_page(request: HttpRequest) -> HttpResponse:
    """The whole page, or its results alone for htmx. What is asked stays in the address and nowhere else."""
    asked = person_of(request.GET)
    if getattr(request, "htmx", False):
        return shown(request, PART, _results(asked))
    return keep(request, shown(request, PAGE, {**_form(asked), **_results(asked)}))


def _form(asked: Person) -> dict[str, Any]:
    occupation = reference().occupations[asked.occupation]
    own = [*occupation.essential, *occupation.optional]
    others = [code for code in reference().skills if code not in own]
    ticked = asked.held if asked.held is not None else frozenset(occupation.essential)
    grouped = [
        (words.said(language()), domain in SHARED_BY_ALL, skill_names(c for c in others if c.split("-")[1] == domain))
        for domain, words in reference().domains.items()
    ]
    return {
        "choices": occupation_choices(),
        "definition": occupation.definition.said(language()),
        "own": skill_names(own),
        "groups": [
            (name, first or any(code in ticked for code, _ in skills), skills) for name, first, skills in grouped
        ],
        "ticked": ticked,
        "regions": [(one.number, region_name(one.number)) for one in regions()],
    }


def _results(asked: Person) -> dict[str, Any]:
    settings, market = asked.settings(), market_now()
    passages = shipped_passages().under(settings)
    moves = [
        {**told(move, settings), **in_demand(move, market, asked)}
        for move in passages.all(passages.leaving(asked.occupation, asked.held, market.wages))
    ]
    advised = [one for one in moves if not one["obstacles"] and not one["surplus"]]
    refused = [one for one in moves if one["obstacles"] or one["surplus"]]
    return {
        "asked": asked,
        "occupation_name": occupation_name(reference().occupations[asked.occupation]),
        "advised": advised[:MOST_SHOWN],
        "advised_count": len(advised),
        "refused": refused[:MOST_REFUSED],
        "hypotheses": hypotheses(settings),
        "market": market,
    }
