"""The words of reconversion: obstacles, nearness, and entries of the reference in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from minassa.talent.reconversion.moves import Move, Obstacle
from minassa.talent.reconversion.settings import Settings
from minassa.talent.reference.entries import Occupation
from minassa.talent.reference.reading import reference
from minassa.web.public.pages import language
from minassa.web.reconversion.asked import Person
from minassa.web.reconversion.market import Market, demand, in_surplus

OBSTACLES: Final[dict[Obstacle, str | Promise]] = {
    Obstacle.FAR: _("trop éloigné de ce que vous faites"),
    Obstacle.LITTLE: _("trop peu de compétences déjà tenues"),
    Obstacle.LEVEL: _("écart de niveau trop grand"),
    Obstacle.WAGE: _("salaire trop bas"),
    Obstacle.LONG: _("formation trop longue"),
}


def occupation_name(one: Occupation) -> str:
    """The name of an occupation in the language of the page."""
    return one.label.said(language())


def occupation_choices() -> list[tuple[str, str]]:
    """Codes and names of all occupations, in the order of their names."""
    named = [(code, occupation_name(one)) for code, one in reference().occupations.items()]
    return sorted(named, key=lambda pair: pair[1].casefold())


def skill_names(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Codes and names of skills in the language of the page."""
    return [(code, reference().skills[code].label.said(language())) for code in codes]


def in_demand(move: Move, market: Market, asked: Person) -> dict[str, Any]:
    """What the market says of the occupation aimed at; a surplus sets it apart where the reader wants none."""
    rank = market.tension(move.to, asked.region)
    return {
        "surplus": asked.no_surplus and in_surplus(rank),
        "demand": demand(rank),
        "wage": market.wages.get(move.to.code),
        "wage_change": None if move.wage_ratio is None else round(move.wage_ratio * 100) - 100,
        "courses": market.courses_to(move.to, asked.region),
    }


def told(move: Move, settings: Settings) -> dict[str, Any]:
    """A move as a page tells it."""
    return {
        "code": move.to.code,
        "name": occupation_name(move.to),
        "definition": move.to.definition.said(language()),
        "similarity": round(move.similarity * 100),
        "very_near": move.similarity >= settings.similarity.highly_viable,
        "coverage": round(move.coverage * 100),
        "missing": skill_names(move.missing),
        "hours": move.hours,
        "level": move.to.cnc,
        "gap": move.level_gap,
        "filieres": list(move.to.filieres),
        "obstacles": [OBSTACLES[one] for one in move.obstacles],
    }


def hypotheses(settings: Settings) -> dict[str, Any]:
    """What the results rest on: the day, the status and the notes of the settings."""
    notes = [note.said(language()) for note in settings.notes()]
    return {"notes": notes, "since": settings.from_, "status": settings.status}
