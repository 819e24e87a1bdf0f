"""Money moved by several processes while workers and the database are killed: paid twice, over an envelope, unmatched.

    python -m bench.money [--operations 200000] [--workers 3] [--seed N]

An operation is a transaction of the ledger. Workers grant, commit, wait for credits, suspend, cancel, advance, impute,
propose line by line or all that is due, validate, refuse, send, take in files of the bank, change accounts, recover,
ask back, settle findings and correct them, all drawn from the seed; a worker is killed (-9) every few seconds and does
its last operation again when it comes back; PostgreSQL (every commit forced to disk) is killed every half minute.
The simulated bank rejects, pays twice, lies, invents, answers twice, late and out of order. At the end all that is left
is delivered, twice, and everything is counted in SQL. Any figure that should be 0 and is not is an error.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import resource
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from lxml import etree

from bench._platform import machine
from minassa.hosting.database import Database
from minassa.hosting.plant import PREPARATION, Plant
from minassa.hosting.server import Server
from minassa.simulators.bank import Bank, BankBehaviour

BAD = BankBehaviour(
    rejects=4, silent=2, returns=2, twice=10, repeats=10, late=30, reorders=50, lies=1, invents=10, pays_twice=1
)
WORKER_EVERY, DATABASE_EVERY = (6.0, 14.0), (25.0, 40.0)
NOUGHT = {
    "double payments": """
SELECT count(*) FROM (SELECT o.id FROM ledger_paymentorder AS o JOIN ledger_transaction AS t
    ON t.kind = 'payment' AND t.fingerprint = o.number GROUP BY o.id HAVING count(*) > 1) AS twice""",
    "entitlements paid beyond their amount": """
SELECT count(*) FROM (SELECT t.subject FROM ledger_transaction AS t JOIN ledger_posting AS p ON p.transaction_id = t.id
    JOIN ledger_entitlement AS e ON e.reference = t.subject WHERE p.account = 'treasury' AND t.kind <> 'receipt'
    GROUP BY t.subject, e.amount, e.cancelled HAVING -sum(p.amount) > e.amount - e.cancelled) AS beyond""",
    "envelopes passed": """
SELECT count(*) FROM ledger_envelope AS e JOIN LATERAL (SELECT coalesce(sum(p.amount), 0) AS committed
    FROM ledger_posting AS p WHERE p.account = 'credits_committed' AND p.measure = e.measure
    AND p.budget_year = e.budget_year) AS s ON true WHERE s.committed > e.authorised OR s.committed <> e.committed""",
    "sum of the ledger": "SELECT coalesce(sum(amount), 0) FROM ledger_posting",
    "money of the Treasury that no order paid, correction or receipt explains": """
SELECT abs(coalesce(sum(p.amount), 0)
    + (SELECT coalesce(sum(gross - set_off), 0) FROM ledger_paymentorder WHERE state = 'paid')
    + (SELECT coalesce(sum(amount), 0) FROM ledger_recovery WHERE nature = 'correction')
    - (SELECT coalesce(sum(amount), 0) FROM ledger_bankentry WHERE outcome = 'received'))
    FROM ledger_posting AS p WHERE p.account = 'treasury'""",
    "centimes to be given back that are on no account": """
SELECT abs(coalesce(sum(p.amount), 0) - (SELECT coalesce(sum(amount - settled), 0) FROM ledger_recovery))
    FROM ledger_posting AS p WHERE p.account = 'receivable'""",
    "unbalanced transactions": """
SELECT count(*) FROM (SELECT t.id FROM ledger_transaction AS t LEFT JOIN ledger_posting AS p ON p.transaction_id = t.id
    GROUP BY t.id HAVING count(p.id) < 2 OR sum(p.amount) <> 0) AS off""",
    "orders sent neither matched, nor to be matched, nor rejected": """
SELECT count(*) FROM ledger_paymentorder AS o JOIN ledger_paymentbatch AS b ON b.id = o.batch_id WHERE b.state = 'sent'
    AND o.state NOT IN ('validated', 'accepted', 'paid', 'rejected', 'returned', 'set_off')""",
    "payments without the line of the bank that they match": """
