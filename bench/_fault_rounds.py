"""Part 2 of the faults: five agencies answer one case at the same instant, over HTTP, each over its own connection.

Several cases are under way at once, each with its five agencies: they are let go together, and the next case begins
when all five have their answer.
"""

from __future__ import annotations

import json
import threading
import time
import uuid
from typing import Any

from bench._chaos import ask
from bench._load import Caller, tokens
from bench._platform import AGENCIES, Bench, percentile
from minassa.client import sign

LANES = 2
EVERY = 15.0
RENEWED_AFTER = 600.0
"""Seconds after which the tokens of the agencies are asked for again: they last a quarter of an hour."""
CASES = """
WITH version AS (SELECT id, code FROM onestop_procedureversion WHERE code = 'membership' LIMIT 1), made AS (
    INSERT INTO onestop_case (uuid, reference, procedure_id, enterprise_id, opened_by_id, place, state, version,
                              answers, offer_version, procedure_code, holder, touched_at, opened_at, submitted_at,
                              due_at)
    SELECT gen_random_uuid(), %(prefix)s || '-2026-' || lpad(rank::text, 7, '0'), version.id,
           (SELECT min(id) FROM registry_enterprise), (SELECT min(id) FROM registry_account), 101, 'in_review', 5, '{}',
           '', version.code, 'agencies', now(), now(), now(), now() + interval '30 days'
    FROM generate_series(1, %(cases)s) AS rank, version RETURNING id)
INSERT INTO onestop_task (case_id, step, body_id, state, ground, data, maker, checker, round, procedure_code, place,
                          opened_at, due_at)
SELECT made.id, body.code, body.id, 'open', '', '{}', '', '', 1, 'membership', 101, now(), now() + interval '9 days'
FROM made, registry_body AS body WHERE body.code = ANY(%(agencies)s)
"""
JOINED = """
SELECT count(*), count(DISTINCT entry.stream) FROM journal_entry AS entry JOIN onestop_case AS dossier
ON entry.stream = 'case:' || dossier.id WHERE entry.kind = %s AND dossier.reference LIKE 'TOG-%%'
"""
STATES = "SELECT state, count(*) FROM onestop_case WHERE reference LIKE 'TOG-%%' GROUP BY 1"


class Rounds:
    """The rounds still to play, taken by lanes one at a time; what went wrong, how long each took (milliseconds)."""

    def __init__(self, bench: Bench, systems: dict[str, Any], cases: list[str]) -> None:
        self.bench, self.systems, self.total = bench, systems, len(cases)
        self.wrong: list[str] = []
        self.spent: list[float] = []
        self._left = iter(cases)
        self._lock = threading.Lock()
        self._bearers: dict[str, str] = {}
        self._asked = -RENEWED_AFTER

    def next(self) -> str | None:
        """The next case, None when all are played or something went wrong."""
        with self._lock:
            return None if self.wrong else next(self._left, None)

    def bearer(self, code: str) -> str:
        """The token of an agency."""
        with self._lock:
            if time.monotonic() - self._asked > RENEWED_AFTER:
                self._bearers, self._asked = tokens(self.bench.port, self.systems), time.monotonic()
            return self._bearers[code]

    def request(self, code: str, case: str) -> tuple[bytes, dict[str, str]]:
        """The signed answer of an agency about a case."""
        data = {"case": case, "step": code, "round": 1, "favourable": True, "ground": "", "data": {}}
        number = str(uuid.uuid4())
        event = {"specversion": "1.0", "id": number, "type": "ma.minassa.task.answered.v1", "data": data}
        content = json.dumps(event).encode()
        signed = sign(self.systems[code]["signing_secret"], number, int(time.time()), content)
        return content, {"Authorization": f"Bearer {self.bearer(code)}", **signed}


class Lane:
    """Five agencies with a connection each, that answer the same case together, case after case."""

    def __init__(self, rounds: Rounds) -> None:
        self.rounds = rounds
        self.case: str | None = None
        self.began = 0.0
        self.gate = threading.Barrier(len(AGENCIES), self.draw)
        self.start = threading.Barrier(len(AGENCIES))
        self.threads = [threading.Thread(target=self.play, args=(code,)) for code in AGENCIES]

    def draw(self) -> None:
        """Once for all five: the case before is over, here is the next."""
        now = time.perf_counter()
        if self.case is not None:
            self.rounds.spent.append((now - self.began) * 1e3)
        self.case, self.began = self.rounds.next(), now

    def play(self, code: str) -> None:
        """One agency: everything is ready before the five are let go."""
        caller = Caller(self.rounds.bench.port)
        while True:
            self.gate.wait(timeout=300)
            if self.case is None:
                return
            content, headers = self.rounds.request(code, self.case)
            self.start.wait(timeout=300)
            try:
                said, _tag = caller.call("answer", "POST", "/api/v1/inbox", content, headers)
            except Exception as error:  # noqa: BLE001 (a round that fails ends all, and is told)
                said = {"accepted": False, "error": repr(error)}
            if not said["accepted"]:
                self.rounds.wrong.append(str(said))


def together(bench: Bench, cast: dict[str, Any], number: int, lanes: int = LANES) -> None:
    """Run part 2; SystemExit when a case was not joined exactly once, or an answer was refused."""
    ask(bench.url, CASES, {"prefix": "TOG", "cases": number, "agencies": list(AGENCIES)})
    ask(bench.url, "ANALYZE")
    query = "SELECT uuid::text FROM onestop_case WHERE reference LIKE 'TOG-%%' ORDER BY id"
    rounds = Rounds(bench, cast["systems"], [row[0] for row in ask(bench.url, query)])
    print(f"\n2. {number} rounds of five answers at one instant, {lanes} cases at a time", flush=True)
    start = time.monotonic()
    threads = [thread for _lane in range(lanes) for thread in Lane(rounds).threads]
    for thread in threads:
        thread.start()
    told = start
    while any(thread.is_alive() for thread in threads):
        time.sleep(0.5)
        if time.monotonic() - told > EVERY:
            told = time.monotonic()
            print(f"   {told - start:5.0f} s  {len(rounds.spent)}/{number} rounds", flush=True)
    count_rounds(bench, rounds, time.monotonic() - start)


def count_rounds(bench: Bench, rounds: Rounds, elapsed: float) -> None:
    """Each case was joined once, no answer was refused, each had one effect; SystemExit otherwise."""
    joined, answered = (ask(bench.url, JOINED, (kind,))[0] for kind in ("case.joined", "task.answered"))
    states = dict(ask(bench.url, STATES))
    problems = bench.run("bench._whole")["problems"]
    print(f"   round of five: p50 {percentile(rounds.spent, 50):.0f} ms, p99 {percentile(rounds.spent, 99):.0f} ms")
    print(
        f"2. {rounds.total} rounds in {elapsed:.0f} s: {states}, joined {joined[0]} times, answers with an effect "
        f"{answered[0]}, refused {len(rounds.wrong)}, problems of the journal {problems}",
        flush=True,
    )
    right = joined == (rounds.total, rounds.total) and answered[0] == rounds.total * len(AGENCIES)
    if rounds.wrong or not right or states != {"to_decide": rounds.total} or problems:
        raise SystemExit(f"faults: a case was joined twice, or not at all {rounds.wrong[:2]}")
