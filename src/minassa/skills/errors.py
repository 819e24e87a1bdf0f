"""What can be wrong with an act on the reference: a stable code, a sentence for people."""

from __future__ import annotations

from minassa.vocabulary.errors import MinassaError


class SkillsError(MinassaError):
    """An act on the reference that cannot be done as asked."""

    code = "reference-act-refused"


class ProposalOver(SkillsError):
    """The proposal was decided or withdrawn."""

    code = "reference-proposal-over"


class SameVoice(SkillsError):
    """Who proposed does not decide, and nobody has two voices."""

    code = "reference-same-voice"


class NothingToPublish(SkillsError):
    """No proposal was accepted since the last version."""

    code = "reference-nothing-to-publish"
