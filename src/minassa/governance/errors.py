"""What can be wrong with an act of a committee: a stable code, a sentence for people."""

from __future__ import annotations

from minassa.vocabulary.errors import MinassaError, Stale


class GovernanceError(MinassaError):
    """An act of a committee that cannot be done as asked."""

    code = "governance-act-refused"


class ImpossibleAct(GovernanceError):
    """The session or the item is not in a state where this can be done."""

    code = "session-state"


class StaleSession(GovernanceError, Stale):
    """The session has changed since the caller read it."""

    code = "session-stale"


class NoQuorum(GovernanceError):
    """Too few seats are held by someone who may vote, or nobody presides."""

    code = "quorum-missing"


class NotSeated(GovernanceError):
    """The person holds no seat of the committee on that day, or does not attend."""

    code = "member-not-seated"


class Recused(GovernanceError):
    """The member is recused from this item."""

    code = "member-recused"


class AlreadyVoted(GovernanceError):
    """The seat has voted on this item."""

    code = "vote-cast"


class ShortNotice(GovernanceError):
    """The session is too near for its convocation."""

    code = "notice-too-short"


class UnknownSubject(GovernanceError):
    """What an item names does not exist, cannot be decided by this committee, or not in this way."""

    code = "item-unknown"


class SeatTaken(GovernanceError):
    """The seat is held on these days, or the person holds another seat of the committee."""

    code = "seat-taken"


class DerogationRefused(GovernanceError):
    """A use of a derogation beyond what it covers, its dates, or its closing."""

    code = "derogation-refused"


class TamperedMinutes(GovernanceError):
    """The minutes made again from the rows are not those that were sealed."""

    code = "minutes-tampered"


class InvalidRules(GovernanceError):
    """A dated file of this package departs from its schema, or says nothing of the day."""

    code = "committee-rules-invalid"
