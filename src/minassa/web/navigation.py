"""Where one may go from the head of every page: one table, read from top to bottom.

Who may go to few places sees them all. Thirty are told by area, with those of the area of now.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from minassa.registry.accounts import Role
from minassa.registry.actors import Actor, actor_of
from minassa.registry.policy import allowed


@dataclass(frozen=True, slots=True)
class Place:
    """A destination: the name of its route, its word, to whom it is of use (the page itself still asks the policy)."""

    route: str
    label: str | Promise
    shown: Callable[[Actor], bool]


@dataclass(frozen=True, slots=True)
class Entry:
    """A link of the head of a page; `current` when the page of now is there or below."""

    label: str | Promise
    address: str
    current: bool


def _visitor(actor: Actor) -> bool:
    return not actor.signed_in


def _signed_in(actor: Actor) -> bool:
    return actor.signed_in


def _firm(actor: Actor) -> bool:
    return bool(actor.mandates)


def _held(*roles: str) -> Callable[[Actor], bool]:
    return lambda actor: actor.has_role(*roles)


def _controls(actor: Actor) -> bool:
    held = any(actor.in_body(body, Role.OFFICER, Role.SUPERVISOR) for body in ("cnss", "dgi"))
    return held or actor.has_role(Role.SECRETARIAT)


_AGENTS: Final = (Role.OFFICER, Role.SUPERVISOR)
_DECIDERS: Final = (Role.CTO_MEMBER, Role.SECRETARIAT, Role.STEERING_MEMBER)

PLACES: Final = (
    Place("public-home", _("L'offre"), _visitor),
    Place("public-procedures", _("Démarches"), _visitor),
    Place("estimate", _("Estimer mes avantages"), _visitor),
    Place("reconversion", _("Changer de métier"), _visitor),
    Place("talent-visa", _("Visa Talent"), _visitor),
    Place("public-delays", _("Délais réels"), _visitor),
    Place("evaluation", _("Évaluation"), _visitor),
    Place("reference", _("Métiers"), _visitor),
    Place("platforms", _("P2I"), _visitor),
    Place("commissions", _("Commissions"), _visitor),
    Place("ventures", _("PME et start-up"), _visitor),
    Place("worker", _("Mes primes"), _visitor),
    Place("home", _("Accueil"), _signed_in),
    Place("uploads", _("Dépôts"), _firm),
    Place(
        "cases",
        _("Dossiers"),
        lambda actor: bool(actor.mandates) or actor.has_role(*_DECIDERS, Role.PARK_MANAGER, Role.ADMINISTRATOR),
    ),
    Place("claims", _("Demandes de primes"), lambda actor: bool(actor.mandates) or actor.has_role(Role.CTO_MEMBER)),
    Place("control", _("Contrôles"), _controls),
    Place("sessions", _("Séances"), _held(*_DECIDERS)),
    Place("inbox", _("Bannette"), _held(*_AGENTS, Role.CTO_MEMBER, Role.SECRETARIAT)),
    Place("conventions", _("Conventions"), lambda actor: allowed(actor, "convention.list")),
    Place("surveys", _("Enquêtes"), lambda actor: allowed(actor, "survey.list")),
    Place("platforms", _("P2I"), lambda actor: allowed(actor, "platform.list")),
    Place("consultations", _("Consultations"), lambda actor: allowed(actor, "consultation.list")),
    Place("recommendations", _("Recommandations"), lambda actor: allowed(actor, "commitment.view")),
    Place("commissions", _("Commissions"), lambda actor: _firm(actor) or actor.has_role(Role.FEDERATION)),
    Place("commitments", _("Engagements"), lambda actor: allowed(actor, "commitment.view")),
    Place("ventures", _("PME et start-up"), lambda actor: _firm(actor) or allowed(actor, "venture.register")),
    Place("money-mine", _("Paiements"), _firm),
    Place("money-state", _("Comptes"), lambda actor: allowed(actor, "ledger.view")),
    Place("cockpit", _("Pilotage"), lambda actor: allowed(actor, "cockpit.view")),
    Place("indicators", _("Indicateurs"), lambda actor: allowed(actor, "indicator.view")),
    Place("reports", _("Rapports"), lambda actor: allowed(actor, "indicator.view")),
    Place("pivot", _("Analyse"), _held(*_DECIDERS, Role.ANALYST)),
    Place("titles", _("Titres"), lambda actor: allowed(actor, "title.read")),
    Place("gaps", _("Tensions"), _held(*_DECIDERS, Role.ANALYST, Role.FEDERATION, Role.TRAINING)),
    Place("markets", _("Marchés"), lambda actor: allowed(actor, "market.view")),
    Place("market-leads", _("Pistes"), lambda actor: allowed(actor, "market.leads")),
    Place("export", _("Export"), lambda actor: allowed(actor, "export.view")),
    Place("export-statements", _("Mes exportations"), _firm),
    Place("talent-visas", _("Visa Talent"), lambda actor: allowed(actor, "visa.list")),
    Place("training", _("Formation"), lambda actor: allowed(actor, "training.view")),
    Place("trials", _("Réformes"), _held(*_DECIDERS, Role.ANALYST)),
    Place("evaluation", _("Évaluation"), _held(*_DECIDERS, Role.ANALYST)),
    Place("reference", _("Métiers"), _held(*_DECIDERS, Role.ANALYST, Role.FEDERATION, Role.TRAINING)),
    Place("enterprises", _("Entreprises"), lambda actor: bool(actor.mandates or actor.appointments)),
    Place("proof", _("Preuve"), _signed_in),
    Place("public-procedures", _("Démarches"), _firm),
    Place("admin-home", _("Administration"), _held(Role.ADMINISTRATOR)),
)


AREAS: Final = (
    (
        _("Dossiers et primes"),
        frozenset({"uploads", "cases", "claims", "control", "inbox", "conventions", "money-mine", "money-state"}),
    ),
    (_("Décisions"), frozenset({"sessions", "recommendations", "commitments", "trials"})),
    (_("Pilotage"), frozenset({"cockpit", "indicators", "reports", "pivot", "evaluation"})),
    (_("Talents"), frozenset({"titles", "gaps", "training", "talent-visas", "reference"})),
    (_("Parole des entreprises"), frozenset({"surveys", "consultations", "commissions"})),
    (
        _("Export et P2I"),
        frozenset({"markets", "market-leads", "export", "export-statements", "platforms", "ventures"}),
    ),
    (_("Registres"), frozenset({"enterprises", "proof", "public-procedures", "admin-home"})),
)
"""Areas of the head of a page, each with its routes; a route of none stands by itself."""
FEW: Final = 12
"""Places that hold in one row; more are told by area."""


@dataclass(frozen=True, slots=True)
class Head:
    """The first row of the head of a page, and the second: the places of the area of now, empty where there is none."""

    first: list[Entry]
    area: str | Promise
    second: list[Entry]


def actor_on(request: HttpRequest) -> Actor:
    """The actor of a request: the one its page resolved, else resolved here and kept for the rest of the page."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor):
        actor = actor_of(request)
        request.actor = actor  # type: ignore[attr-defined]
    return actor


def head(request: HttpRequest) -> Head:
    """The head of this page: every place in a row when they are few, else areas and the places of the area of now."""
    found = _places(request)
    if len(found) <= FEW:
        return Head([entry for _route, entry in found], "", [])
    areas = {route: label for label, routes in AREAS for route in routes}
    grouped: dict[str | Promise, list[Entry]] = {}
    for route, entry in found:
        grouped.setdefault(areas.get(route, entry.label), []).append(entry)
    first = [Entry(label, of[0].address, any(one.current for one in of)) for label, of in grouped.items()]
    now = next((label for label, of in grouped.items() if any(one.current for one in of)), "")
    second = grouped.get(now, [])
    return Head(first, now, second if len(second) > 1 else [])


def _places(request: HttpRequest) -> list[tuple[str, Entry]]:
    actor = actor_on(request)
    found: list[tuple[str, Entry]] = []
    for place in PLACES:
        if not place.shown(actor):
            continue
        try:
            address = reverse(place.route)
        except NoReverseMatch:
            continue
        found.append((place.route, Entry(place.label, address, current=False)))
    nearest = max((e.address for _, e in found if request.path.startswith(e.address)), key=len, default="")
    return [(route, Entry(e.label, e.address, current=e.address == nearest)) for route, e in found]
