"""The door of surveys: what pages, commands and packages above may call. The rest is private to the package."""

from __future__ import annotations

from minassa.surveys.answering import current_answers, form_of_survey, is_open, read, save_draft, submit
from minassa.surveys.drawing import Plan, frame_of, open_survey, regions_of_groups
from minassa.surveys.errors import AnswersRefused, StaleDraft, SurveyClosed, SurveyError
from minassa.surveys.following import Rate, rates, tell_reason
from minassa.surveys.importing import prepare, take_prepared
from minassa.surveys.parameters import survey_parameters
from minassa.surveys.policies import may_answer
from minassa.surveys.reminding import remind_next
from minassa.surveys.studying import study_rows
from minassa.surveys.tabulating import WHOLE, Part, hidden_rows, tabulate_next

__all__ = [
    "WHOLE",
    "AnswersRefused",
    "Part",
    "Plan",
    "Rate",
    "StaleDraft",
    "SurveyClosed",
    "SurveyError",
    "current_answers",
    "form_of_survey",
    "frame_of",
    "hidden_rows",
    "is_open",
    "may_answer",
    "open_survey",
    "prepare",
    "rates",
    "read",
    "regions_of_groups",
    "remind_next",
    "save_draft",
    "study_rows",
    "submit",
    "survey_parameters",
    "tabulate_next",
    "take_prepared",
    "tell_reason",
]
