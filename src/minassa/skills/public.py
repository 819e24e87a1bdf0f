"""The door of the reference as people keep it: what the packages above may call."""

from __future__ import annotations

from minassa.skills.errors import NothingToPublish, ProposalOver, SameVoice, SkillsError
from minassa.skills.parameters import voices_needed
from minassa.skills.proposing import LONGEST, decide, propose, propose_entry, remark, stream_of, withdraw
from minassa.skills.versions import publish, reference_in_force, unpublished, versions

__all__ = [
    "LONGEST",
    "NothingToPublish",
    "ProposalOver",
    "SameVoice",
    "SkillsError",
    "decide",
    "propose",
    "propose_entry",
    "publish",
    "reference_in_force",
    "remark",
    "stream_of",
    "unpublished",
    "versions",
    "voices_needed",
    "withdraw",
]
