"""Messages lost or done twice under faults and kill -9, agencies at one instant, lateness of timers; all invented.

    python -m bench.faults [--messages 100000] [--rounds 10000] [--timers 100000]

1. Messages: cases written by SQL, two messages to each of five agencies and its answer. Agencies are the simulators of
   the demonstration, each behind a TCP proxy of ours, and so is the platform for them: latency, resets, half-open
   connections, outages by turns; answers doubled and reordered; the worker, the server of pages, an agency and a
   process of PostgreSQL killed (-9) at random. Lost: not received, or not answered. Double: a task answered twice in
   the journal. Order: messages of a case reach an agency in the order in which they were owed.
2. Five agencies answer one case at the same instant, over five connections: the case is joined once.
3. Timers fall due within a minute, a worker is killed meanwhile: how late each had its effect.

A figure of 0 is printed as found, and anything else ends the benchmark with an error.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import signal
import sqlite3
import sys
import threading
import time
import urllib.request
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import psycopg

from bench._load import Caller, tokens
from bench._platform import AGENCIES, Bench, machine, percentile, started
from bench._proxy import Proxy
from minassa.client import sign
from minassa.hosting.plant import free_ports
from minassa.hosting.supervising import Child

PATIENCE, KILL_AFTER = 600, 25
CASES = """
WITH version AS (SELECT id, code FROM onestop_procedureversion WHERE code = 'membership' LIMIT 1), made AS (
    INSERT INTO onestop_case (uuid, reference, procedure_id, enterprise_id, opened_by_id, place, state, version,
                              answers, offer_version, procedure_code, holder, touched_at, opened_at, submitted_at,
                              due_at)
    SELECT gen_random_uuid(), %(prefix)s || '-2026-' || lpad(rank::text, 7, '0'), version.id,
           (SELECT min(id) FROM registry_enterprise), (SELECT min(id) FROM registry_account), 101, 'in_review', 5, '{}',
           '', version.code, 'agencies', now(), now(), now(), now() + interval '30 days'
    FROM generate_series(1, %(cases)s) AS rank, version RETURNING id, uuid, reference)
INSERT INTO onestop_task (case_id, step, body_id, state, ground, data, maker, checker, round, procedure_code, place,
                          opened_at, due_at)
SELECT made.id, body.code, body.id, 'open', '', '{}', '', '', 1, 'membership', 101, now(), now() + interval '9 days'
FROM made, registry_body AS body WHERE body.code = ANY(%(agencies)s)
"""
MESSAGES = """
INSERT INTO onestop_outboxmessage (message_id, case_id, destination, kind, body, created_at, due_at, attempts,
                                   last_error)
SELECT gen_random_uuid(), task.case_id, body.code, kind.name,
       jsonb_build_object('case', dossier.uuid, 'reference', dossier.reference, 'step', task.step, 'round', 1,
                          'enterprise', jsonb_build_object('ice', '000000000000097', 'name', 'EXEMPLE')),
       now(), now(), 0, ''
FROM onestop_task AS task JOIN onestop_case AS dossier ON dossier.id = task.case_id
JOIN registry_body AS body ON body.id = task.body_id
CROSS JOIN (VALUES (1, 'task.opened'), (2, 'case.noted')) AS kind (rank, name)
WHERE dossier.reference LIKE 'MSG-%'
ORDER BY task.case_id, task.id, kind.rank
"""
ANSWERED_TWICE = """
SELECT count(*) FROM (SELECT stream, body->>'step' FROM journal_entry WHERE kind = 'task.answered'
                      GROUP BY stream, body->>'step' HAVING count(*) > 1) AS twice
"""
BROKEN = """
SELECT count(*) FROM (SELECT number, previous_hash, lag(hash) OVER (PARTITION BY stream ORDER BY number) AS before
                      FROM journal_entry) AS entry WHERE number > 1 AND previous_hash <> before
"""
TIMERS = """
INSERT INTO onestop_timer (case_id, kind, subject, due_at)
SELECT dossier.id, 'task_due', CASE WHEN rank %% 50 = 0 THEN 'cnss' ELSE 'elsewhere' END,
       now() + interval '5 seconds' + (rank %% 60) * interval '1 second'
FROM generate_series(1, %(timers)s) AS rank
JOIN (SELECT id, row_number() OVER (ORDER BY id) AS number FROM onestop_case WHERE reference LIKE 'TIM-%%') AS dossier
  ON dossier.number = 1 + (rank / 50) %% 200
