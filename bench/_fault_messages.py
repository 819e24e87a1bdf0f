"""Part 1 of the faults: messages to agencies and their answers, while networks misbehave and processes are killed.

Cases come in one after another, so that something is on its way at every moment of the run. What is counted is read
from the record that each agency keeps of what it received, and from the database.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from bench._chaos import Chaos, Flow, ask, watched
from bench._platform import AGENCIES, Bench
from bench._proxy import Proxy
from minassa.hosting.ports import free_ports
from minassa.hosting.supervising import Child

PERIOD = 1.0
WAVE, AHEAD = 50, 3_000
"""Cases that come in at once, and messages and answers under way below which more come in."""
LONGEST_TO_HEAR = 60.0
EVERY = 15.0
"""Seconds between two lines of progress."""
INCOMING = """
WITH version AS (SELECT id, code FROM onestop_procedureversion WHERE code = 'membership' LIMIT 1), made AS (
    INSERT INTO onestop_case (uuid, reference, procedure_id, enterprise_id, opened_by_id, place, state, version,
                              answers, offer_version, procedure_code, holder, touched_at, opened_at, submitted_at,
                              due_at)
    SELECT gen_random_uuid(), 'MSG-2026-' || lpad(rank::text, 7, '0'), version.id,
           (SELECT min(id) FROM registry_enterprise), (SELECT min(id) FROM registry_account), 101, 'in_review', 5, '{}',
           '', version.code, 'agencies', now(), now(), now(), now() + interval '30 days'
    FROM generate_series(%(first)s, %(last)s) AS rank, version
    WHERE NOT EXISTS (SELECT FROM onestop_case WHERE reference = 'MSG-2026-' || lpad(rank::text, 7, '0'))
    RETURNING id, uuid, reference), asked AS (
    INSERT INTO onestop_task (case_id, step, body_id, state, ground, data, maker, checker, round, procedure_code, place,
                              opened_at, due_at)
    SELECT made.id, body.code, body.id, 'open', '', '{}', '', '', 1, 'membership', 101, now(),
           now() + interval '9 days'
    FROM made, registry_body AS body WHERE body.code = ANY(%(agencies)s) RETURNING case_id, body_id, step)
INSERT INTO onestop_outboxmessage (message_id, case_id, destination, kind, body, created_at, due_at, attempts,
                                   last_error)
SELECT gen_random_uuid(), made.id, asked.step, kind.name,
       jsonb_build_object('case', made.uuid, 'reference', made.reference, 'step', asked.step, 'round', 1,
                          'enterprise', jsonb_build_object('ice', '000000000000097', 'name', 'EXEMPLE')),
       now(), now(), 0, ''
