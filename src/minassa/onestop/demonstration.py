"""Invented cases of the past twelve months, played through the same doors as real ones. All of it is synthetic.

Each case is a story: what happens next is drawn when something has happened, and the story stops where now is. States,
queues, delays and the journal follow from it.
"""

from __future__ import annotations

import contextlib
import heapq
import math
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from typing import Any, Final

from django.db import transaction
from django.db.models import F

from minassa.delays.errors import DelayError
from minassa.delays.working import working_calendar
from minassa.delays.zone import instant_of, moment_of
from minassa.journal.public import Entry, append
from minassa.onestop.appealing import appeal
from minassa.onestop.case_models import Case, CaseState, Task, TaskState
from minassa.onestop.completing import answer_complement
from minassa.onestop.deciding import decide
from minassa.onestop.demonstration_cast import ANSWERS, GROUNDS, HOURS, PDF, Cast, answers_for, cast
from minassa.onestop.documents import give_document, reusable, use_document
from minassa.onestop.drafting import save_draft
from minassa.onestop.errors import ImpossibleAct
from minassa.onestop.messaging import say
from minassa.onestop.opening import open_case
from minassa.onestop.publishing import definition, publish_procedures
from minassa.onestop.sending_back import send_back
from minassa.onestop.signing import sign
from minassa.onestop.submitting import submit
from minassa.onestop.tasks import propose, validate
from minassa.onestop.timers import fire_due
from minassa.onestop.withdrawing import withdraw
from minassa.registry.models import Enterprise
from minassa.registry.public import allowed, body_actor, system_actor

YEAR: Final = timedelta(days=360)
LATELY: Final = timedelta(days=25)
STREAM: Final = "demonstration"
SEED: Final = 20_260_101
NEVER_SENT, NEVER_SIGNED, WITHDRAWN, APPEALS, SENT_BACK, FAVOURABLE, BY_API = 0.06, 0.05, 0.03, 0.4, 0.05, 0.93, 0.9
"""How often, invented: a draft stays one, a case waits for its signature, is withdrawn, appealed; a task is sent back,
answered favourably, answered by an interface."""
RECENT_OF_FIVE: Final = 2
_HOUR = 3600


def make_cases(now: datetime, number: int = 320) -> int:
    """Make invented cases up to `now`, each once: how many were made this time, 0 when all are there already.

    Each is one transaction, its past messages told delivered: a worker that runs meanwhile sees nothing of its past,
    and an interrupted demonstration goes on from the next case.
    """
    publish_procedures(now - YEAR - LATELY)
    played = cast()
    there = Entry.objects.filter(stream=STREAM, kind="case.made").count()
    for rank in range(there, number):
        chance = random.Random(f"{SEED}-{rank}")  # noqa: S311 (a draw that can be drawn again)
        ago = chance.random() * (LATELY if rank % 5 < RECENT_OF_FIVE else YEAR)
        with transaction.atomic():
            story = Story(chance, played, now)
            story.play(now - ago)
            story.deliver_past()
            append(STREAM, "case.made", str(system_actor(STREAM)), {"rank": rank, "synthetic": True}, now)
    return max(number - there, 0)


