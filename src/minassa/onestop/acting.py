"""The frame of every act on a case: one transaction, the case locked first, and all that the act leaves behind.

An act changes the state of the case, says who holds it, sets timers, owes messages to agencies and tells the journal.
It collects these while it runs; they are written together at its end, in one statement.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

from django.db.models import F, Model
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from minassa.journal.public import Entry, append_to_each, chained
from minassa.onestop.case_models import Case, Custody
from minassa.onestop.errors import ImpossibleAct, StaleCase
from minassa.onestop.exchange_models import OutboxMessage, Timer
from minassa.onestop.procedure_schema import Procedure
from minassa.onestop.publishing import definition
from minassa.onestop.states import CaseEvent, case_after
from minassa.registry.public import Actor, require
from minassa.statements import Change, Compiled, Given, held, part, refresh, write_together

MAIN: Final = "main"
ROWS_AN_ACT: Final = 100
"""Custody rows are numbered `version x 100` and up, so that no act has to look for the last number."""
_LOCKED: Final = Compiled(lambda: Case.objects.select_for_update().filter(pk=Given("pk")))


class Act:
    """What an act on a locked case has done so far. Made by `acting`, which writes it."""

    def __init__(self, case: Case, actor: Actor, at: datetime) -> None:
        self.case = case
        self.actor = actor
        self.at = max(at, case.touched_at)
        """No act precedes the one before it, whatever the clocks of two machines say."""
        self.procedure: Procedure = definition(case.procedure_id)
        self.told: list[tuple[str, dict[str, Any]]] = []
        self._fields: set[str] = {"version", "touched_at"}
        self._custodies: list[Custody] = []
        self._messages: list[OutboxMessage] = []
        self._timers: list[Timer] = []
        self._others: list[Model] = []
        self._condition = ""

    def set(self, **values: Any) -> None:  # noqa: ANN401 (columns of a case)
        """Change columns of the case."""
        for name, value in values.items():
            setattr(self.case, name, value)
        self._fields |= values.keys()

    def move(self, event: CaseEvent, condition: str = "") -> None:
        """Lead the case to its next state; `condition`: SQL that must hold in the database when it is written."""
        self.set(state=case_after(self.case.state, event))
        self._condition = condition or self._condition

    def held(self, lane: str, holder: str, ground: str = "") -> None:
        """From now on, this lane is held by `holder`; empty or `closed`: by nobody, it is over."""
        number = (self.case.version + 1) * ROWS_AN_ACT + len(self._custodies)
        self._custodies.append(Custody(number=number, lane=lane, at=self.at, holder=holder, ground=ground))
        if lane == MAIN:
            self.set(holder=holder)

    def timer(self, kind: str, due: datetime, subject: str = "") -> None:
        """Something to look at when `due` comes."""
        self._timers.append(Timer(kind=kind, subject=subject, due_at=due))

    def message(self, destination: str, kind: str, body: dict[str, Any]) -> None:
        """A message owed to the system of a body."""
        self._messages.append(
            OutboxMessage(destination=destination, kind=kind, body=body, created_at=self.at, due_at=self.at)
        )

    def add(self, *rows: Model) -> None:
        """Other rows that the act makes: tasks, signatures, decisions."""
        self._others += rows

    def tell(self, kind: str, **body: Any) -> None:  # noqa: ANN401 (what the journal keeps)
        """One more thing for the journal; no personal data."""
        self.told.append((kind, body))

    def write(self) -> None:
        """Write everything. ImpossibleAct when the condition of a move does not hold."""
        self.case.version += 1
        self.case.touched_at = self.at
        new = self.case._state.adding  # noqa: SLF001 (Django's own mark of a row that is not there yet)
        made: list[Custody | OutboxMessage | Timer] = [*self._custodies, *self._messages, *self._timers]
        for row in made:
            row.case = self.case
        told = chained(stream_of(self.case.pk), self.told, str(self.actor), self.at, new=new)
        rows = [*self._others, *made, *told]
        if new:
            write_together([self.case, *rows])
        elif not write_together(rows, Change(self.case, self._fields, self._condition)):
            raise ImpossibleAct(_("Une administration est encore attendue sur ce dossier."), case=self.case.reference)


def write_told(acts: Sequence[Act], at: datetime) -> None:
    """Write together acts at one instant, on cases locked by the caller, that only told something; three statements."""
    cases = Case.objects.filter(pk__in=[act.case.pk for act in acts])
    cases.update(version=F("version") + 1, touched_at=Greatest("touched_at", at))
    for actor in {str(act.actor) for act in acts}:
        told = {stream_of(act.case.pk): (act.at, act.told) for act in acts if str(act.actor) == actor}
        append_to_each(told, actor)


def stream_of(case_id: int) -> str:
    """The stream of a case in the journal."""
    return f"case:{case_id}"


def submission_of(case: Case) -> Entry | None:
    """The entry of the journal that told the deposit of a case; None before it."""
    return Entry.objects.filter(stream=stream_of(case.pk), kind="case.submitted").order_by("number").first()


@contextmanager
def acting(
    actor: Actor, name: str, case: Case, at: datetime, expected: int | None = None, subject: object = None
) -> Iterator[Act]:
    """One act on a case: locked, allowed by the policy of `name`, written when the block ends without error.

    `expected`: the version that the caller read; StaleCase when the case has changed since. `subject`: what the policy
    looks at when it is not the case itself. Forbidden when the policy refuses.
    """
    with part():
        locked = _locked(case)
        if name:
            require(actor, name, locked if subject is None else subject)
        if expected is not None and expected != locked.version:
            raise StaleCase(
                _("Ce dossier a changé depuis que vous l'avez ouvert : relisez-le, puis recommencez."),
                case=locked.reference,
                version=locked.version,
            )
        act = Act(locked, actor, at)
        yield act
        act.write()
    refresh(case, locked)


def _locked(case: Case) -> Case:
    """The case as it stands, held until the end; what belongs to it and never changes is not read again."""
    if held(case):
        return case
    locked = _LOCKED.first(pk=case.pk)
    if locked is None:
        raise Case.DoesNotExist
    if "enterprise" in case._state.fields_cache and case.enterprise_id == locked.enterprise_id:  # noqa: SLF001
        locked.enterprise = case.enterprise
    return locked