"""


def ask(url: str, query: str, given: Any = None) -> list[tuple[Any, ...]]:  # noqa: ANN401
    """Rows of a query, over a connection of its own, tried again while PostgreSQL recovers."""
    limit = time.monotonic() + 120
    while True:
        try:
            with psycopg.connect(url, autocommit=True, cursor_factory=psycopg.ClientCursor) as link:
                cursor = link.execute(query.encode(), given)
                return cursor.fetchall() if cursor.description else []
        except psycopg.OperationalError:
            if time.monotonic() > limit:
                raise
            time.sleep(0.2)


class Chaos:
    """Changes modes, gives orders to agencies, kills; measures how long until something is done again."""

    def __init__(self, bench: Bench, proxies: Sequence[Proxy], controls: Sequence[int], seed: int) -> None:
        """Nothing is wrong yet."""
        self.bench, self.proxies, self.controls = bench, proxies, controls
        self.chance = random.Random(seed)  # noqa: S311
        self.kills: dict[str, int] = {}
        self.recoveries: list[float] = []
        self._waiting: tuple[float, int] | None = None

    def step(self, done: int) -> None:
        """A second of chaos; `done`: how much has been done in all."""
        if self._waiting is not None and done > self._waiting[1]:
            self.recoveries.append(time.monotonic() - self._waiting[0])
            self._waiting = None
        for proxy in self.proxies:
            if self._happens(50):
                proxy.change()
        if self._happens(30):
            order = {"duplicate": self.chance.randrange(3), "reorder": self._happens(50)}
            tell(self.chance.choice(self.controls), order)
        if self._waiting is None and self._happens(15):
            self.kill()
            self._waiting = (time.monotonic(), done)

    def _happens(self, percent: int) -> bool:
        return self.chance.randrange(100) < percent

    def kill(self) -> None:
        """Kill one process, drawn at random, without warning."""
        name = self.chance.choice(("worker", "web", "postgresql", f"simulator-{self.chance.choice(AGENCIES)}"))
        self.kills[name] = self.kills.get(name, 0) + 1
        if name == "postgresql":
            rows = ask(
                self.bench.url,
                "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
            )
            if rows:
                os.kill(self.chance.choice(rows)[0], signal.SIGKILL)
            return
        with contextlib.suppress(LookupError, ProcessLookupError):
            os.kill(self.bench.pid(name), signal.SIGKILL)

    def peace(self) -> None:
        """No more faults."""
        for proxy in self.proxies:
            proxy.mode = "normal"
        for port in self.controls:
            tell(port, {"duplicate": 0, "reorder": False})


def tell(port: int, order: Mapping[str, object]) -> None:
    """An order to an agency; one that has just been killed hears nothing."""
    asked = urllib.request.Request(f"http://127.0.0.1:{port}/control", json.dumps(order).encode())
    with contextlib.suppress(OSError), urllib.request.urlopen(asked, timeout=3):  # noqa: S310
        pass


def messages(bench: Bench, cast: dict[str, Any], number: int) -> None:
    """Part 1."""
    cases = max(1, number // (3 * len(AGENCIES)))
    proxies, ports = agencies_behind_proxies(bench, cast)
    ask(bench.url, CASES, {"prefix": "MSG", "cases": cases, "agencies": list(AGENCIES)})
    chaos = Chaos(bench, proxies, ports, 20260101)
    start = time.monotonic()
    ask(bench.url, MESSAGES)
    strike(bench, chaos, cases * len(AGENCIES), start + 60 + number * 0.5)
    report(bench, chaos, cases, time.monotonic() - start)


def agencies_behind_proxies(bench: Bench, cast: dict[str, Any]) -> tuple[list[Proxy], list[int]]:
    """Start the agencies, each way between them and the platform through a proxy that misbehaves."""
    to_platform = Proxy(bench.port, 1)
    ports = free_ports(bench.port + 20, len(AGENCIES))
    folder = bench.home / "keys" / "clients"
    folder.mkdir(parents=True, exist_ok=True)
    proxies = [to_platform]
    for code, port in zip(AGENCIES, ports, strict=True):
        proxies.append(Proxy(port, port))
        told = {**cast["systems"][code], "address": f"http://127.0.0.1:{to_platform.port}"}
        (folder / f"{code}.json").write_text(json.dumps(told), "utf-8")
        endpoint = f"http://127.0.0.1:{proxies[-1].port}/events"
        ask(
            bench.url, "UPDATE registry_body SET endpoint = %s, answers_by_api = true WHERE code = %s", (endpoint, code)
        )
        command = (sys.executable, "-m", "minassa.simulators", code, "--port", str(port), "--answer-after", "0")
        address = {"MINASSA_ADDRESS": told["address"]}
        bench.supervisor.add(Child(f"simulator-{code}", command, address))
    bench.supervisor.look()
    time.sleep(3)
    return proxies, ports


def strike(bench: Bench, chaos: Chaos, expected: int, limit: float) -> None:
    """Break things until nine answers in ten are in, then leave in peace until the last acknowledgement."""
    left, in_peace = expected, False
    while left and time.monotonic() < limit:
        bench.supervisor.look()
        left = ask(
            bench.url,
            "SELECT count(*) FROM onestop_task WHERE state <> 'answered' AND case_id IN "
            "(SELECT id FROM onestop_case WHERE reference LIKE 'MSG-%%')",
            (),
        )[0][0]
        if left > expected // 10:
            chaos.step(expected - left)
        elif not in_peace:
            in_peace = True
            chaos.peace()
        time.sleep(1)
    # The last acknowledgements may still be on their way.
    while ask(bench.url, "SELECT 1 FROM onestop_outboxmessage WHERE delivered_at IS NULL LIMIT 1"):
        bench.supervisor.look()
        if time.monotonic() > limit + 120:
            break
        time.sleep(1)


def report(bench: Bench, chaos: Chaos, cases: int, elapsed: float) -> None:
    """Count what was lost, done twice, out of order; SystemExit when anything was."""
    owed = dict(ask(bench.url, "SELECT message_id::text, id FROM onestop_outboxmessage"))
    received, disordered, answered, deliveries = 0, 0, 0, 0
    for code in AGENCIES:
        with contextlib.closing(sqlite3.connect(bench.home / "simulators" / f"{code}.db")) as link:
            rows = link.execute(
                "SELECT id, times, answered_at, json_extract(event, '$.data.case') FROM message ORDER BY rowid"
            )
            last: dict[str, int] = {}
            for number, times, at, case in rows.fetchall():
                received += number in owed
                deliveries += times
                answered += at is not None
                disordered += owed[number] < last.get(case, 0)
                last[case] = owed[number]
    twice, broken = ask(bench.url, ANSWERED_TWICE)[0][0], ask(bench.url, BROKEN)[0][0]
    once = ask(
        bench.url,
        "SELECT count(DISTINCT (stream, body->>'step')) FROM journal_entry WHERE kind = 'task.answered' "
        "AND stream IN (SELECT 'case:' || id FROM onestop_case WHERE reference LIKE 'MSG-%%')",
        (),
    )[0][0]
    expected = cases * len(AGENCIES)
    copies = ask(bench.url, "SELECT count(*) FROM onestop_inboxmessage")[0][0]
    lost = len(owed) - received + expected - once
    print(
        f"\n1. {len(owed)} messages out, {expected} answers in, {elapsed:.0f} s; "
        f"{deliveries} deliveries, {copies} numbers in"
    )
    print(f"   killed: {dict(sorted(chaos.kills.items()))}")
    modes = sum((proxy.counts for proxy in chaos.proxies), start=Counter[str]())
    print(f"   connections by mode: {dict(modes)}")
    recovery = max(chaos.recoveries, default=0.0)
    print(f"   lost {lost}, double effects {twice}, out of order {disordered}, broken chains {broken}, ", end="")
    print(f"longest recovery {recovery:.1f} s of {len(chaos.recoveries)}")
    if lost or twice or disordered or broken or answered != expected:
        raise SystemExit("faults: a message was lost, done twice or out of order")


def together(bench: Bench, cast: dict[str, Any], rounds: int) -> None:
    """Part 2."""
    ask(bench.url, CASES, {"prefix": "TOG", "cases": rounds, "agencies": list(AGENCIES)})
    cases = [str(row[0]) for row in ask(bench.url, "SELECT uuid FROM onestop_case WHERE reference LIKE 'TOG-%%'", ())]
    bearer = tokens(bench.port, cast["systems"])
    barrier = threading.Barrier(len(AGENCIES))
    wrong: list[str] = []

    def play(code: str) -> None:
        caller = Caller(bench.port)
        for case in cases:
            data = {"case": case, "step": code, "round": 1, "favourable": True, "ground": "", "data": {}}
            number = str(uuid.uuid4())
            content = json.dumps(
                {"specversion": "1.0", "id": number, "type": "ma.minassa.task.answered.v1", "data": data}
            )
            signed = sign(cast["systems"][code]["signing_secret"], number, int(time.time()), content.encode())
            headers = {"Authorization": f"Bearer {bearer[code]}", **signed}
            barrier.wait(timeout=120)
            said, _tag = caller.call("answer", "POST", "/api/v1/inbox", content.encode(), headers)
            if not said["accepted"]:
                wrong.append(str(said))

    start = time.monotonic()
    threads = [threading.Thread(target=play, args=(code,)) for code in AGENCIES]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    count_rounds(bench, rounds, wrong, time.monotonic() - start)


def count_rounds(bench: Bench, rounds: int, wrong: list[str], elapsed: float) -> None:
    """Each case was joined once, no answer was refused; SystemExit otherwise."""
    joined = ask(
        bench.url,
        "SELECT count(*), count(DISTINCT entry.stream) FROM journal_entry AS entry JOIN onestop_case AS dossier "
        "ON entry.stream = 'case:' || dossier.id WHERE entry.kind = 'case.joined' AND dossier.reference LIKE 'TOG-%%'",
        (),
    )[0]
    states = dict(
        ask(bench.url, "SELECT state, count(*) FROM onestop_case WHERE reference LIKE 'TOG-%%' GROUP BY 1", ())
    )
    broken = ask(bench.url, BROKEN)[0][0]
    print(f"\n2. {rounds} rounds of five answers at one instant, {elapsed:.0f} s: {states}, ", end="")
    print(f"joined {joined[0]} times, refused answers {len(wrong)}, broken chains {broken}")
    if wrong or joined != (rounds, rounds) or states != {"to_decide": rounds} or broken:
        raise SystemExit(f"faults: a case was joined twice, or not at all {wrong[:2]}")


def timers(bench: Bench, number: int) -> None:
    """Part 3."""
    ask(bench.url, CASES, {"prefix": "TIM", "cases": 200, "agencies": list(AGENCIES)})
    ask(
        bench.url,
        "UPDATE onestop_task SET due_at = now() "
        "WHERE case_id IN (SELECT id FROM onestop_case WHERE reference LIKE 'TIM-%%')",
        (),
    )
    ask(bench.url, "CREATE INDEX IF NOT EXISTS bench_timer ON onestop_timer (id)")
    ask(bench.url, TIMERS, {"timers": number})
    killed_at, start = 0.0, time.monotonic()
    left = number
    while left and time.monotonic() - start < PATIENCE:
        bench.supervisor.look()
        if not killed_at and time.monotonic() - start > KILL_AFTER:
            killed_at = time.monotonic() - start
            os.kill(bench.pid("worker"), signal.SIGKILL)
        left = ask(bench.url, "SELECT count(*) FROM onestop_timer WHERE fired_at IS NULL AND cancelled_at IS NULL")[0][
            0
        ]
        time.sleep(0.5)
    late = [
        float(row[0])
        for row in ask(
            bench.url,
            "SELECT extract(epoch FROM coalesce(fired_at, cancelled_at) - due_at) FROM onestop_timer "
            "WHERE coalesce(fired_at, cancelled_at) IS NOT NULL",
        )
    ]
    fired = ask(bench.url, "SELECT count(*) FROM onestop_timer WHERE fired_at IS NOT NULL")[0][0]
    p50, p99 = percentile(late, 50), percentile(late, 99)
    print(
        f"\n3. {number} timers due within a minute, worker killed after {killed_at:.0f} s: {fired} had an effect, ",
        end="",
    )
    print(f"{left} left; lateness p50 {p50:.1f} s, p99 {p99:.1f} s, worst {max(late):.1f} s")
    if left:
        raise SystemExit("faults: timers are left")


def main() -> None:
    """Run the three parts."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--messages", type=int, default=100_000, help="out and in together; 0 leaves the part out")
    parser.add_argument("--rounds", type=int, default=10_000, help="0 leaves the part out")
    parser.add_argument("--timers", type=int, default=100_000, help="0 leaves the part out")
    given = parser.parse_args()
    with started() as bench:
        print(machine(bench.url))
        cast = bench.run("bench._cast", "1")
        if given.timers:
            timers(bench, given.timers)
        if given.rounds:
            together(bench, cast, given.rounds)
        if given.messages:
            messages(bench, cast, given.messages)
        print(f"load after {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
