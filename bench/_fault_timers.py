"""Part 3 of the faults: many timers fall due within a minute, a worker is killed meanwhile: how late each was seen to.

Every timer is that of a task of its own. In each case one agency has let its delay pass, which has an effect, and the
four others have answered, so that their timers have become moot.
"""

from __future__ import annotations

import os
import signal
import time

from bench._chaos import ask, watched
from bench._fault_rounds import CASES
from bench._platform import AGENCIES, Bench, percentile

WITHIN, KILL_AFTER = 60, 25
"""Seconds within which all fall due, and after which the worker is killed."""
EVERY = 10.0
ANSWERED = """
UPDATE onestop_task SET due_at = now(),
    (state, favourable, maker, answered_at) = (SELECT 'answered', true, 'body:' || step, now() WHERE step <> 'cnss'
                                               UNION ALL SELECT 'open', NULL, '', NULL WHERE step = 'cnss')
WHERE case_id IN (SELECT id FROM onestop_case WHERE reference LIKE 'TIM-%%')
"""
TIMERS = """
INSERT INTO onestop_timer (case_id, kind, subject, due_at)
SELECT task.case_id, 'task_due', task.step, now() + interval '5 seconds' + random() * %(within)s * interval '1 second'
FROM onestop_task AS task JOIN onestop_case AS dossier ON dossier.id = task.case_id
WHERE dossier.reference LIKE 'TIM-%%' ORDER BY random()
"""
OPEN = "SELECT count(*) FROM onestop_timer WHERE fired_at IS NULL AND cancelled_at IS NULL"
LATENESS = """
SELECT extract(epoch FROM coalesce(fired_at, cancelled_at) - due_at)::float FROM onestop_timer
WHERE coalesce(fired_at, cancelled_at) IS NOT NULL
"""
EFFECTS = """
SELECT count(*), count(DISTINCT entry.stream) FROM journal_entry AS entry JOIN onestop_case AS dossier
ON entry.stream = 'case:' || dossier.id WHERE entry.kind = 'task.overdue' AND dossier.reference LIKE 'TIM-%%'
"""


def timers(bench: Bench, number: int, minutes: float) -> None:
    """Run part 3; SystemExit when a timer is left, or had no effect or two."""
    cases = max(1, number // len(AGENCIES))
    ask(bench.url, CASES, {"prefix": "TIM", "cases": cases, "agencies": list(AGENCIES)})
    ask(bench.url, ANSWERED)
    ask(bench.url, TIMERS, {"within": WITHIN})
    ask(bench.url, "ANALYZE")
    left = number = cases * len(AGENCIES)
    print(f"\n3. {number} timers due within {WITHIN} s, {cases} of them to an effect", flush=True)
    killed_at, start = 0.0, time.monotonic()
    told = start
    with watched(bench):
        while left and time.monotonic() - start < minutes * 60:
            time.sleep(0.5)
            if not killed_at and time.monotonic() - start > KILL_AFTER:
                killed_at = time.monotonic() - start
                os.kill(bench.pid("worker"), signal.SIGKILL)
            left = ask(bench.url, OPEN)[0][0]
            if time.monotonic() - told > EVERY:
                told = time.monotonic()
                print(f"   {told - start:5.0f} s  {left} timers open", flush=True)
    report(bench, cases, number, left, killed_at)


def report(bench: Bench, cases: int, number: int, left: int, killed_at: float) -> None:
    """Print how late timers were; SystemExit when one is left, or had no effect or two."""
    late = [row[0] for row in ask(bench.url, LATENESS)]
    fired = ask(bench.url, "SELECT count(*) FROM onestop_timer WHERE fired_at IS NOT NULL")[0][0]
    effects, once = ask(bench.url, EFFECTS)[0]
    problems = bench.run("bench._whole")["problems"]
    print(
        f"3. {number} timers, worker killed (-9) after {killed_at:.0f} s: {fired} had an effect, {left} left, "
        f"effects missing {cases - once}, double {effects - once}, problems of the journal {problems}; "
        f"lateness p50 {percentile(late, 50):.1f} s, p99 {percentile(late, 99):.1f} s, worst {max(late):.1f} s",
        flush=True,
    )
    if left or fired != cases or (effects, once) != (cases, cases) or problems:
        raise SystemExit("faults: timers are left, or were seen to twice")
