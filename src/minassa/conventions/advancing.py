"""Advances on the premium for jobs: proposed from a run when hires reach a milestone, granted by another hand."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Final

import polars as pl
from django.db.models import F
from django.utils.translation import gettext as _

from minassa.claims.public import followed
from minassa.conventions.acting import PLATFORM, Act, acting, grounded, next_number
from minassa.conventions.advance_models import Advance, AdvanceLine, AdvanceState
from minassa.conventions.convention_models import Convention, ConventionState, Milestone
from minassa.conventions.errors import ImpossibleAct, SameHand, Tampered, UnknownCommitment
from minassa.delays import instant_of, local_day
from minassa.engine import Offer
from minassa.entitlements.replays import offer_of
from minassa.entitlements.runs import Run
from minassa.ledger.public import Grant, advance, commit_or_wait
from minassa.proof import canonical_bytes
from minassa.registry.public import Actor
from minassa.vocabulary.periods import month_of
from minassa.vocabulary.rates import BASIS_POINTS

MEASURE: Final = "pae"
HIRE: Final = ("person", "hired_month")


def propose_advance(
    actor: Actor, convention: Convention, milestone: int, run: Run, offer: Offer, at: datetime
) -> Advance | None:
    """Propose the advance of the hires that have reached a milestone in a run and were not advanced for it yet.

    None when there is nobody. Two calls at one instant follow each other: the second finds nobody left. `offer` is that
    of the code. ImpossibleAct unless the convention is in force, UnknownCommitment for a milestone it does not have.
    """
    with acting(actor, "advance.propose", convention, at) as act:
        _require_in_force(act)
        reached = _milestone(act.convention, milestone)
        lines = _lines(act, reached, run, offer_of(run, offer))
        if not lines.height:
            return None
        made = _proposed(act, reached, run, lines)
        act.tell("advance.proposed", advance=made.reference, lines=made.line_count, amount=made.amount, run=made.run)
    return made


def _require_in_force(act: Act) -> None:
    if act.convention.state != ConventionState.IN_FORCE:
        raise ImpossibleAct(_("La convention n'est pas en vigueur : rien ne peut être avancé."))


def _milestone(convention: Convention, number: int) -> Milestone:
    found = Milestone.objects.filter(convention=convention, number=number).first()
    if found is None:
        raise UnknownCommitment(_("La convention n'a pas de jalon de ce numéro."), number=number)
    return found


def _lines(act: Act, milestone: Milestone, run: Run, offer: Offer) -> pl.DataFrame:
    """The hires under the convention that reached the milestone, less those already advanced for it; with amounts."""
    convention = act.convention
    affiliation = convention.enterprise.affiliation or 0
    starts_on = convention.revisions.order_by("-number").values_list("starts_on", flat=True)[0]
    expected = pl.col("expected_cents")
    amount = expected * milestone.share_basis_points // BASIS_POINTS
    months = run.until - pl.col("hired_month") + 1
    premiums = followed(run, offer, affiliation, local_day(instant_of(act.at))).premiums
    reached = premiums.filter(
        pl.col("state") == "on_the_way", months >= milestone.month, pl.col("hired_month") >= month_of(starts_on)
    )
    rows = reached.select(*(pl.col(name).cast(pl.Int64) for name in HIRE), expected, amount.alias("amount_cents"))
    return (
        rows.filter(pl.col("amount_cents") > 0).join(_advanced(convention, milestone), on=HIRE, how="anti").sort(HIRE)
    )


def _advanced(convention: Convention, milestone: Milestone) -> pl.DataFrame:
    """The hires for which this milestone was advanced already, or is proposed to be."""
    held = AdvanceLine.objects.filter(advance__convention=convention, advance__milestone=milestone)
    rows = list(held.exclude(advance__state=AdvanceState.REFUSED).values_list(*HIRE))
    return pl.DataFrame(rows, schema=dict.fromkeys(HIRE, pl.Int64), orient="row")


def _proposed(act: Act, milestone: Milestone, run: Run, lines: pl.DataFrame) -> Advance:
    number = next_number("conventions_advance")
    made = Advance(
        pk=number,
        reference=f"AV-{local_day(instant_of(act.at)).year}-{number:07}",
        convention=act.convention,
        milestone=milestone,
        measure=MEASURE,
        run=run.path.name,
        known_until=run.until,
        versions=dict(run.manifest["versions"]),
        offer_digest=run.manifest["offer"]["digest"],
        line_count=lines.height,
        amount=int(lines["amount_cents"].sum()),
        lines_digest=lines_digest([tuple(row) for row in lines.iter_rows()]),
        proposed_by=str(act.actor),
        proposed_at=act.at,
    )
    made.save(force_insert=True)
    AdvanceLine.objects.bulk_create(
        AdvanceLine(advance=made, person=person, hired_month=hired, expected=expected, amount=amount)
        for person, hired, expected, amount in lines.iter_rows()
    )
    return made


def lines_digest(rows: list[tuple[int, ...]]) -> str:
    """SHA-256 in hexadecimal of lines (person, month of hiring, expected, amount), in order."""
    return hashlib.sha256(canonical_bytes({"lines": [list(row) for row in rows]})).hexdigest()


def grant_advance(actor: Actor, given: Advance, at: datetime) -> Advance:
    """Grant an advance: it enters the ledger under its reference, is committed (or waits for credits), then paid.

    SameHand for who proposed it, ImpossibleAct once decided or when the convention is not in force, Tampered when its
    lines no longer have the digest that was proposed; and what the ledger refuses.
    """
    with acting(actor, "advance.decide", given.convention, at) as act:
        held = _undecided(act, given)
        _require_in_force(act)
        rows = held.lines.order_by(*HIRE).values_list(*HIRE, "expected", "amount")
        if lines_digest(list(rows)) != held.lines_digest:
            raise Tampered(_("Les lignes de cette avance ne correspondent plus à leur empreinte."))
        firm, year = act.convention.enterprise_id, local_day(instant_of(act.at)).year
        money = Grant(held.reference, firm, held.measure, year, held.amount)
        advance(PLATFORM, money, f"advance:{held.reference}", act.at)
        commit_or_wait(PLATFORM, held.reference, act.at)
        _decided(act, held, AdvanceState.GRANTED, "")
    given.refresh_from_db()
    return given


def refuse_advance(actor: Actor, given: Advance, ground: str, at: datetime) -> Advance:
    """Refuse an advance, on a ground; its hires may be proposed again. SameHand, ImpossibleAct."""
    with acting(actor, "advance.decide", given.convention, at) as act:
        _decided(act, _undecided(act, given), AdvanceState.REFUSED, grounded(ground))
    given.refresh_from_db()
    return given


def _undecided(act: Act, given: Advance) -> Advance:
    held = Advance.objects.get(pk=given.pk)
    if held.state != AdvanceState.PROPOSED:
        raise ImpossibleAct(
            _("Cette avance est « %(state)s » : elle n'attend plus rien.") % {"state": held.get_state_display()}
        )
    if held.proposed_by in act.actor.hands:
        raise SameHand(_("Celui qui a proposé l'avance ne la décide pas."))
    return held


def _decided(act: Act, held: Advance, state: AdvanceState, ground: str) -> None:
    held.state, held.decided_by, held.decided_at, held.ground = state, str(act.actor), act.at, ground
    held.save(update_fields=["state", "decided_by", "decided_at", "ground"])
    act.tell(f"advance.{state}", advance=held.reference, amount=held.amount)


def standing(line: AdvanceLine) -> int:
    """What of the advance on a hire is still to be imputed on its premium, in centimes; 0 once it was."""
    if line.advance.state != AdvanceState.GRANTED or hasattr(line, "imputation"):
        return 0
    hearing = getattr(line, "hearing", None)
    return line.amount - (0 if hearing is None else hearing.taken_back)


def lines_standing(convention: Convention) -> list[AdvanceLine]:
    """The lines granted that are neither imputed nor heard about yet."""
    rows = AdvanceLine.objects.filter(advance__convention=convention, advance__state=AdvanceState.GRANTED)
    free = rows.filter(imputation__isnull=True, hearing__isnull=True)
    return list(free.select_related("advance").order_by(F("hired_month"), "person", "pk"))
