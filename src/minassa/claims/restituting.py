"""What was paid and later declarations no longer justify: found each month, heard with the firm, decided, asked back.

Claims by quarter are not looked at here: what changes in them comes with the next claim of the year.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

import polars as pl
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from minassa.claims.acting import acting, grounded
from minassa.claims.calendar import Rhythm, period_named
from minassa.claims.claim_models import Claim, Contest, CutLine
from minassa.claims.content import KEYS
from minassa.claims.contesting import LONGEST_REASON
from minassa.claims.errors import ClaimError, ImpossibleAct, NotHeard
from minassa.claims.holding import held_parts
from minassa.claims.lines import read
from minassa.claims.policies import visible_claims
from minassa.claims.preparing import CLAIMS, prepared
from minassa.claims.restitution_models import Restitution, RestitutionLine
from minassa.claims.settling import money_held
from minassa.claims.states import GRANTED
from minassa.delays.moments import due_at
from minassa.entitlements.runs import Run
from minassa.entitlements.sources import Tables
from minassa.entitlements.spells import STABILITY_MONTHS
from minassa.ledger.models import Entitlement
from minassa.ledger.public import Grant, Stay, amount_to_recover, ask_back
from minassa.registry.public import Actor, require

State, Cause = Restitution.State, RestitutionLine.Cause
OPEN: Final = (State.HEARING, State.HEARD)
ASKED_BACK: Final = "Restitution décidée"
_SPELL: Final = ["person", "hired_month"]


def find_restitutions(run: Run, tables: Tables, at: datetime) -> list[Restitution]:
    """Propose to each firm what a run no longer justifies of what it was paid; those made now.

    A line is not proposed again while its facts are those that were decided or dropped. One transaction per claim.
    """
    claims = Claim.objects.filter(state__in=GRANTED, paid_cents__gt=0, last_month__lte=run.until)
    claims = claims.exclude(restitutions__state__in=OPEN)
    made: list[Restitution] = []
    for measure, name in claims.order_by("measure", "period").values_list("measure", "period").distinct():
        period = period_named(measure, name)
        if period.entry.rhythm is Rhythm.QUARTER:
            continue
        now = _with_stays(prepared(run, tables, period, at), run)
        for claim in claims.filter(measure=measure, period=name).order_by("pk"):
            found = _proposed(claim, now, run, at)
            made += [found] if found is not None else []
    return made


def _with_stays(lines: pl.DataFrame, run: Run) -> pl.DataFrame:
    """The lines that a run gives, with the months that each stay has lasted so far."""
    stays = run.table("spells").select(
        "affiliation",
        "person",
        pl.col("first_month").alias("hired_month"),
        (pl.col("last_month") - pl.col("first_month") + 1).alias("months_kept"),
    )
    return lines.join(stays.collect(), on=["affiliation", *_SPELL], how="left")


@transaction.atomic
def _proposed(claim: Claim, now: pl.DataFrame, run: Run, at: datetime) -> Restitution | None:
    with acting(CLAIMS, "", claim, at) as act:
        lines = list(_lines(act.claim, now, timezone.localdate(act.at)))
        if not lines or Restitution.objects.filter(claim=act.claim, state__in=OPEN).exists():
            return None
        total = sum(one.cents for one in lines)
        made = Restitution.objects.create(
            claim=act.claim,
            run=run.path.name,
            cents=total,
            opened_at=act.at,
            reply_by=due_at("claim_hearing", act.at),
        )
        for one in lines:
            one.restitution = made
        RestitutionLine.objects.bulk_create(lines)
        act.tell("claim.restitution_proposed", restitution=str(made.uuid), lines=len(lines), cents=total)
    return made


def _lines(claim: Claim, now: pl.DataFrame, day: date) -> Iterator[RestitutionLine]:
    """What comes back for each line of which more was let through than is due now: what checks hold was not paid."""
    keys = list(KEYS[1:])
    frozen = read([claim.pk]).filter(pl.col("amount_cents") > 0)
    given = now.filter(pl.col("affiliation") == claim.affiliation)
    given = given.select(*keys, pl.col("cumulative_cents").alias("now_cents"), "months_kept")
    # Of what is due now, former claims of the period have asked for their part first.
    rest = (pl.col("now_cents").fill_null(0) - pl.col("earlier_cents")).clip(lower_bound=0)
    both = frozen.join(given, on=keys, how="left").with_columns(rest.alias("now_cents"))
    unpaid, before = _unpaid(claim), _before(claim)
    held = held_parts(claim)
    stay = period_named(claim.measure, claim.period).entry.rhythm is Rhythm.STAY
    for row in both.iter_rows(named=True):
        row["amount_cents"] -= held.get(row["id"], 0)
        if row["id"] not in unpaid and row["now_cents"] < row["amount_cents"]:
            found = _line(row, before.get(row["id"], []), day, stay=stay)
            if found is not None:
                yield found


def _line(row: dict[str, Any], before: list[RestitutionLine], day: date, *, stay: bool) -> RestitutionLine | None:
    """A line of a restitution: by the months missing of a stay that was cut short, else by what is no longer due."""
    made = RestitutionLine(line_id=row["id"], claimed_cents=row["amount_cents"], now_cents=row["now_cents"])
    kept = row["months_kept"]
    if stay and kept is not None and not row["now_cents"] and kept < STABILITY_MONTHS:
        made.cause, made.months_kept, made.months_required = Cause.LEFT, kept, STABILITY_MONTHS
        due = amount_to_recover(made.claimed_cents, Stay(kept, STABILITY_MONTHS), day)[0]
    else:
        made.cause, due = Cause.CORRECTED, made.claimed_cents - made.now_cents
    if any(_same_facts(made, one) for one in before):
        return None
    made.cents = due - sum(one.cents for one in before if one.restitution.state == State.DECIDED)
    return made if made.cents > 0 else None


def _same_facts(one: RestitutionLine, other: RestitutionLine) -> bool:
    names = ("claimed_cents", "now_cents", "months_kept")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _unpaid(claim: Claim) -> set[int]:
    """The lines of a claim that brought nothing: cut, contested, or found not due by a contest."""
    contests = Contest.objects.filter(claim=claim).exclude(upheld=False)
    return {*CutLine.objects.filter(ruling__claim=claim).values_list("line", flat=True)} | {
        *contests.values_list("line", flat=True)
    }


def _before(claim: Claim) -> dict[int, list[RestitutionLine]]:
    """What was decided or dropped of the lines of a claim."""
    found: dict[int, list[RestitutionLine]] = {}
    for one in RestitutionLine.objects.filter(restitution__claim=claim).select_related("restitution"):
        found.setdefault(one.line_id, []).append(one)
    return found


def restitutions_for(actor: Actor) -> QuerySet[Restitution]:
    """The restitutions that an actor may know of, the last proposed first. Forbidden."""
    require(actor, "claim.list")
    claims = Claim.objects.filter(visible_claims(actor))
    return Restitution.objects.filter(claim__in=claims).select_related("claim__enterprise").order_by("-pk")


def restitutions_to_decide() -> QuerySet[Restitution]:
    """Those that await a decision, the oldest first; the firm may still have its delay to answer."""
    return Restitution.objects.filter(state__in=OPEN).select_related("claim__enterprise").order_by("pk")


def reply_restitution(actor: Actor, restitution: Restitution, text: str, at: datetime) -> Restitution:
    """Answer, in the name of the firm, what it is asked to give back. Forbidden, ClaimError, ImpossibleAct."""
    with acting(actor, "claim.reply", restitution.claim, at) as act:
        held = Restitution.objects.select_for_update().get(pk=restitution.pk)
        if held.state != State.HEARING:
            raise ImpossibleAct(_("Cette restitution n'attend plus votre réponse."), claim=act.claim.reference)
        if len(text) > LONGEST_REASON:
            raise ClaimError(_("Le motif est trop long : 2 000 signes au plus."))
        held.reply, held.replied_at, held.replied_by = grounded(text), act.at, str(actor)
        held.state = State.HEARD
        held.save(update_fields=["reply", "replied_at", "replied_by", "state"])
        act.tell("claim.restitution_replied", restitution=str(held.uuid))
    return held


def decide_restitution(
    actor: Actor, restitution: Restitution, ground: str, at: datetime, *, upheld: bool
) -> Restitution:
    """Decide that a sum is to be given back, or drop it, on a ground, once the firm was heard or let its delay pass.

    What is asked back never passes what was paid and is not asked back yet. Forbidden, NotHeard, ImpossibleAct.
    """
    reference = restitution.claim.reference
    with money_held(reference) as right, acting(actor, "claim.decide", restitution.claim, at) as act:
        held = Restitution.objects.select_for_update().get(pk=restitution.pk)
        if held.state not in OPEN:
            raise ImpossibleAct(_("Cette restitution a déjà sa décision."), claim=reference)
        if held.state == State.HEARING and act.at < held.reply_by:
            raise NotHeard(
                _("L'entreprise doit d'abord être entendue, ou avoir laissé passer son délai."), claim=reference
            )
        held.state = State.DECIDED if upheld else State.DROPPED
        held.decided_at, held.decided_by, held.ground = act.at, str(actor), grounded(ground)
        if upheld and right is not None:
            _ask_back(held, right, act.at)
        held.save(update_fields=["state", "decided_at", "decided_by", "ground", "recovery"])
        act.tell("claim.restitution_decided", restitution=str(held.uuid), upheld=upheld, cents=held.cents)
    return held


def _ask_back(held: Restitution, right: Entitlement, at: datetime) -> None:
    cents = min(held.cents, right.settled - right.recovered)
    if cents > 0:
        given = Grant(right.reference, right.enterprise_id, right.measure, right.budget_year, cents)
        held.recovery = ask_back(CLAIMS, given, ASKED_BACK, f"restitution:{held.uuid}", at)


def lines_of(restitution: Restitution) -> QuerySet[RestitutionLine]:
    """The lines of a restitution, with those of the claim that they are about."""
    return RestitutionLine.objects.filter(restitution=restitution).select_related("line").order_by("pk")
