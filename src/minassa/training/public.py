"""The door of training: what the packages above may call. The rest is private to the package."""

from __future__ import annotations

from minassa.training.adjusting import Proposed, half_year, proposals, proposed_at, thresholds
from minassa.training.agreeing import Followed, Promise, followed, record_agreement
from minassa.training.answering import CLASH, HUNDREDTHS, NOTHING, SOLVED, STOPPED, answer_next
from minassa.training.asking import (
    LONGEST_NAME,
    YEARS,
    accept_adjustment,
    adjusted_of,
    ask_plan,
    edit_plan,
    free_plan,
    stream_of,
    wanted_of,
)
from minassa.training.errors import TrainingError
from minassa.training.inserting import HORIZON, Seen, by_programme, known_so_far, seen
from minassa.training.policies import PLANNERS, READERS, TELLERS
from minassa.training.proposing import (
    decide_plan,
    digest_of,
    figures_of,
    frozen_plan,
    proposal_of,
    proposals_to_decide,
    propose_plan,
    withdraw_plan,
)
from minassa.training.reading import agreements_for, cohorts, cohorts_for, last_outcome, plans_for, rolls_for
from minassa.training.taking import LARGEST, SheetRefused, take

__all__ = [
    "CLASH",
    "HORIZON",
    "HUNDREDTHS",
    "LARGEST",
    "LONGEST_NAME",
    "NOTHING",
    "PLANNERS",
    "READERS",
    "SOLVED",
    "STOPPED",
    "TELLERS",
    "YEARS",
    "Followed",
    "Promise",
    "Proposed",
    "Seen",
    "SheetRefused",
    "TrainingError",
    "accept_adjustment",
    "adjusted_of",
    "agreements_for",
    "answer_next",
    "ask_plan",
    "by_programme",
    "cohorts",
    "cohorts_for",
    "decide_plan",
    "digest_of",
    "edit_plan",
    "figures_of",
    "followed",
    "free_plan",
    "frozen_plan",
    "half_year",
    "known_so_far",
    "last_outcome",
    "plans_for",
    "proposal_of",
    "proposals",
    "proposals_to_decide",
    "propose_plan",
    "proposed_at",
    "record_agreement",
    "rolls_for",
    "seen",
    "stream_of",
    "take",
    "thresholds",
    "wanted_of",
    "withdraw_plan",
]
