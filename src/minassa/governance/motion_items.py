"""Free motions: a title and a text, which the committee adopts or not; nothing else follows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from minassa.governance.acting import said
from minassa.governance.kinds import Effect, Frozen, Kind, Kinds, Proposal, Proposed
from minassa.registry.public import Actor


def check(proposed: Proposed) -> Proposal:
    """The title and the text; GovernanceError when one is missing."""
    return {name: said(str(proposed.proposal.get(name, ""))) for name in ("title", "text")}


def freeze(proposed: Proposed) -> Frozen:
    """The motion itself."""
    return Frozen(str(proposed.proposal["title"]), dict(proposed.proposal))


def take_effect(_actor: Actor, _proposed: Proposed, _effect: Effect) -> Mapping[str, Any]:
    """Nothing but the minutes."""
    return {}


Kinds.add(Kind("motion", gettext_lazy("Motion"), {"adopt": gettext_lazy("Adopter")}, check, freeze, take_effect))
