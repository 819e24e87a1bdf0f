"""A claim computed again from the declarations and the offer that it froze, and compared to the centime.

What a decision granted is computed again too, from the lines so found. A claim that this version of the code can no
longer compute, because a rule was rewritten or what it froze is gone, is an incident like a centime that differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from minassa.claims.calendar import period_named
from minassa.claims.claim_models import Claim, Ruling
from minassa.claims.content import KEYS, due
from minassa.claims.deciding import granted
from minassa.claims.errors import UnknownDecision
from minassa.claims.incidents import tell_incident
from minassa.claims.lines import read
from minassa.claims.states import NOT_ASKED, ClaimEvent
from minassa.claims.verifying import is_intact
from minassa.engine import Offer
from minassa.entitlements.replays import offer_of
from minassa.entitlements.runs import Run, UnknownRun, run
from minassa.entitlements.sources import Tables
from minassa.vocabulary.errors import MinassaError

SITTING = "sitting:"
"""Before the reference of an item, in the name of the committee that ruled."""
COMPARED = ("cumulative_cents", "entitled", "unmet", "status", "provisional")


@dataclass(frozen=True, slots=True)
class ClaimReplay:
    """What came out of the replay of a claim.

    Lines compared, those that differ, whether its content is as frozen; `decided_cents` and `again_cents`: what was
    granted and what would be, None before a decision; `made_with`, the version of the code that prepared it.
    """

    claim: str
    compared: int
    differences: pl.DataFrame
    intact: bool
    decided_cents: int | None = None
    again_cents: int | None = None
    made_with: str = ""

    @property
    def kind(self) -> str:
        """What is wrong: `tampered`, `amounts`, `decision`; empty when nothing is."""
        if not self.intact:
            return "tampered"
        if self.differences.height:
            return "amounts"
        return "" if self.decided_cents == self.again_cents else "decision"

    @property
    def identical(self) -> bool:
        """Whether every line and the decision are the same to the centime, and nothing stored has changed."""
        return not self.kind

    @property
    def detail(self) -> dict[str, Any]:
        """The same in numbers, as an incident keeps them."""
        told = {"compared": self.compared, "differences": self.differences.height}
        return told | {"decided_cents": self.decided_cents, "again_cents": self.again_cents}


def replay_claim(claim: Claim, made: Run, code: Offer, tables: Tables) -> ClaimReplay:
    """Compute the run of a claim again, from the versions it recorded, and compare the lines of the claim.

    `made` is the run that the claim was prepared from, `code` the offer of this program.
    """
    return next(iter(replay_claims([claim], made, code, tables)))


def replay_claims(claims: Iterable[Claim], made: Run, code: Offer, tables: Tables) -> list[ClaimReplay]:
    """The same for several claims of one run, which is computed again once. LostRule, UnknownRun, UnreadableRun."""
    with TemporaryDirectory() as folder:
        law = offer_of(made, code)
        again = run(tables, made.manifest["versions"], law, Path(folder) / made.path.name, made.until)
        return [_compared(claim, again, tables, made) for claim in claims]


def _compared(claim: Claim, again: Run, tables: Tables, made: Run) -> ClaimReplay:
    frozen = read([claim.pk])
    given = due(again, tables, period_named(claim.measure, claim.period))
    given = given.filter(pl.col("affiliation") == claim.affiliation)
    keys = list(KEYS[1:])
    both = frozen.join(given, on=keys, how="full", coalesce=True, suffix="_again")
    # A line that only gives back has nothing due: no row answers it.
    nothing_due = (pl.col("cumulative_cents") == 0) & ~pl.col("entitled") & pl.col("cumulative_cents_again").is_null()
    same = pl.all_horizontal(pl.col(name).eq_missing(pl.col(f"{name}_again")) for name in COMPARED)
    return ClaimReplay(
        claim.reference,
        both.height,
        both.filter(~(same | nothing_due)),
        is_intact(claim),
        claim.accepted_cents,
        _granted_again(claim, both),
        str(made.manifest.get("code", "")),
    )


def _granted_again(claim: Claim, both: pl.DataFrame) -> int | None:
    """What the decision of a claim grants of the lines as computed again; None while there is none."""
    ruling = Ruling.objects.filter(claim=claim, event__in=(ClaimEvent.ACCEPT, ClaimEvent.CUT, ClaimEvent.REFUSE)).last()
    if ruling is None:
        return None
    amounts = both.select("id", pl.col("cumulative_cents_again", "earlier_cents").fill_null(0)).with_columns(
        (pl.col("cumulative_cents_again") - pl.col("earlier_cents")).alias("cents")
    )
    left_out = list(ruling.cut_lines.values_list("line_id", flat=True))
    removed = amounts.filter(pl.col("id").is_in(left_out))["cents"].sum()
    return granted(ruling.event, int(amounts["cents"].sum()), int(removed))


def replay_all(runs: Mapping[str, Run], code: Offer, tables: Tables, at: datetime) -> dict[str, Any]:
    """Replay every claim that still asks for something, run by run; each difference becomes an incident.

    Counts: `claims`, `lines`, `identical`, `incidents`, and among these the `unreadable` claims, whose run is no longer
    there or can no longer be computed.
    """
    report = {"claims": 0, "lines": 0, "identical": 0, "incidents": 0, "unreadable": 0}
    asking = Claim.objects.exclude(state__in=NOT_ASKED)
    for name in asking.order_by("run").values_list("run", flat=True).distinct():
        claims = list(asking.filter(run=name).order_by("pk"))
        report["claims"] += len(claims)
        try:
            outcomes = replay_claims(claims, _there(runs, name), code, tables)
        except MinassaError as error:
            for claim in claims:
                tell_incident(claim, "unreadable", {"code": error.code}, at)
            report["incidents"] += len(claims)
            report["unreadable"] += len(claims)
            continue
        for claim, outcome in zip(claims, outcomes, strict=True):
            report["lines"] += outcome.compared
            report["identical" if outcome.identical else "incidents"] += 1
            if outcome.kind:
                tell_incident(claim, outcome.kind, outcome.detail, at)
    return report


def replay_decision(reference: str, runs: Mapping[str, Run], code: Offer, tables: Tables) -> list[ClaimReplay]:
    """The replay of a claim by its reference, or of all claims decided under an item, or in a session, of a committee.

    UnknownDecision; UnknownRun, UnreadableRun, LostRule when what a claim froze can no longer be computed.
    """
    claims = list(_named(reference))
    if not claims:
        raise UnknownDecision(_("Aucune demande ni décision de comité ne porte cette référence."), reference=reference)
    outcomes = []
    for name in sorted({claim.run for claim in claims}):
        of_run = [claim for claim in claims if claim.run == name]
        outcomes += replay_claims(of_run, _there(runs, name), code, tables)
    return sorted(outcomes, key=lambda one: one.claim)


def _named(reference: str) -> QuerySet[Claim]:
    """The claims that a reference names: their own, that of an item (`CTO-2026-0001/3`) or of a session."""
    by = f"{SITTING}{reference}"
    rulings = Ruling.objects.filter(Q(by=by) | Q(by__startswith=f"{by}/"))
    return Claim.objects.filter(Q(reference=reference) | Q(pk__in=rulings.values("claim"))).order_by("reference")


def _there(runs: Mapping[str, Run], name: str) -> Run:
    """A run by its name; UnknownRun."""
    if name not in runs:
        raise UnknownRun(_("Le calcul dont vient cette demande n'est plus là : restaurez-le."), run=name)
    return runs[name]
