"""The convention of the story: signed, advances at two milestones, then a recruit who leaves in the 14th month."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Final

import polars as pl

from minassa.claims.public import all_runs, followed_everywhere
from minassa.conventions.models import AdvanceLine, CommitmentKind, Convention, ConventionState, Hearing, Side
from minassa.conventions.public import (
    CommitmentTerms,
    MilestoneTerms,
    PaymentUnderWay,
    Signatory,
    Terms,
    draft,
    grant_advance,
    open_hearings,
    propose,
    propose_advance,
    recover_advance,
    reply,
    sign,
)
from minassa.entitlements.runs import Run
from minassa.entitlements.spells import STABILITY_MONTHS
from minassa.governance.public import Proposed
from minassa.offer.loading import load_offer
from minassa.registry.models import Enterprise
from minassa.simulators.story.cast import Cast
from minassa.simulators.story.rounds import Opening
from minassa.vocabulary.periods import month_index, month_of

STARTS, ENDS = date(2025, 7, 1), date(2030, 12, 31)
MILESTONES: Final = ((6, 2_500), (12, 2_500))
"""Month in post, and the share of the expected premium that is advanced then (basis points): invented."""
LEAVES_IN: Final = 14
"""Month in post in which somebody leaves the firm of the story."""
ADVANCED, GRANTED = 29, 31
"""Days after an opening on which an advance is proposed, and granted."""
REPLY: Final = "Exemple synthétique : cette personne a démissionné ; nous l'avons déclaré à la CNSS."
_SINCE: Final = month_index(2025, 7)


def agreeing_firm(latest: Run) -> Enterprise | None:
    """The firm that a recruit of whom a premium was expected left in the 14th month in post, or as near as any did."""
    first = all_runs()[0]
    expected = followed_everywhere(first, load_offer(), STARTS).premiums.filter(
        pl.col("state") == "on_the_way",
        pl.col("expected_cents") > 0,
        pl.col("hired_month") <= first.until - MILESTONES[0][0] + 1,
    )
    left = latest.table("hire").filter(pl.col("left"), pl.col("declared_months_in_post") < STABILITY_MONTHS)
    gap = (pl.col("declared_months_in_post") - LEAVES_IN).abs().alias("gap")
    hires = [pl.col(name).cast(pl.Int64) for name in ("affiliation", "person", "hired_month")]
    early = left.select(*hires, gap).collect().join(expected.select(hires), on=["affiliation", "person", "hired_month"])
    found = early.sort("gap", "affiliation", "person")
    return Enterprise.objects.filter(affiliation=found["affiliation"][0]).first() if found.height else None


def agreed(cast: Cast, opening: Opening, firm: Enterprise | None) -> list[tuple[str, Proposed]]:
    """Draft and sign the convention at the first opening; what the committee is to decide of it."""
    if opening.rank or firm is None:
        return []
    secretary = cast["secretariat"]
    convention = draft(secretary, firm, _terms(firm), opening.day(1))
    propose(secretary, convention, opening.day(2))
    sign(cast.signer(firm), convention, opening.day(6))
    return [("convention", Proposed(str(convention.uuid), "enter", {"ground": ""}))]


def _terms(firm: Enterprise) -> Terms:
    signatories = (
        Signatory(side=Side.STATE, name="Ministre d'exemple (synthétique)", quality="Ministre"),
        Signatory(side=Side.FIRM, name="Anas EXEMPLE-GÉRANT", quality="Gérant"),
    )
    milestones = tuple(
        MilestoneTerms(number=number, month=month, share_basis_points=share)
        for number, (month, share) in enumerate(MILESTONES, start=1)
    )
    return Terms(
        firm_name=firm.name,
        text_reference="Circulaire de 2025, convention d'exemple (synthétique)",
        starts_on=STARTS,
        ends_on=ENDS,
        signatories=signatories,
        commitments=_commitments(),
        milestones=milestones,
    )


def _commitments() -> tuple[CommitmentTerms, ...]:
    """What the firm commits itself to: net jobs, an investment, an opening."""
    baseline = date(2025, 6, 30)
    return (
        CommitmentTerms(
            number=1,
            kind=CommitmentKind.NET_JOBS,
            baseline=0,
            baseline_on=baseline,
            target=40,
            due_on=date(2027, 12, 31),
        ),
        CommitmentTerms(
            number=2,
            kind=CommitmentKind.INVESTMENT,
            baseline=0,
            baseline_on=baseline,
            target=900_000_000,
            due_on=date(2027, 6, 30),
        ),
        CommitmentTerms(
            number=3,
            kind=CommitmentKind.EVENT,
            label="Ouverture d'un second plateau (exemple synthétique)",
            baseline=0,
            baseline_on=baseline,
            target=1,
            due_on=date(2027, 3, 31),
        ),
    )


def advanced(cast: Cast, opening: Opening, now: datetime) -> None:
    """Advance what the recruits who had reached a milestone by then make due, once for each milestone."""
    convention = Convention.objects.filter(state=ConventionState.IN_FORCE).order_by("pk").first()
    if convention is None or opening.day(GRANTED) > now:
        return
    run = known_at(month_of(opening.at.date()) - 1)
    if run is None:
        return
    for number, (month, _share) in enumerate(MILESTONES, start=1):
        reached = run.until >= _SINCE + month - 1
        if reached and not AdvanceLine.objects.filter(advance__milestone__number=number).exists():
            at = opening.day(ADVANCED)
            made = propose_advance(cast["secretariat"], convention, number, run, load_offer(), at)
            if made is not None:
                grant_advance(cast["mtnra-chef"], made, opening.day(GRANTED))


def known_at(month: int) -> Run | None:
    """The last run on what was known by the end of a month; None when there is none."""
    earlier = [each for each in all_runs() if each.until <= month]
    return earlier[-1] if earlier else None


def left(cast: Cast, latest: Run, now: datetime) -> int:
    """Hear the firm on those who left before their 18th month, and ask back what is asked back; how many hearings."""
    convention = Convention.objects.filter(state=ConventionState.IN_FORCE).order_by("pk").first()
    if convention is None or Hearing.objects.exists():
        return 0
    opened, replied, decided = (now - timedelta(days=days) for days in (12, 8, 5))
    hearings = open_hearings(cast["secretariat"], convention, latest, opened)
    # The last one is left to whoever has an account.
    for hearing in sorted(hearings, key=lambda one: (abs(one.months_kept - LEAVES_IN), one.pk))[:-1] or hearings:
        reply(cast.signer(convention.enterprise), hearing, REPLY, replied)
        with suppress(PaymentUnderWay):
            recover_advance(cast["mtnra"], hearing, decided)
    return len(hearings)