FROM asked JOIN made ON made.id = asked.case_id
CROSS JOIN (VALUES (1, 'task.opened'), (2, 'case.noted')) AS kind (rank, name)
ORDER BY made.id, asked.step, kind.rank
"""
"""Cases with a task of each agency and two messages to it; said again after a lost connection, adds nothing."""
OWED = "SELECT destination, count(*) FROM onestop_outboxmessage WHERE delivered_at IS NULL GROUP BY 1"
AWAITED = "SELECT count(*) FROM onestop_task WHERE state = 'open'"
OF_MESSAGES = "IN (SELECT 'case:' || id FROM onestop_case WHERE reference LIKE 'MSG-%%')"
EFFECTS = f"""
SELECT count(*), count(DISTINCT (stream, body->>'step')) FROM journal_entry
WHERE kind = 'task.answered' AND stream {OF_MESSAGES}
"""  # noqa: S608 (no value from outside)
JOINED = f"""
SELECT count(*), count(DISTINCT stream) FROM journal_entry WHERE kind = 'case.joined' AND stream {OF_MESSAGES}
"""  # noqa: S608
DEAD = "SELECT count(*) FROM onestop_outboxmessage WHERE dead_at IS NOT NULL"


class Exchange:
    """The exchange under way: how many cases have come in, what has become of their messages."""

    def __init__(self, bench: Bench, cases: int) -> None:
        self.bench, self.cases, self.came, self.sent = bench, cases, 0, 0
        self.flow = Flow(dict.fromkeys(AGENCIES, 0), 0)

    @property
    def expected(self) -> int:
        """Answers expected in all."""
        return self.cases * len(AGENCIES)

    @property
    def total(self) -> Flow:
        """What will have been done in the end."""
        return Flow(dict.fromkeys(AGENCIES, 2 * self.cases), self.expected)

    @property
    def done(self) -> bool:
        """Whether every message was acknowledged and every answer is in."""
        return self.came == self.cases and self.sent == 2 * self.expected and self.flow.answered == self.expected

    def count(self) -> Flow:
        """What has been done until now."""
        owed = dict(ask(self.bench.url, OWED))
        awaited = ask(self.bench.url, AWAITED)[0][0]
        each = {code: 2 * self.came - owed.get(code, 0) for code in AGENCIES}
        self.sent = sum(each.values())
        self.flow = Flow(each, self.came * len(AGENCIES) - awaited)
        return self.flow

    def feed(self) -> None:
        """Let cases come in while little is under way."""
        while self.came < self.cases and 3 * self.came * len(AGENCIES) - self.sent - self.flow.answered < AHEAD:
            first, self.came = self.came + 1, min(self.came + WAVE, self.cases)
            ask(self.bench.url, INCOMING, {"first": first, "last": self.came, "agencies": list(AGENCIES)})

    def told(self, elapsed: float, chaos: Chaos) -> str:
        """A line of progress."""
        return (
            f"   {elapsed:5.0f} s  {self.sent}/{2 * self.expected} out, {self.flow.answered}/{self.expected} in, "
            f"{chaos.kills.total()} kills, longest recovery {chaos.longest:.1f} s"
        )


def messages(bench: Bench, cast: dict[str, Any], number: int, seed: int, minutes: float) -> None:
    """Run part 1 on so many messages, out and in together; SystemExit when something was lost, doubled, disordered."""
    exchange = Exchange(bench, -(-number // (3 * len(AGENCIES))))
    proxies, ports = agencies_behind_proxies(bench, cast, seed)
    chaos = Chaos(bench, proxies, ports, seed)
    print(f"\n1. {3 * exchange.expected} messages, {exchange.cases} cases, seed {seed}", flush=True)
    start = time.monotonic()
    with watched(bench):
        time.sleep(3)
        run(exchange, chaos, start, start + minutes * 60)
        elapsed = time.monotonic() - start
        hear(bench, exchange.expected)
    report(bench, chaos, exchange, elapsed)


def run(exchange: Exchange, chaos: Chaos, start: float, limit: float) -> None:
    """Break things until the last case has come in, then leave in peace until the last answer."""
    in_peace, told = False, start
    while not exchange.done and time.monotonic() < limit:
        exchange.feed()
        chaos.recovered(exchange.count(), exchange.total)
        if exchange.came < exchange.cases:
            kind = chaos.step(PERIOD)
            if kind:
                chaos.kill(kind, exchange.count)
        elif not in_peace:
            in_peace = True
            chaos.peace()
        if time.monotonic() - told > EVERY:
            told = time.monotonic()
            print(exchange.told(told - start, chaos), flush=True)
        time.sleep(PERIOD)


def hear(bench: Bench, expected: int) -> None:
    """Let agencies send again the last answers, when a broken connection kept from them what became of those."""
    limit = time.monotonic() + LONGEST_TO_HEAR
    while time.monotonic() < limit and sum(heard(bench, code) for code in AGENCIES) < expected:
        time.sleep(PERIOD)


def heard(bench: Bench, code: str) -> int:
    """How many answers an agency knows the outcome of, from its own record."""
    with contextlib.closing(sqlite3.connect(bench.home / "simulators" / f"{code}.db")) as link:
        known: int = link.execute("SELECT count(*) FROM message WHERE outcome IS NOT NULL").fetchone()[0]
    return known


def agencies_behind_proxies(bench: Bench, cast: dict[str, Any], seed: int) -> tuple[dict[str, Proxy], list[int]]:
    """Start the agencies, each way between them and the platform through a proxy that misbehaves."""
    proxies = {"platform": Proxy(bench.port, seed)}
    ports = free_ports(bench.port + 20, len(AGENCIES))
    folder = bench.home / "keys" / "clients"
    folder.mkdir(parents=True, exist_ok=True)
    for code, port in zip(AGENCIES, ports, strict=True):
        proxies[code] = Proxy(port, seed + port)
        told = {**cast["systems"][code], "address": f"http://127.0.0.1:{proxies['platform'].port}"}
        (folder / f"{code}.json").write_text(json.dumps(told), "utf-8")
        endpoint = f"http://127.0.0.1:{proxies[code].port}/events"
        ask(
            bench.url, "UPDATE registry_body SET endpoint = %s, answers_by_api = true WHERE code = %s", (endpoint, code)
        )
        command = (sys.executable, "-m", "minassa.simulators", code, "--port", str(port), "--answer-after", "0")
        bench.supervisor.add(Child(f"simulator-{code}", command, {"MINASSA_ADDRESS": told["address"]}))
    return proxies, ports


def received(file: Path, owed: dict[str, int]) -> Counter[str]:
    """What one agency has received, from its own record: messages, deliveries, answers given, and out of order.

    Order: of the messages of a case, none was received for the first time after one owed later.
    """
    found, last = Counter[str](), dict[str, int]()
    query = (
        "SELECT id, times, json_extract(outcome, '$.accepted'), json_extract(event, '$.data.case') "
        "FROM message ORDER BY rowid"
    )
    with contextlib.closing(sqlite3.connect(file)) as link:
        for number, times, accepted, case in link.execute(query):
            found["received"] += number in owed
            found["strange"] += number not in owed
            found["deliveries"] += times
            found["accepted"] += accepted == 1
            found["out of order"] += owed.get(number, 0) < last.get(case, 0)
            last[case] = owed.get(number, 0)
    return found


def report(bench: Bench, chaos: Chaos, exchange: Exchange, elapsed: float) -> None:
    """Count what was lost, done twice, out of order; SystemExit when anything was."""
    found = Counter[str]()
    for code in AGENCIES:
        query = "SELECT message_id::text, id FROM onestop_outboxmessage WHERE destination = %s"
        found += received(bench.home / "simulators" / f"{code}.db", dict(ask(bench.url, query, (code,))))
    effects, once = ask(bench.url, EFFECTS)[0]
    joined, cases = ask(bench.url, JOINED)[0]
    expected, dead = exchange.expected, ask(bench.url, DEAD)[0][0]
    problems = bench.run("bench._whole")["problems"]
    lost = 2 * expected - found["received"] + expected - once + exchange.cases - cases
    twice = effects - once + joined - cases + found["strange"]
    modes = sum((proxy.counts for proxy in chaos.proxies.values()), start=Counter[str]())
    print(f"   {found['deliveries']} deliveries of {2 * expected}; {3 * expected / elapsed:.0f} messages a second")
    if not exchange.done:
        print(f"   NOT FINISHED in {elapsed / 60:.0f} minutes: what is still under way is counted as lost")
    print(f"   killed (-9): {dict(sorted(chaos.kills.items()))}; connections by mode: {dict(modes)}")
    print(f"   longest recovery of each, s: {chaos.told()}")
    print(
        f"1. {3 * expected} messages in {elapsed:.0f} s: lost {lost}, double effects {twice}, out of order "
        f"{found['out of order']}, given up {dead}, answers not known as accepted by their agency "
        f"{expected - found['accepted']}, problems of the journal {problems}, "
        f"longest recovery {chaos.longest:.1f} s after {chaos.kills.total()} kills",
        flush=True,
    )
    if lost or twice or found["out of order"] or dead or problems or found["accepted"] != expected:
        raise SystemExit("faults: a message was lost, done twice or out of order")
