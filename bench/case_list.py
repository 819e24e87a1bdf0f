"""The lists of an ordinary officer among 1,000,000 cases over HTTP: p95, queries, page 1 against page 1,000; invented.

    python -m bench.case_list [--cases 1000000] [--requests 200]

Cases are written by SQL in the spread that the platform shows: one in twenty running, five agencies for a membership,
two for an attestation, tasks of running cases open or proposed and all others answered. The officer works at one agency
(CNSS), which has a task in every case: the hardest list of them all; the manager of a P2I, the secretariat and a firm
look at theirs. Checked: every page of a list is full, in order, without repetition, and only of cases that its reader
may see; page 1,000 is not page 1.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from bench._platform import Bench, machine, percentile, started
from bench._processor import seconds_of

MOST_QUERIES = 6
MOST_MS = 100
WARM = 8
"""Requests before those that count: each process of the server reads its templates once."""
PAGE = 25
ORDERS = {"latest": True, "urgent": False}
"""How references follow one another: the latest case first, or the nearest deadline, which is that of the oldest."""
TABLES = ["onestop_case", "onestop_task", "registry_enterprise", "registry_person"]
FILL = (
    """
INSERT INTO registry_enterprise (ice, name, name_arabic, rc, activity, filiere, place, search, created_at)
SELECT lpad((700000000000000 + rank)::text, 15, '0'), 'EXEMPLE LISTE ' || rank, '', '', '', 1 + rank %% 5,
       101 + rank %% 5, 'exemple liste ' || rank, now()
FROM generate_series(1, 5000) AS rank
""",
    """
INSERT INTO registry_person (full_name, full_name_arabic, cin, passport, cnss_number, nationality, cin_index,
                             cnss_index, name_index)
SELECT '', '', '', '', '', 'MA', md5('cin' || rank), md5('cnss' || rank),
       jsonb_build_array(md5('first' || rank %% 3000), md5('last' || rank %% 20000))
FROM generate_series(1, 200000) AS rank
""",
    """
INSERT INTO onestop_case (uuid, reference, procedure_id, enterprise_id, opened_by_id, place, state, version, answers,
                          offer_version, procedure_code, holder, touched_at, opened_at, submitted_at, due_at,
                          decided_at, closed_at)
SELECT gen_random_uuid(), 'LST-2026-' || lpad(rank::text, 8, '0'), version.id,
       CASE WHEN rank %% 5000 = 0 THEN firm.own ELSE firm.least + rank %% 5000 END, account.id,
       101 + rank / 7 %% 5,
       CASE WHEN rank %% 20 = 0 THEN 'in_review' WHEN rank / 11 %% 9 = 0 THEN 'refused' ELSE 'accepted' END, 9,
       '{}', '', version.code, CASE WHEN rank %% 20 = 0 THEN 'agencies' ELSE 'closed' END, at.at, at.at, at.at,
       at.at + interval '30 days', CASE WHEN rank %% 20 = 0 THEN NULL ELSE at.at + interval '20 days' END,
       CASE WHEN rank %% 20 = 0 THEN NULL ELSE at.at + interval '20 days' END
FROM generate_series(1, %(cases)s) AS rank
CROSS JOIN LATERAL (SELECT now() - (%(cases)s - rank) * interval '30 seconds' AS at) AS at
CROSS JOIN (SELECT min(id) FILTER (WHERE name LIKE 'EXEMPLE LISTE %%') AS least,
                   min(id) FILTER (WHERE name LIKE 'EXEMPLE BANC %%') AS own FROM registry_enterprise) AS firm
CROSS JOIN (SELECT min(id) AS id FROM registry_account) AS account
JOIN (SELECT DISTINCT ON (code) id, code FROM onestop_procedureversion ORDER BY code, version DESC) AS version
  ON version.code = CASE WHEN rank / 3 %% 3 = 0 THEN 'membership' ELSE 'regularity' END
""",
    """
INSERT INTO onestop_task (case_id, step, body_id, state, favourable, ground, data, maker, checker, round,
                          procedure_code, place, assignee_id, opened_at, due_at, answered_at)
SELECT dossier.id, body.code, body.id, said.state, CASE WHEN said.state = 'open' THEN NULL ELSE true END, '', '{}',
       CASE WHEN said.state = 'open' THEN '' ELSE 'body:' || body.code END, '', 1, dossier.procedure_code,
       dossier.place, CASE WHEN dossier.id / 13 %% 40 = 0 AND body.code = 'cnss' THEN officer.id END,
       dossier.submitted_at, dossier.due_at, dossier.decided_at
FROM onestop_case AS dossier
JOIN registry_body AS body ON body.code IN ('cnss', 'dgi')
  OR dossier.procedure_code = 'membership' AND body.code IN ('commune', 'immigration', 'gisre')
CROSS JOIN LATERAL (SELECT CASE WHEN dossier.decided_at IS NOT NULL THEN 'answered'
                                WHEN dossier.id / 17 %% 10 = 0 THEN 'proposed' ELSE 'open' END AS state) AS said
