"""Named errors of the engine: what was asked, what was available, what to do."""

from __future__ import annotations

from minassa.vocabulary.errors import MinassaError


class EngineError(MinassaError):
    """Root of what the engine refuses."""

    code = "ENGINE"


class OutsideDates(EngineError):
    """A rule or a figure was asked for a month at which it is not in force."""

    code = "ENGINE-OUTSIDE-DATES"


class UnknownName(EngineError):
    """A name is neither a rule, nor a figure, nor a declared column, where it is read or asked for."""

    code = "ENGINE-UNKNOWN-NAME"


class OverlappingDates(EngineError):
    """Two versions of the same rule or figure are in force in the same month."""

    code = "ENGINE-OVERLAP"


class CyclicRules(EngineError):
    """Rules depend on one another in a circle."""

    code = "ENGINE-CYCLE"


class InvalidRule(EngineError):
    """A rule is declared with something the engine does not know: a unit, a kind, a date inside a month."""

    code = "ENGINE-RULE"


class InvalidFigure(EngineError):
    """A figure's file does not follow the closed schema, or lacks its source."""

    code = "ENGINE-FIGURE"


class InvalidReform(EngineError):
    """A reform names something that the offer does not hold, or gives it a value of the wrong kind."""

    code = "ENGINE-REFORM"


class NullInput(EngineError):
    """A frame holds a null in a column that rules read: an unknown must be a flag and a neutral value."""

    code = "ENGINE-NULL"


class MissingColumn(EngineError):
    """A frame lacks a column that the rules in force read."""

    code = "ENGINE-MISSING-COLUMN"


class WrongType(EngineError):
    """A column does not hold what its unit says: whole numbers, or true and false."""

    code = "ENGINE-WRONG-TYPE"


class BrokenLink(EngineError):
    """A row has no row above it in the parent frame, or has several."""

    code = "ENGINE-BROKEN-LINK"


class LostRule(EngineError):
    """A rule of the recorded offer is no longer in the code, or its text has changed: the replay would lie."""

    code = "ENGINE-LOST-RULE"
