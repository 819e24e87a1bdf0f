"""Enterprises enter the registry and are corrected there; their numbers are checked, reserves are not refusals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from minassa.journal.public import append
from minassa.registry.actors import Actor
from minassa.registry.enterprises import Enterprise
from minassa.registry.errors import AlreadyKnown, WrongIdentity
from minassa.registry.policy import require
from minassa.vocabulary.folding import fold
from minassa.vocabulary.identifiers import (
    IdentifierFinding,
    check_affiliation,
    check_fiscal_id,
    check_ice,
    check_rc,
    compact,
    compact_ice,
)

STREAM: Final = "registry"
"""Stream of the journal where acts of the registry are told."""

_CHECKS: Final[Mapping[str, Callable[[str], tuple[IdentifierFinding, ...]]]] = {
    "ice": check_ice,
    "fiscal_id": check_fiscal_id,
    "rc": check_rc,
    "affiliation": check_affiliation,
}
_UNIQUE: Final = ("ice", "fiscal_id", "affiliation")


@dataclass(frozen=True, slots=True)
class Identity:
    """An enterprise as a form gives it: numbers as typed, empty when unknown (the ICE alone is compulsory)."""

    ice: str
    name: str
    fiscal_id: str = ""
    rc: str = ""
    affiliation: str = ""
    name_arabic: str = ""
    activity: str = ""
    filiere: int = 0
    place: int = 0


def findings(identity: Identity) -> dict[str, tuple[IdentifierFinding, ...]]:
    """What is wrong (`reject`) or doubtful (`warn`) in the numbers, by field; a field without remark is left out."""
    typed = asdict(identity)
    found = {name: check(typed[name]) for name, check in _CHECKS.items() if typed[name] or name == "ice"}
    return {name: remarks for name, remarks in found.items() if remarks}


def register(actor: Actor, identity: Identity, at: datetime) -> Enterprise:
    """A new enterprise. Forbidden, WrongIdentity (a number has no possible shape), AlreadyKnown (one is taken)."""
    require(actor, "enterprise.register", identity.place or None)
    return _keep(actor, Enterprise(), identity, "enterprise.registered", at)


def correct(actor: Actor, enterprise: Enterprise, identity: Identity, at: datetime) -> Enterprise:
    """The enterprise with its identity as now given; errors as for `register`."""
    require(actor, "enterprise.edit", enterprise)
    return _keep(actor, enterprise, identity, "enterprise.corrected", at)


def searchable(enterprise: Enterprise) -> str:
    """The folded words by which an enterprise is found: its names and the numbers printed on its letters."""
    numbers = (enterprise.ice, enterprise.rc, enterprise.affiliation or "", enterprise.fiscal_id or "")
    return fold(" ".join((enterprise.name, enterprise.name_arabic, *map(str, numbers))))


def _keep(actor: Actor, enterprise: Enterprise, identity: Identity, kind: str, at: datetime) -> Enterprise:
    _refuse_wrong(identity)
    before = {name: getattr(enterprise, name) for name in asdict(identity)}
    _fill(enterprise, identity)
    _refuse_taken(enterprise)
    changed = sorted(name for name, value in before.items() if getattr(enterprise, name) != value)
    try:
        with transaction.atomic():
            enterprise.save()
            # Which fields, not which values: a firm held by one person may bear their name.
            append(STREAM, kind, str(actor), {"enterprise": str(enterprise.uuid), "fields": changed}, at)
    except IntegrityError as twice:
        raise AlreadyKnown(_("Cette entreprise est déjà inscrite."), _UNIQUE) from twice
    return enterprise


def _fill(enterprise: Enterprise, identity: Identity) -> None:
    enterprise.ice = compact_ice(identity.ice)
    enterprise.fiscal_id = int(compact(identity.fiscal_id)) if identity.fiscal_id else None
    enterprise.affiliation = int(compact(identity.affiliation)) if identity.affiliation else None
    enterprise.rc = compact(identity.rc)
    enterprise.name, enterprise.name_arabic = identity.name.strip(), identity.name_arabic.strip()
    enterprise.activity, enterprise.filiere, enterprise.place = identity.activity, identity.filiere, identity.place
    enterprise.search = searchable(enterprise)


def _refuse_wrong(identity: Identity) -> None:
    wrong = {
        name: remark.message
        for name, remarks in findings(identity).items()
        for remark in remarks
        if remark.severity == "reject"
    }
    if not identity.name.strip():
        wrong["name"] = _("La raison sociale manque.")
    if wrong:
        raise WrongIdentity(_("Un numéro ne peut pas être juste : corrigez les champs signalés."), wrong)


def _refuse_taken(enterprise: Enterprise) -> None:
    others = Enterprise.objects.exclude(pk=enterprise.pk)
    taken = tuple(
        name
        for name in _UNIQUE
        if getattr(enterprise, name) and others.filter(**{name: getattr(enterprise, name)}).exists()
    )
    if taken:
        raise AlreadyKnown(_("Une entreprise porte déjà ce numéro : cherchez-la avant d'en inscrire une autre."), taken)