SELECT count(*) FROM ledger_transaction AS t LEFT JOIN ledger_paymentorder AS o ON o.number = t.fingerprint
    LEFT JOIN ledger_bankentry AS e ON e.order_id = o.id AND e.outcome = 'paid' AND e.amount = o.gross - o.set_off
    WHERE t.kind = 'payment' AND e.id IS NULL""",
    "chains of the journal that are broken": """
SELECT count(*) FROM (SELECT number, previous_hash, lag(hash) OVER (PARTITION BY stream ORDER BY number) AS before
    FROM journal_entry) AS entry WHERE number > 1 AND previous_hash <> before""",
    "operations of the ledger that the journal does not tell": """
SELECT count(*) FROM ledger_transaction AS t JOIN journal_entry AS e ON e.id = t.entry_id
    WHERE e.body->>'key' <> t.key""",
}


def ask(url: str, query: str) -> list[tuple[Any, ...]]:
    """Rows of a query, over a connection of its own."""
    with psycopg.connect(url, autocommit=True, connect_timeout=5) as link:
        return link.execute(query.encode()).fetchall()


class Play:
    """The processes, the bank, and what is killed."""

    def __init__(self, home: Path, server: Server, environment: dict[str, str], workers: int, seed: int) -> None:
        """Nothing runs yet."""
        self.home, self.server, self.environment, self.seed = home, server, environment, seed
        self.chance, self.bank = random.Random(seed), Bank(seed, BAD)  # noqa: S311 (drawn again from the seed)
        self.workers: list[subprocess.Popen[bytes] | None] = [None] * workers
        self.kills: Counter[str] = Counter()
        self.written, self.taken = 0, set[str]()
        now = time.monotonic()
        self.next_worker, self.next_database = now + 5, now + self.chance.uniform(*DATABASE_EVERY)

    def part(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a process of those who move money."""
        return subprocess.Popen((sys.executable, "-m", "bench._payers", *arguments), env=self.environment)

    def step(self) -> None:
        """A moment: the bank works, the dead come back, somebody may be killed."""
        self.answer()
        for rank, worker in enumerate(self.workers):
            if worker is not None and (worker.poll() or 0) > 0:
                raise SystemExit(f"worker {rank} failed by itself: see above")
            if worker is None or worker.poll() is not None:
                self.workers[rank] = self.part("work", str(self.home), str(rank), str(self.seed))
        now = time.monotonic()
        if now > self.next_worker:
            self.next_worker = now + self.chance.uniform(*WORKER_EVERY)
            worker = self.chance.choice(self.workers)
            if worker is not None:
                worker.kill()
                worker.wait()
                self.kills["workers"] += 1
        if now > self.next_database:
            self.next_database = now + self.chance.uniform(*DATABASE_EVERY)
            self.kill_database()

    def kill_database(self) -> None:
        """PostgreSQL is killed (its chief -9, or at once by its own signal) and started again over what it left."""
        pid = self.server.pid()
        if pid is not None:
            os.kill(pid, self.chance.choice((signal.SIGKILL, signal.SIGQUIT)))
            self.kills["database"] += 1
            time.sleep(0.2)
        self.server.start()

    def answer(self, *, final: bool = False) -> None:
        """The bank reads what it was given and writes what it answers now."""
        at = datetime.now(UTC)
        for file in sorted((self.home / "to").glob("*.xml")):
            self.bank.receive(file.read_bytes(), at)
            file.unlink()
        for content in self.bank.answers(final=final):
            self.written += 1
            draft = self.home / "answer.draft"
            draft.write_bytes(content)
            draft.replace(self.home / "from" / f"{self.written:07}.xml")
            self.taken |= references(content)

    def end(self) -> None:
        """No more faults: workers finish what they do, all that is left is delivered, twice."""
        (self.home / "stop").touch()
        for worker in self.workers:
            if worker is not None:
                worker.wait(120)
        peace = self.part("peace", str(self.home), "99", str(self.seed))
        while peace.poll() is None:
            time.sleep(0.1)
            if (self.home / "given").exists() and not (self.home / "answered").exists():
                self.answer(final=True)
                self.answer(final=True)
                (self.home / "answered").touch()
        if peace.returncode:
            raise SystemExit("what was left could not be delivered")

    def stop(self) -> None:
        """Nothing of ours runs any more."""
        for worker in self.workers:
            if worker is not None and worker.poll() is None:
                worker.kill()
                worker.wait()


