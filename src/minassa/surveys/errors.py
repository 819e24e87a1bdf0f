"""What can be wrong with an act on a survey: a stable code, a sentence for people."""

from __future__ import annotations

from minassa.vocabulary.errors import MinassaError, Stale


class SurveyError(MinassaError):
    """An act on a survey that cannot be done as asked."""

    code = "survey-act-refused"


class SurveyClosed(SurveyError):
    """The survey is not open, or no longer."""

    code = "survey-closed"


class AnswersRefused(SurveyError):
    """Answers that the form does not accept as they are."""

    code = "survey-answers"


class StaleDraft(SurveyError, Stale):
    """The draft has been changed since the caller read it, by someone else of the firm."""

    code = "survey-stale"
