"""The consent list: what raises no question, voted together; each of its items then takes effect by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy

from minassa.governance.kinds import Effect, Frozen, Kind, Kinds, Proposal, Proposed
from minassa.registry.public import Actor

CONSENT: Final = "consent"


def check(proposed: Proposed) -> Proposal:
    """The list of ranks and digests, as the convocation made it."""
    return proposed.proposal


def freeze(proposed: Proposed) -> Frozen:
    """The list itself."""
    return Frozen("", dict(proposed.proposal))


def take_effect(_actor: Actor, proposed: Proposed, _effect: Effect) -> Mapping[str, Any]:
    """Nothing of its own: its items take effect one by one."""
    return {"items": len(proposed.proposal["items"])}


Kinds.add(
    Kind(CONSENT, gettext_lazy("Liste sans question"), {"adopt": gettext_lazy("Adopter")}, check, freeze, take_effect)
)