def references(content: bytes) -> set[str]:
    """The numbers that the bank gave to the movements of a message."""
    return {one.text or "" for one in etree.fromstring(content).iterfind(".//{*}Refs/{*}AcctSvcrRef")}


def run(home: Path, operations: int, workers: int, seed: int) -> int:
    """Move money until so many operations are done; print what was found; 0 when all that should be nought is."""
    for name in ("to", "from"):
        (home / name).mkdir()
    database = Database(home, None)
    url = database.start()
    server = database.server
    if server is None:
        raise SystemExit("DATABASE_URL is set: this benchmark kills its database, and wants one of its own")
    told = Plant(home).environment(url, "http://127.0.0.1:9", {})
    environment = {**told, "PYTHONPATH": os.pathsep.join(("src", "."))}
    subprocess.run((sys.executable, "-c", PREPARATION), env=environment, check=True, stdout=subprocess.DEVNULL)
    play = Play(home, server, environment, workers, seed)
    try:
        print(f"seed {seed}; {workers} workers; {machine(url)}", flush=True)
        if play.part("world", str(home)).wait():
            raise SystemExit("the world could not be made")
        started, done = time.monotonic(), 0
        while done < operations:
            play.step()
            time.sleep(0.1)
            with contextlib.suppress(psycopg.OperationalError):
                done = ask(url, "SELECT count(*) FROM ledger_transaction")[0][0] if not play.written % 3 else done
        seconds = time.monotonic() - started
        print(f"{done} operations in {seconds:.0f} s: {done / seconds:.0f} a second, kills and recoveries included")
        play.end()
        return tell(play, url)
    finally:
        play.stop()
        server.stop()


def tell(play: Play, url: str) -> int:
    """Print every count; 1 when one that should be nought is not."""
    refused: Counter[str] = Counter()
    for file in play.home.glob("refused-*.json"):
        refused.update(json.loads(file.read_text("utf-8")))
    print(f"killed: {dict(play.kills)}; refused by the ledger: {dict(sorted(refused.items()))}")
    for what, query in (
        ("operations", "SELECT kind, count(*) FROM ledger_transaction GROUP BY 1 ORDER BY 1"),
        ("orders", "SELECT state, count(*) FROM ledger_paymentorder GROUP BY 1 ORDER BY 1"),
        ("lines of the bank", "SELECT outcome, count(*) FROM ledger_bankentry GROUP BY 1 ORDER BY 1"),
    ):
        print(f"{what}: {dict(ask(url, query))}")
    found = {name: int(ask(url, query)[0][0]) for name, query in NOUGHT.items()}
    shown = {row[0] for row in ask(url, "SELECT DISTINCT reference FROM ledger_bankentry")}
    found["movements of the bank that are shown nowhere"] = len(play.taken - shown)
    checked = "from minassa.ledger.public import check_ledger; print(len(check_ledger()))"
    code = f"import django; django.setup(); {checked}"
    done = subprocess.run((sys.executable, "-c", code), env=play.environment, stdout=subprocess.PIPE, check=True)
    found["gaps between counters and postings"] = int(done.stdout)
    for name, count in found.items():
        print(f"{count:>6} {name}")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"processor: {used.ru_utime + used.ru_stime:.0f} s in processes that ended, the database apart")
    return 1 if any(found.values()) else 0


def main(arguments: Sequence[str]) -> int:
    """Read the options, run in a folder that is removed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--operations", type=int, default=200_000)
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(2**31))
    options = parser.parse_args(arguments)
    home = Path(tempfile.mkdtemp(prefix="minassa-money-"))
    try:
        return run(home, options.operations, options.workers, options.seed)
    finally:
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
