"""Conventions that wait for the State's signature, and amendments that wait for a decision, as items of a committee."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minassa.conventions.models import Amendment, Convention
from minassa.conventions.public import (
    Put,
    adopt_amendment,
    amendment_of,
    amendments_to_decide,
    convention_of,
    conventions_to_enter,
    enter,
    frozen_amendment,
    frozen_convention,
    hands_of_amendment,
    hands_of_convention,
    reject_amendment,
    send_back,
)
from minassa.governance.agendas import on_agendas
from minassa.governance.errors import GovernanceError, UnknownSubject
from minassa.governance.kinds import Effect, Frozen, Kind, Kinds, Proposal, Proposed
from minassa.registry.public import Actor

CONVENTION: Final = "convention"
AMENDMENT: Final = "amendment"
SIGN: Final = {"enter": gettext_lazy("Signer pour l'État"), "send_back": gettext_lazy("Renvoyer à la préparation")}
DECIDE: Final = {"adopt": gettext_lazy("Adopter"), "reject": gettext_lazy("Rejeter")}
GROUNDED: Final = frozenset({"send_back", "reject"})


def _convention(proposed: Proposed) -> Convention:
    try:
        return convention_of(proposed.subject)
    except (ValueError, Convention.DoesNotExist) as error:
        raise UnknownSubject(_("Cette convention n'existe pas.")) from error


def _amendment(proposed: Proposed) -> Amendment:
    try:
        return amendment_of(proposed.subject)
    except (ValueError, Amendment.DoesNotExist) as error:
        raise UnknownSubject(_("Cet avenant n'existe pas.")) from error


def check_convention(proposed: Proposed) -> Proposal:
    """The ground; UnknownSubject for a convention that does not wait for the State, GovernanceError without ground."""
    if not conventions_to_enter().filter(pk=_convention(proposed).pk).exists():
        raise UnknownSubject(_("Cette convention n'attend pas la signature de l'État."))
    return _grounded(proposed)


def check_amendment(proposed: Proposed) -> Proposal:
    """The ground; UnknownSubject for an amendment that does not wait for a decision, GovernanceError without ground."""
    if not amendments_to_decide().filter(pk=_amendment(proposed).pk).exists():
        raise UnknownSubject(_("Cet avenant n'attend pas de décision."))
    return _grounded(proposed)


def _grounded(proposed: Proposed) -> Proposal:
    ground = str(proposed.proposal.get("ground", "")).strip()
    if proposed.decision in GROUNDED and not ground:
        raise GovernanceError(_("Un rejet se motive : indiquez le motif."))
    return {"ground": ground}


def freeze_convention(proposed: Proposed) -> Frozen:
    """The terms as the firm has signed them."""
    convention = _convention(proposed)
    return _frozen(frozen_convention(convention), hands_of_convention(convention))


def freeze_amendment(proposed: Proposed) -> Frozen:
    """The amendment as it was proposed, and whether the firm has agreed."""
    amendment = _amendment(proposed)
    return _frozen(frozen_amendment(amendment), hands_of_amendment(amendment))


def _frozen(put: Put, hands: frozenset[str]) -> Frozen:
    return Frozen(put.title, put.content, tuple(sorted(put.enterprises)), hands)


def convention_takes_effect(actor: Actor, proposed: Proposed, effect: Effect) -> Mapping[str, Any]:
    """The State signs, or the terms go back to be drafted again."""
    convention = _convention(proposed)
    if proposed.decision == "enter":
        enter(actor, convention, effect.at)
    else:
        send_back(actor, convention, proposed.proposal["ground"], effect.at)
    return {"convention": convention.reference, "state": str(convention.state)}


def amendment_takes_effect(actor: Actor, proposed: Proposed, effect: Effect) -> Mapping[str, Any]:
    """The amendment is adopted, or rejected."""
    amendment = _amendment(proposed)
    decide = adopt_amendment if proposed.decision == "adopt" else reject_amendment
    decide(actor, amendment, proposed.proposal["ground"], effect.at)
    return {"convention": amendment.convention.reference, "amendment": amendment.number, "state": str(amendment.state)}


def _shown_convention(convention: Convention) -> Mapping[str, Any]:
    """What is shown of a convention beside the vote; its page says the rest."""
    return {
        _("Convention"): convention.reference,
        _("Entreprise"): convention.enterprise.name,
        _("État"): convention.get_state_display(),
        _("Empreinte des termes signés"): convention.terms_digest,
    }


def _shown_amendment(amendment: Amendment) -> Mapping[str, Any]:
    """What is shown of an amendment beside the vote; the page of its convention has what comes before and after."""
    return {
        _("Convention"): amendment.convention.reference,
        _("Entreprise"): amendment.convention.enterprise.name,
        _("Avenant"): f"{amendment.number}. {amendment.get_kind_display()}",
        _("Motif"): amendment.ground,
    }


def waiting_conventions() -> QuerySet[Convention]:
    """Conventions that await the State's signature and are on no agenda."""
    return conventions_to_enter().exclude(uuid__in=on_agendas(CONVENTION))


def waiting_amendments() -> QuerySet[Amendment]:
    """Amendments that await a decision and are on no agenda."""
    return amendments_to_decide().exclude(uuid__in=on_agendas(AMENDMENT))


Kinds.add(
    Kind(
        CONVENTION,
        gettext_lazy("Convention"),
        SIGN,
        check_convention,
        freeze_convention,
        convention_takes_effect,
        lambda _actor, proposed: _shown_convention(_convention(proposed)),
    )
)
Kinds.add(
    Kind(
        AMENDMENT,
        gettext_lazy("Avenant"),
        DECIDE,
        check_amendment,
        freeze_amendment,
        amendment_takes_effect,
        lambda _actor, proposed: _shown_amendment(_amendment(proposed)),
    )
)
