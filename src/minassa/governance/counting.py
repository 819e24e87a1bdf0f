"""What the votes on an item come to: totals, majority, tie."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from minassa.governance.kinds import kind_of
from minassa.governance.rules import Majority, Rules, Tie
from minassa.governance.session_models import Item
from minassa.governance.vote_models import Ballot, Choice, Tally


@dataclass(frozen=True, slots=True)
class Count:
    """Votes of an item; `chair`: what who presides voted, empty in a secret vote or without a vote of theirs."""

    in_favour: int
    against: int
    abstained: int
    chair: str = ""

    @property
    def cast(self) -> int:
        """How many seats have voted."""
        return self.in_favour + self.against + self.abstained


def counted(item: Item, chair_seat: str) -> Count:
    """The votes on an item; those of a secret vote by their totals alone."""
    if item.secret:
        tally = Tally.objects.get(item=item)
        return Count(tally.in_favour, tally.against, tally.abstained)
    said = dict(Ballot.objects.filter(item=item).values_list("seat", "choice"))
    totals = Counter(said.values())
    return Count(totals[Choice.FOR], totals[Choice.AGAINST], totals[Choice.ABSTAIN], said.get(chair_seat, ""))


def majority_of(item_kind: str, rules: Rules) -> Majority:
    """The majority that a kind of item asks for."""
    return rules.derogation_majority if kind_of(item_kind).consensus else rules.majority


def adopted(count: Count, majority: Majority, tie: Tie) -> bool:
    """Whether a proposal is adopted: nobody against where consensus is asked, else more for than against."""
    if majority is Majority.CONSENSUS:
        return count.in_favour > 0 and count.against == 0
    if count.in_favour == count.against:
        return tie is Tie.CHAIR and count.chair == Choice.FOR
    return count.in_favour > count.against
