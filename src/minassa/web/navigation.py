"""Where one may go from the head of every page: one table, read from top to bottom."""

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
    Place("commitments", _("Engagements"), lambda actor: allowed(actor, "commitment.view")),
    Place("money-mine", _("Paiements"), _firm),
    Place("money-state", _("Comptes"), lambda actor: allowed(actor, "ledger.view")),
    Place("cockpit", _("Pilotage"), lambda actor: allowed(actor, "cockpit.view")),
    Place("indicators", _("Indicateurs"), lambda actor: allowed(actor, "indicator.view")),
    Place("reports", _("Rapports"), lambda actor: allowed(actor, "indicator.view")),
    Place("pivot", _("Analyse"), _held(*_DECIDERS, Role.ANALYST)),
    Place("titles", _("Titres"), lambda actor: allowed(actor, "title.read")),
    Place("gaps", _("Tensions"), _held(*_DECIDERS, Role.ANALYST, Role.FEDERATION, Role.TRAINING)),
    Place("export", _("Export"), lambda actor: allowed(actor, "export.view")),
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


def actor_on(request: HttpRequest) -> Actor:
    """The actor of a request: the one its page resolved, else resolved here and kept for the rest of the page."""
    actor = getattr(request, "actor", None)
    if not isinstance(actor, Actor):
        actor = actor_of(request)
        request.actor = actor  # type: ignore[attr-defined]
    return actor


def entries(request: HttpRequest) -> list[Entry]:
    """The links of the head of this page, for who looks at it; a route that is not there is left out."""
    actor = actor_on(request)
    found: list[Entry] = []
    for place in PLACES:
        if not place.shown(actor):
            continue
        try:
            address = reverse(place.route)
        except NoReverseMatch:
            continue
        found.append(Entry(place.label, address, current=False))
    nearest = max((e.address for e in found if request.path.startswith(e.address)), key=len, default="")
    return [Entry(e.label, e.address, current=e.address == nearest) for e in found]
