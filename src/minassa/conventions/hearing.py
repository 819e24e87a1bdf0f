"""An advance on a job that was not kept: the firm is heard, then another hand asks back its part, or gives up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final, NamedTuple

import polars as pl
from django.utils.translation import gettext as _

from minassa.conventions.acting import PLATFORM, Act, acting, grounded
from minassa.conventions.advance_models import AdvanceLine, Hearing, HearingReason, HearingState
from minassa.conventions.advancing import HIRE, lines_standing
from minassa.conventions.convention_models import Convention
from minassa.conventions.errors import ImpossibleAct, NotHeard, PaymentUnderWay, SameHand
from minassa.delays import instant_of, local_day
from minassa.delays.moments import due_at
from minassa.entitlements.runs import Run
from minassa.entitlements.spells import STABILITY_MONTHS
from minassa.ledger.models import Entitlement
from minassa.ledger.public import Grant, Stay, amount_to_recover, ask_back, cancel
from minassa.registry.public import Actor

LONGEST_REPLY: Final = 4_000
EXCESS_GROUND: Final = "Avance au-delà de la prime accordée"
OPEN: Final = frozenset({HearingState.OPEN, HearingState.REPLIED})


class Broken(NamedTuple):
    """Why the premium of a hire will not be paid, and the months for which its job was kept."""

    reason: HearingReason
    months_kept: int


def open_hearings(actor: Actor, convention: Convention, run: Run, at: datetime) -> list[Hearing]:
    """Propose to ask back the advances on hires that a run shows gone before their 18th month, or not entitled then.

    One hearing for each, the firm has a delay to reply. Called again it opens nothing for a line that has its hearing.
    """
    with acting(actor, "hearing.open", convention, at) as act:
        broken = _broken(act.convention, run)
        made = [
            opened
            for line in lines_standing(act.convention)
            if (found := broken.get((line.person, line.hired_month))) is not None
            and (opened := _opened(act, line, found, run)) is not None
        ]
        if made:
            total = sum(one.amount for one in made)
            act.tell("hearing.opened", hearings=len(made), amount=total, run=run.path.name)
    return made


def _broken(convention: Convention, run: Run) -> dict[tuple[int, int], Broken]:
    """The firm's hires whose premium will not come, by hire: those that left too early, those not entitled in time.

    Of a job kept eighteen months without a right to the premium, nothing was due: no month counts.
    """
    affiliation = convention.enterprise.affiliation or 0
    months = pl.col("declared_months_in_post")
    left, reached = pl.col("left") & (months < STABILITY_MONTHS), months >= STABILITY_MONTHS
    rows = run.table("hire").filter(
        pl.col("affiliation") == affiliation, left | (reached & ~pl.col("pae_entitled").fill_null(value=False))
    )
    known = rows.select(*(pl.col(name).cast(pl.Int64) for name in HIRE), reached.alias("reached"), months).collect()
    return {
        (person, hired): Broken(HearingReason.NOT_DUE, 0) if stayed else Broken(HearingReason.LEFT, kept)
        for person, hired, stayed, kept in known.iter_rows()
    }


def _opened(act: Act, line: AdvanceLine, broken: Broken, run: Run) -> Hearing | None:
    """The hearing of a line, or None when the rule of the day asks nothing back."""
    stay = Stay(broken.months_kept, STABILITY_MONTHS)
    due, _source = amount_to_recover(line.amount, stay, local_day(instant_of(act.at)))
    if due == 0:
        return None
    return Hearing.objects.create(
        line=line,
        convention=act.convention,
        reason=broken.reason,
        months_kept=broken.months_kept,
        months_required=STABILITY_MONTHS,
        base=line.amount,
        amount=due,
        run=run.path.name,
        opened_by=str(act.actor),
        opened_at=act.at,
        reply_until=due_at("advance_hearing", act.at),
    )


def open_excess(act: Act, line: AdvanceLine, rest: int, run: str) -> Hearing:
    """Propose to ask back what of an advance passes the premium that a run gave: the firm is heard as for a departure.

    The months were kept: none is missing.
    """
    made = Hearing.objects.create(
        line=line,
        convention=act.convention,
        reason=HearingReason.EXCESS,
        months_kept=STABILITY_MONTHS,
        months_required=STABILITY_MONTHS,
        base=line.amount,
        amount=rest,
        run=run,
        opened_by=str(act.actor),
        opened_at=act.at,
        reply_until=due_at("advance_hearing", act.at),
    )
    act.tell("hearing.opened", hearings=1, amount=rest, run=run)
    return made


def reply(actor: Actor, hearing: Hearing, text: str, at: datetime) -> Hearing:
    """Reply in the name of the firm. ImpossibleAct once it has replied, or after its delay."""
    with _on(actor, "hearing.reply", hearing, at) as (act, held):
        if held.state != HearingState.OPEN or act.at >= held.reply_until:
            raise ImpossibleAct(_("Le délai pour répondre est passé, ou l'entreprise a déjà répondu."))
        held.state, held.reply = HearingState.REPLIED, grounded(text, LONGEST_REPLY)
        held.replied_by, held.replied_at = str(actor), act.at
        held.save(update_fields=["state", "reply", "replied_by", "replied_at"])
        act.tell("hearing.replied", hearing=held.pk)
    hearing.refresh_from_db()
    return hearing


def recover_advance(actor: Actor, hearing: Hearing, at: datetime) -> Hearing:
    """Ask back what the months not kept make due: the ledger holds it as a debt of the firm.

    What was not paid yet is cancelled instead. NotHeard, SameHand, ImpossibleAct, PaymentUnderWay.
    """
    with _deciding(actor, hearing, at) as (act, held):
        reference = held.line.advance.reference
        entitled = Entitlement.objects.get(reference=reference)
        excess = held.reason == HearingReason.EXCESS
        told = EXCESS_GROUND if excess else f"{held.months_kept}/{held.months_required}"
        ground = f"{act.convention.reference} · {told}"
        key = f"hearing:{held.pk}"
        if entitled.settled - entitled.recovered >= held.amount:
            money = Grant(reference, entitled.enterprise_id, entitled.measure, entitled.budget_year, held.amount)
            stay = None if excess else Stay(held.months_kept, held.months_required)
            held.recovery = ask_back(PLATFORM, money, ground, key, act.at, stay=stay).number
            _decided(act, held, HearingState.RECOVERED, "")
        elif entitled.cancellable >= held.amount:
            cancel(PLATFORM, reference, held.amount, ground, key, act.at)
            _decided(act, held, HearingState.WITHHELD, "")
        else:
            raise PaymentUnderWay(_("L'avance est en cours de paiement : décidez quand la banque aura répondu."))
    hearing.refresh_from_db()
    return hearing


def drop(actor: Actor, hearing: Hearing, ground: str, at: datetime) -> Hearing:
    """Give up asking back, on a ground. NotHeard, SameHand, ImpossibleAct."""
    with _deciding(actor, hearing, at) as (act, held):
        _decided(act, held, HearingState.DROPPED, grounded(ground))
    hearing.refresh_from_db()
    return hearing


@contextmanager
def _on(actor: Actor, name: str, hearing: Hearing, at: datetime) -> Iterator[tuple[Act, Hearing]]:
    """An act on a hearing that is not decided, under the lock of its convention."""
    with acting(actor, name, hearing.convention, at) as act:
        held = Hearing.objects.select_related("line__advance").get(pk=hearing.pk)
        if held.state not in OPEN:
            raise ImpossibleAct(
                _("Cette demande est « %(state)s » : elle n'attend plus rien.") % {"state": held.get_state_display()}
            )
        yield act, held


@contextmanager
def _deciding(actor: Actor, hearing: Hearing, at: datetime) -> Iterator[tuple[Act, Hearing]]:
    with _on(actor, "hearing.decide", hearing, at) as (act, held):
        if held.opened_by in act.actor.hands:
            raise SameHand(_("Celui qui a proposé de faire rendre l'avance n'en décide pas."))
        if held.state == HearingState.OPEN and act.at < held.reply_until:
            raise NotHeard(_("L'entreprise peut encore répondre : rien ne se décide avant."))
        yield act, held


def _decided(act: Act, held: Hearing, state: HearingState, ground: str) -> None:
    held.state, held.decided_by, held.decided_at, held.ground = state, str(act.actor), act.at, ground
    held.save(update_fields=["state", "decided_by", "decided_at", "ground", "recovery"])
    act.tell(f"hearing.{state}", hearing=held.pk, amount=held.amount, recovery=held.recovery)
