"""The lists of an ordinary officer among 1,000,000 cases over HTTP: p95, queries, page 1 against page 1,000; invented.

    python -m bench.case_list [--cases 1000000] [--requests 300]

Cases are written by SQL in the spread that the platform shows: one in twenty running, five agencies for a membership,
two for an attestation, tasks of running cases open and all others answered. The officer works at one agency (CNSS),
which has a task in every case: the hardest list of them all. Checked: every page is full, in order, without repetition,
and only of cases where that agency has a task.
"""

from __future__ import annotations

import argparse
import base64
import http.client
import json
import os
import time
from collections.abc import Callable
from typing import Any

import psycopg

from bench._platform import Bench, machine, percentile, started

MOST_QUERIES = 6
PAGE = 25
DEEP = 1_000
FILL = (
    """
INSERT INTO registry_enterprise (ice, name, name_arabic, rc, activity, filiere, place, search, created_at)
SELECT lpad((700000000000000 + rank)::text, 15, '0'), 'EXEMPLE LISTE ' || rank, '', '', '', 1 + rank %% 5,
       101 + rank %% 5, 'exemple liste ' || rank, now()
FROM generate_series(1, 5000) AS rank
""",
    """
INSERT INTO onestop_case (uuid, reference, procedure_id, enterprise_id, opened_by_id, place, state, version, answers,
                          offer_version, procedure_code, holder, touched_at, opened_at, submitted_at, due_at,
                          decided_at, closed_at)
SELECT gen_random_uuid(), 'LST-2026-' || lpad(rank::text, 8, '0'), version.id, firm.least + rank %% 5000, account.id,
       101 + rank %% 5,
       CASE WHEN rank %% 20 = 0 THEN 'in_review' WHEN rank %% 9 = 0 THEN 'refused' ELSE 'accepted' END, 9,
       '{}', '', version.code, CASE WHEN rank %% 20 = 0 THEN 'agencies' ELSE 'closed' END, at.at, at.at, at.at,
       at.at + interval '30 days', CASE WHEN rank %% 20 = 0 THEN NULL ELSE at.at + interval '20 days' END,
       CASE WHEN rank %% 20 = 0 THEN NULL ELSE at.at + interval '20 days' END
FROM generate_series(1, %(cases)s) AS rank
CROSS JOIN LATERAL (SELECT now() - (%(cases)s - rank) * interval '30 seconds' AS at) AS at
CROSS JOIN (SELECT min(id) AS least FROM registry_enterprise WHERE name LIKE 'EXEMPLE LISTE %%') AS firm
CROSS JOIN (SELECT min(id) AS id FROM registry_account) AS account
JOIN LATERAL (SELECT id, code FROM onestop_procedureversion
              WHERE code = CASE WHEN rank %% 3 = 0 THEN 'membership' ELSE 'regularity' END LIMIT 1) AS version ON true
""",
    """
INSERT INTO onestop_task (case_id, step, body_id, state, favourable, ground, data, maker, checker, round,
                          procedure_code, place, opened_at, due_at, answered_at)
SELECT dossier.id, body.code, body.id, CASE WHEN dossier.decided_at IS NULL THEN 'open' ELSE 'answered' END,
       CASE WHEN dossier.decided_at IS NULL THEN NULL ELSE true END, '', '{}',
       CASE WHEN dossier.decided_at IS NULL THEN '' ELSE 'body:' || body.code END, '', 1, dossier.procedure_code,
       dossier.place, dossier.submitted_at, dossier.due_at, dossier.decided_at
FROM onestop_case AS dossier
JOIN registry_body AS body ON body.code IN ('cnss', 'dgi')
  OR dossier.procedure_code = 'membership' AND body.code IN ('commune', 'immigration', 'gisre')
""",
    "ANALYZE",
)
COUNT = """
import json, os, sys
import django
django.setup()
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
client = Client()
client.cookies[settings.SESSION_COOKIE_NAME] = sys.argv[1]
found = {}
for path in sys.argv[2:]:
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    found[path] = len(queries)
print(json.dumps(found))
"""