CROSS JOIN (SELECT id FROM registry_account WHERE email = 'cnss@minassa.example') AS officer
""",
)
SEEN = {
    "officer": "EXISTS (SELECT FROM onestop_task AS task JOIN registry_body AS body ON body.id = task.body_id "
    "WHERE task.case_id = dossier.id AND body.code = 'cnss')",
    "manager": "dossier.place = 101",
    "secretary": "dossier.submitted_at IS NOT NULL",
    "firm": "dossier.enterprise_id = (SELECT min(id) FROM registry_enterprise WHERE name LIKE 'EXEMPLE BANC %%')",
}


def fill(bench: Bench, cases: int) -> None:
    """Write the cases, and say how long it took."""
    start = time.perf_counter()
    with psycopg.connect(bench.url, autocommit=True, cursor_factory=psycopg.ClientCursor) as link:
        with bare_tables(link):
            for statement in FILL:
                link.execute(statement.encode(), {"cases": cases})
        link.execute(f"VACUUM ANALYZE {', '.join(TABLES)}".encode())
        row = link.execute("SELECT count(*), pg_size_pretty(pg_database_size(current_database())) FROM onestop_task")
        tasks_made, size = row.fetchone() or (0, "")
    print(f"{cases} cases, {tasks_made} tasks, {size}, written in {time.perf_counter() - start:.0f} s")


@contextmanager
def bare_tables(link: psycopg.Connection[Any]) -> Iterator[None]:
    """Tables that are filled without looking for what they point to, and indexed afterwards, which is quicker."""
    query = (
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
        "WHERE indrelid = ANY(%s::regclass[]) AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)"
    )
    indexes = link.execute(query, [TABLES]).fetchall()
    link.execute("SET session_replication_role = replica")
    link.execute("SET maintenance_work_mem = '512MB'")
    for name, _definition in indexes:
        link.execute(f"DROP INDEX {name}".encode())
    yield
    for _name, definition in indexes:
        link.execute(definition.encode())


def timed(port: int, session: str, address: str, requests: int) -> tuple[list[float], bytes]:
    """Milliseconds of each of so many requests over one connection, and what the last one answered."""
    link, spent, content = http.client.HTTPConnection("127.0.0.1", port, timeout=60), [], b""
    for _ in range(requests):
        start = time.perf_counter()
        link.request("GET", address, headers={"Cookie": f"sessionid={session}"})
        answer = link.getresponse()
        content = answer.read()
        spent.append((time.perf_counter() - start) * 1e3)
        if answer.status != http.client.OK:
            raise SystemExit(f"{address}: {answer.status} {content[:200]!r}")
    return spent, content


def checked(name: str, one: dict[str, Any], content: bytes, link: psycopg.Connection[Any]) -> list[str]:
    """The references of a page of a list: in order, without repetition, of cases that its reader may see."""
    found = list(dict.fromkeys(re.findall(r"LST-2026-\d{8}", content.decode())))
    full = len(found) == PAGE or "page" not in name  # what a filter leaves may be less than a page
    if not full or found != sorted(found, reverse=ORDERS[one["order"]]):
        raise SystemExit(f"{name}: a page is not full or not in order: {found}")
    query = f"SELECT count(*) FROM onestop_case AS dossier WHERE reference = ANY(%s) AND {SEEN[one['who']]}"  # noqa: S608
    if link.execute(query.encode(), [found]).fetchone() != (len(found),):
        raise SystemExit(f"{name}: a case is shown that its reader may not see")
    return found


def measured(bench: Bench, sessions: dict[str, str], pages: dict[str, dict[str, Any]], requests: int) -> list[float]:
    """Time each page and print its line; the p95 of each, in milliseconds."""
    print(f"  {'':34s} {'p50 ms':>8s} {'p95 ms':>8s} {'web CPU':>8s} {'queries':>8s} {'kB':>6s}")
    tails, shown = [], dict[str, list[str]]()
    with psycopg.connect(bench.url) as link:
        for name, one in pages.items():
            timed(bench.port, sessions[one["who"]], one["address"], WARM)
            before = seconds_of(bench.pid("web"))
            spent, content = timed(bench.port, sessions[one["who"]], one["address"], requests)
            used = (seconds_of(bench.pid("web")) - before) / requests * 1e3
            if one["order"]:
                shown[name] = checked(name, one, content, link)
            p50, p95 = (percentile(spent, percent) for percent in (50, 95))
            tails.append(p95)
            print(f"  {name:34s} {p50:8.1f} {p95:8.1f} {used:8.1f} {one['queries']:8d} {len(content) / 1e3:6.1f}")
    for name, found in shown.items():
        if name.endswith("page 1") and found == shown.get(f"{name}000"):
            raise SystemExit(f"{name}: page 1,000 is page 1")
    return tails


def main() -> None:
    """Fill, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--requests", type=int, default=200)
    given = parser.parse_args()
    with started(worker=False) as bench:
        print(machine(bench.url))
        cast = bench.run("bench._cast", "1")
        sessions = {who: cast[who] for who in ("officer", "manager", "secretary")}
        sessions["firm"] = cast["firms"][0]["session"]
        fill(bench, given.cases)
        pages = bench.run("bench._pages", json.dumps(sessions))
        tails = measured(bench, sessions, pages, given.requests)
    most = max(one["queries"] for one in pages.values())
    print(f"p95 at most {max(tails):.1f} ms (goal {MOST_MS}), queries at most {most} (goal {MOST_QUERIES}), ", end="")
    print(f"load after {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
