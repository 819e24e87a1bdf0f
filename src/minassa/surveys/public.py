"""The door of surveys: what pages, commands and packages above may call. The rest is private to the package."""

from __future__ import annotations

from minassa.surveys.answering import current_answers, form_of_survey, is_open, read, save_draft, submit
from minassa.surveys.drawing import Plan, frame_of, open_survey, regions_of_groups
from minassa.surveys.errors import AnswersRefused, StaleDraft, SurveyClosed, SurveyError
from minassa.surveys.following import Rate, rates, tell_reason
from minassa.surveys.importing import prepare, take_prepared
from minassa.surveys.parameters import survey_parameters
from minassa.surveys.policies import may_answer
from minassa.surveys.questionnaires import Untranslated, keep
from minassa.surveys.reminding import remind_next
from minassa.surveys.studying import study_rows
from minassa.surveys.tabulating import WHOLE, Part, hidden_rows, tabulate_next
from minassa.surveys.theming import (
    Proposed,
    Said,
    confirm,
    firms_of,
    open_questions,
    proposed,
    take_out,
    themes_of,
    themes_of_enterprises,
)

__all__ = [
    "WHOLE",
    "AnswersRefused",
    "Part",
    "Plan",
    "Proposed",
    "Rate",
    "Said",
    "StaleDraft",
    "SurveyClosed",
    "SurveyError",
    "Untranslated",
    "confirm",
    "current_answers",
    "firms_of",
    "form_of_survey",
    "frame_of",
    "hidden_rows",
    "is_open",
    "keep",
    "may_answer",
    "open_questions",
    "open_survey",
    "prepare",
    "proposed",
    "rates",
    "read",
    "regions_of_groups",
    "remind_next",
    "save_draft",
    "study_rows",
    "submit",
    "survey_parameters",
    "tabulate_next",
    "take_out",
    "take_prepared",
    "tell_reason",
    "themes_of",
    "themes_of_enterprises",
]