def fill(bench: Bench, cases: int) -> None:
    """Write the cases, and say how long it took."""
    start = time.perf_counter()
    with psycopg.connect(bench.url, autocommit=True, cursor_factory=psycopg.ClientCursor) as link:
        for statement in FILL:
            link.execute(statement.encode(), {"cases": cases})
        row = link.execute("SELECT count(*), pg_size_pretty(pg_database_size(current_database())) FROM onestop_task")
        tasks_made, size = row.fetchone() or (0, "")
    print(f"{cases} cases, {tasks_made} tasks, {size}, written in {time.perf_counter() - start:.0f} s")


def cursor_of(*key: object) -> str:
    """The cursor of a list, as the platform makes it."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def timed(port: int, session: str, path: Callable[[int], str], requests: int) -> tuple[list[float], list[Any]]:
    """Milliseconds of each of so many requests over one connection, and what they answered."""
    link, spent, said = http.client.HTTPConnection("127.0.0.1", port, timeout=60), [], []
    for rank in range(requests):
        start = time.perf_counter()
        link.request("GET", path(rank), headers={"Cookie": f"sessionid={session}"})
        answer = link.getresponse()
        content = answer.read()
        spent.append((time.perf_counter() - start) * 1e3)
        if answer.status != http.client.OK:
            raise SystemExit(f"{path(rank)}: {answer.status} {content[:200]!r}")
        said.append(json.loads(content) if content[:1] == b"{" else None)
    return spent, said


def checked(pages: list[Any], link: psycopg.Connection[Any]) -> None:
    """Pages are full, in order, without repetition, and only of cases of the agency."""
    for page in pages[:5]:
        references = [one["reference"] for one in page["items"]]
        if len(set(references)) != PAGE or references != sorted(references, reverse=True):
            raise SystemExit(f"a page is not full or not in order: {references}")
        query = (
            "SELECT count(DISTINCT dossier.id) FROM onestop_case AS dossier JOIN onestop_task AS task "
            "ON task.case_id = dossier.id JOIN registry_body AS body ON body.id = task.body_id "
            "WHERE body.code = 'cnss' AND dossier.reference = ANY(%s)"
        )
        if link.execute(query, [references]).fetchone() != (PAGE,):
            raise SystemExit("a case of another agency is shown")


def main() -> None:
    """Fill, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--requests", type=int, default=300)
    given = parser.parse_args()
    with started(worker=False) as bench:
        print(machine(bench.url))
        session = bench.run("bench._cast", "1")["officer"]
        fill(bench, given.cases)
        with psycopg.connect(bench.url) as link:
            found = link.execute(
                "SELECT id FROM onestop_case ORDER BY id DESC OFFSET %s LIMIT 1", [PAGE * DEEP]
            ).fetchone()
            deep = cursor_of("c", found[0]) if found else ""
            addresses = {
                "cases, page 1": "/api/v1/cases?limit=25",
                f"cases, page {DEEP}": f"/api/v1/cases?limit=25&cursor={deep}",
                "tasks awaited, page 1": "/api/v1/tasks?limit=25",
                "inbox, the page itself": "/fr/bannette/",
            }
            queries = bench.run_code(COUNT, session, *addresses.values())
            print(f"  {'':26s} {'p50 ms':>8s} {'p95 ms':>8s} {'p99 ms':>8s} {'queries':>8s}")
            for name, address in addresses.items():
                spent, pages = timed(bench.port, session, lambda _rank, address=address: address, given.requests)  # type: ignore[misc]
                if name.startswith("cases"):
                    checked(pages, link)
                p50, p95, p99 = (percentile(spent, percent) for percent in (50, 95, 99))
                print(f"  {name:26s} {p50:8.1f} {p95:8.1f} {p99:8.1f} {queries[address]:8d}")
        most = max(number for address, number in queries.items() if address.startswith("/api"))
        print(f"queries of the lists: at most {most} (goal {MOST_QUERIES}); load after {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