class Story:
    """One case, from its draft to where now is."""

    def __init__(self, chance: random.Random, played: Cast, now: datetime) -> None:
        """Nothing has happened yet."""
        self.chance, self.cast, self.now = chance, played, now
        self.case: Case
        self._events: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self._rank = count()
        self._asked = False

    def play(self, opening: datetime) -> None:
        """Play everything that happens before now."""
        self._begin(opening)
        while self._events:
            at, _rank, act = heapq.heappop(self._events)
            if at > self.now:
                break
            before = self.case.state
            act(at)
            self.case = Case.objects.select_related("enterprise").get(pk=self.case.pk)
            if self.case.state != before:
                self._follow(at)
        fire_due(self.case, self.now)

    def deliver_past(self) -> None:
        """The messages that the story owed more than an hour ago went out two seconds later."""
        due = self.case.outbox.filter(created_at__lt=self.now - timedelta(hours=1), delivered_at__isnull=True)
        due.update(delivered_at=F("created_at") + timedelta(seconds=2), attempts=1)

    def _later(self, at: datetime, hours: float, act: Callable[[datetime], None]) -> None:
        """Something happens about so many working hours later, spread as real delays are: many short, a few long."""
        drawn = hours * math.exp(self.chance.gauss(0, 0.6))
        try:
            due = moment_of(working_calendar().after_working_seconds(instant_of(at), int(drawn * _HOUR)))
        except DelayError:
            return
        heapq.heappush(self._events, (due + timedelta(seconds=self.chance.randrange(60)), next(self._rank), act))

    def _begin(self, at: datetime) -> None:
        code = self.chance.choices(list(ANSWERS), weights=[weight for weight, _given in ANSWERS.values()])[0]
        enterprise = self.chance.choice(self.cast.enterprises(code))
        actor = self.cast.firm(enterprise, at)
        start = moment_of(working_calendar().after_working_seconds(instant_of(at), 60))
        self.case = open_case(actor, enterprise, code, start)
        save_draft(actor, self.case, answers_for(code, enterprise, self.chance), start)
        for requirement in definition(self.case.procedure_id).requirements:
            if requirement.required and requirement.applies(self.case.answers):
                self._give(enterprise, requirement.kind, requirement.key, start)
        if self.chance.random() > NEVER_SENT:
            self._later(start, 8, self._submit)

    def _give(self, enterprise: Enterprise, kind: str, key: str, at: datetime) -> None:
        actor = self.cast.firm(enterprise, at)
        known = reusable(enterprise, kind, at.date()).first()
        document = known or give_document(actor, enterprise, kind, f"{kind}-EXEMPLE.pdf", PDF, at)
        use_document(actor, self.case, key, document, at)

    def _submit(self, at: datetime) -> None:
        actor = self.cast.firm(self.case.enterprise, at)
        submit(actor, self.case, at)
        if self.case.state == CaseState.TO_SIGN and self.chance.random() > NEVER_SIGNED:
            self._later(at, 6, self._sign)

    def _sign(self, at: datetime) -> None:
        actor = self.cast.firm(self.case.enterprise, at)
        sign(actor, self.case, at)
        submit(actor, self.case, at)

    def _follow(self, at: datetime) -> None:
        """What the new state brings."""
        if self.case.state == CaseState.IN_REVIEW:
            for task in Task.objects.filter(case=self.case, state=TaskState.OPEN).select_related("body"):
                self._examine(task, at)
            if self.chance.random() < WITHDRAWN:
                self._later(at, 30, self._withdraw)
        elif self.case.state == CaseState.COMPLEMENT:
            self._later(at, 35, self._complete)
        elif self.case.state in {CaseState.TO_DECIDE, CaseState.APPEALED}:
            self._later(at, 30, self._decide)
        elif self.case.state == CaseState.REFUSED and self.chance.random() < APPEALS:
            self._later(at, 50, self._appeal)

    def _examine(self, task: Task, at: datetime) -> None:
        age = (self.now - at) / YEAR
        hours = HOURS.get(task.body.code, 20) * (0.8 + 0.5 * age)
        asks = task.round == 1 and self.chance.random() < SENT_BACK
        self._later(at, hours, lambda when: self._send_back(task, when) if asks else self._answer(task, when))

    def _fresh(self, task: Task) -> Task | None:
        """The task as it is now, or None when it does not wait for its agency any more."""
        found = Task.objects.select_related("case", "body").get(pk=task.pk)
        return found if found.state in {TaskState.OPEN, TaskState.PROPOSED} else None

    def _answer(self, task: Task, at: datetime) -> None:
        fresh = self._fresh(task)
        if fresh is None or fresh.state != TaskState.OPEN:
            return
        favourable = self.chance.random() < FAVOURABLE
        ground = "" if favourable else self.chance.choice(GROUNDS)
        if fresh.body.answers_by_api and self.chance.random() < BY_API:
            propose(body_actor(fresh.body.code), fresh, favourable, ground, {}, at)
            return
        propose(self.cast.officer(fresh.body.code), fresh, favourable, ground, {}, at)
        self._later(at, 3, lambda when: self._validate(task, when))

    def _validate(self, task: Task, at: datetime) -> None:
        fresh = self._fresh(task)
        if fresh is not None and fresh.state == TaskState.PROPOSED:
            validate(self.cast.supervisor(fresh.body.code), fresh, at)

    def _send_back(self, task: Task, at: datetime) -> None:
        if self._asked or self.case.state != CaseState.IN_REVIEW:
            self._answer(task, at)
            return
        fresh = self._fresh(task)
        keys = [field.key for field in definition(self.case.procedure_id).fields if field.key in self.case.answers]
        if fresh is None or fresh.state != TaskState.OPEN or not keys:
            return
        self._asked = True
        note = "Merci de préciser cette réponse."
        send_back(self.cast.officer(fresh.body.code), fresh, [{"key": keys[-1], "note": note}], at)
        say(self.cast.officer(fresh.body.code), self.case, note, fresh.body.code, at)

    def _complete(self, at: datetime) -> None:
        if self.case.state != CaseState.COMPLEMENT:
            return
        given: dict[str, Any] = {item["key"]: self.case.answers[item["key"]] for item in self.case.complement.items}
        answer_complement(self.cast.firm(self.case.enterprise, at), self.case, given, [], at)

    def _decide(self, at: datetime) -> None:
        decider = self.cast.decider(self.case)
        if not allowed(decider, "case.decide", self.case):
            return  # It waits for a session of the committee.
        favourable = self.chance.random() < (0.6 if self.case.state == CaseState.APPEALED else 0.87)
        decide(decider, self.case, favourable, "" if favourable else self.chance.choice(GROUNDS), at)

    def _appeal(self, at: datetime) -> None:
        # Refused on appeal, or too late: the door says no, and the story ends there as it would in life.
        with contextlib.suppress(ImpossibleAct):
            actor = self.cast.firm(self.case.enterprise, at)
            appeal(actor, self.case, "Pièces nouvelles (exemple synthétique).", at)

    def _withdraw(self, at: datetime) -> None:
        if self.case.state in {CaseState.IN_REVIEW, CaseState.COMPLEMENT}:
            withdraw(self.cast.firm(self.case.enterprise, at), self.case, at)
