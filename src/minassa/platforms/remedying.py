"""A finding from open to closed: a remedy proposed with a date, agreed, done, verified by another hand, or the CTO."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from minassa.delays import instant_of, local_day
from minassa.platforms.conformity import LONGEST, Given
from minassa.platforms.errors import PlatformError, SameHand, StaleRow
from minassa.platforms.evidence import keep_evidence
from minassa.platforms.models import Finding, FindingState
from minassa.platforms.parameters import number
from minassa.platforms.states import FINDING_MOVES, FindingEvent
from minassa.registry.acting import RowAct, acting_on_row
from minassa.registry.public import Actor

_NAMES: Final = {
    FindingEvent.PROPOSE: "platform.remedy",
    FindingEvent.DO: "platform.remedy",
    FindingEvent.DECIDE: "platform.decide",
    FindingEvent.CLOSE: "platform.decide",
}
"""The action that the policy is asked about; inspecting, for what is not here."""


def stream_of_finding(finding: Finding) -> str:
    """The stream of a finding in the journal."""
    return f"platform-finding:{finding.uuid}"


def propose_remedy(
    actor: Actor, finding: Finding, remedy: str, due: date, at: datetime, *, expected: int | None = None
) -> None:
    """Propose what will be done, and by when."""
    with _acting(actor, FindingEvent.PROPOSE, finding, at, expected) as act:
        if not remedy.strip():
            raise PlatformError(_("Dites ce qui sera fait."))
        if due <= local_day(instant_of(at)):
            raise PlatformError(_("La date du remède est à venir."))
        act.set(remedy=remedy.strip()[:LONGEST], remedy_due_on=due, remedy_by=str(actor), answer="")


def answer_remedy(
    actor: Actor, finding: Finding, answer: str, at: datetime, *, agreed: bool, expected: int | None = None
) -> None:
    """Agree to a remedy, or refuse it saying why. SameHand for who proposed it."""
    event = FindingEvent.AGREE if agreed else FindingEvent.REFUSE
    with _acting(actor, event, finding, at, expected) as act:
        _require_other_hand(actor, act.row)
        act.set(answer=_answer(answer, needed=not agreed))


def remedy_done(
    actor: Actor, finding: Finding, given: Given | None, at: datetime, *, expected: int | None = None
) -> None:
    """Say that the remedy is done, with the file that shows it."""
    with _acting(actor, FindingEvent.DO, finding, at, expected) as act:
        if given is None:
            raise PlatformError(_("Déposez la pièce qui montre ce qui a été fait."))
        kept = keep_evidence(actor, act.row.place, given.name, given.content, act.at)
        act.set(remedy_by=str(actor), evidence=kept)


def verify_remedy(
    actor: Actor, finding: Finding, answer: str, at: datetime, *, holds: bool, expected: int | None = None
) -> None:
    """Verify that a remedy is done, which closes the finding, or say why it is not. SameHand for who did it."""
    event = FindingEvent.VERIFY if holds else FindingEvent.REJECT
    with _acting(actor, event, finding, at, expected) as act:
        _require_other_hand(actor, act.row)
        act.set(answer=_answer(answer, needed=not holds))


def escalate(actor: Actor, finding: Finding, answer: str, at: datetime, *, expected: int | None = None) -> None:
    """Bring a finding before the CTO, saying why."""
    with _acting(actor, FindingEvent.ESCALATE, finding, at, expected) as act:
        act.set(answer=_answer(answer, needed=True))


def decide_finding(actor: Actor, finding: Finding, ground: str, at: datetime, *, closed: bool) -> None:
    """What the CTO decides of a finding: it is closed, or a remedy is due within the days of the parameters."""
    event = FindingEvent.CLOSE if closed else FindingEvent.DECIDE
    with _acting(actor, event, finding, at, None) as act:
        act.set(answer=_answer(ground, needed=True))
        if not closed:
            due = local_day(instant_of(at)) + timedelta(days=number("decided_remedy_days"))
            act.set(remedy=_answer(ground, needed=True), remedy_due_on=due, remedy_by=str(actor))


def findings_to_decide() -> QuerySet[Finding]:
    """Findings that were brought before the CTO and await it."""
    return Finding.objects.filter(state=FindingState.ESCALATED).order_by("touched_at", "pk")


def finding_of(subject: str) -> Finding:
    """The finding of a reference; ValueError or DoesNotExist."""
    return Finding.objects.get(uuid=UUID(subject))


def _answer(text: str, *, needed: bool) -> str:
    if needed and not text.strip():
        raise PlatformError(_("Dites pourquoi."))
    return text.strip()[:LONGEST]


def _require_other_hand(actor: Actor, finding: Finding) -> None:
    if finding.remedy_by in actor.hands:
        raise SameHand(_("Qui a proposé ou fait le remède ne l'accepte ni ne le vérifie."))


@contextmanager
def _acting(
    actor: Actor, event: FindingEvent, finding: Finding, at: datetime, expected: int | None
) -> Iterator[RowAct[Finding]]:
    def act_on(row: Finding) -> RowAct[Finding]:
        return RowAct(row, actor, at, stream_of_finding(row))

    with acting_on_row(finding, act_on, actor, _NAMES.get(event, "platform.inspect"), expected, _stale) as act:
        act.set(state=FINDING_MOVES.after(FindingState(act.row.state), event))
        yield act
        act.tell(f"platform.finding-{event}", answer=act.row.answer != "")


def _stale(_row: Finding) -> StaleRow:
    return StaleRow(_("Quelqu'un a changé ce constat entre-temps : relisez, puis recommencez."))
