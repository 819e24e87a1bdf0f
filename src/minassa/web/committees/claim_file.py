"""A claim as a committee examines it: amounts, conditions and their law, reasons to look, contests, rulings, replay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, QuerySet

from minassa.claims.models import Claim, Contest, Incident, Line
from minassa.claims.public import is_intact, payable, unmet_conditions
from minassa.entitlements.amounts import person_text
from minassa.registry.public import Actor
from minassa.web.cases.showing import body_names
from minassa.web.claims.law import Condition, amount_texts, conditions_of
from minassa.web.claims.showing import DECISIONS, flagged_words, measure_name, month_words, reason_words, status_of
from minassa.web.journaled import hands_of

MOST_LINES: Final = 300
"""Lines shown to choose from: those that call for attention first."""


@dataclass(frozen=True, slots=True)
class Met:
    """A condition with the number of lines that do not meet it."""

    condition: Condition
    unmet: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the claim: who (a pseudonym), since when, how much, what calls for attention."""

    line: Line
    person: str
    hired: str
    unmet: list[str]
    points: list[str]


def claim_file(actor: Actor, claim: Claim, proposed_lines: Collection[int]) -> Mapping[str, Any]:
    """What is shown of a claim; `proposed_lines`: numbers of those that a proposal leaves out."""
    conditions, names = conditions_of(claim), body_names()
    words = {one.name: one.words for one in conditions}
    rulings = list(claim.rulings.order_by("pk"))
    hands = hands_of(actor, {one.by for one in rulings}, names)
    return {
        "claim": claim,
        "measure": measure_name(claim.measure),
        "money": payable(claim),
        "legal": status_of(claim.status),
        "texts": amount_texts(claim),
        "conditions": _met(claim, conditions),
        "reasons": [{**one, "words": reason_words(str(one["kind"]))} for one in claim.reasons],
        "contests": _contests(claim),
        "rulings": [(one, DECISIONS.get(one.event, one.event), hands[one.by]) for one in rulings],
        "intact": is_intact(claim),
        "incidents": Incident.objects.filter(claim=claim).order_by("pk"),
        "left_out": [_shown(claim, line, words) for line in Line.objects.filter(claim=claim, pk__in=proposed_lines)],
        "lines": [_shown(claim, line, words) for line in _worth_a_look(claim)],
    }


def _met(claim: Claim, conditions: Collection[Condition]) -> list[Met]:
    """Conditions with how many lines fail each: lines are counted by their bits, in the database."""
    missed: Counter[str] = Counter()
    for bits, number in Line.objects.filter(claim=claim).values_list("unmet").annotate(number=Count("pk")):
        missed.update(dict.fromkeys(unmet_conditions(claim, bits), number))
    return [Met(one, missed[one.name]) for one in conditions]


def _contests(claim: Claim) -> dict[str, int]:
    """How many contests wait, were upheld, were set aside."""
    outcomes = Counter(Contest.objects.filter(claim=claim).values_list("upheld", flat=True))
    return {"waiting": outcomes[None], "upheld": outcomes[True], "rejected": outcomes[False]}


def _worth_a_look(claim: Claim) -> QuerySet[Line]:
    return Line.objects.filter(claim=claim, amount_cents__gt=0).order_by("-flags", "-amount_cents", "pk")[:MOST_LINES]


def _shown(claim: Claim, line: Line, words: Mapping[str, str]) -> Shown:
    return Shown(
        line,
        person_text(line.person),
        month_words(line.hired_month),
        [words[name] for name in unmet_conditions(claim, line.unmet)],
        flagged_words(line.flags),
    )
