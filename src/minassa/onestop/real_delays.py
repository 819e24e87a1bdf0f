"""Real delays, from the custody of all cases: how long each body held them, the enterprise's own time set apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import connection

from minassa.delays.zone import NAME

WHOLE: Final = ""
"""In place of a body: the case itself, from its deposit to its decision, the time of the enterprise left out."""

# A span of a lane runs from one row to the next; only those held by the body itself count, hence not the pauses.
_SPANS: Final = """
WITH span AS (
    SELECT custody.case_id, custody.lane, custody.holder, custody.ground, custody.at,
           lead(custody.at) OVER (PARTITION BY custody.case_id, custody.lane ORDER BY custody.number) AS until
    FROM onestop_custody AS custody JOIN onestop_case AS dossier ON dossier.id = custody.case_id
    WHERE dossier.submitted_at IS NOT NULL AND dossier.touched_at >= %(since)s
      AND (%(places)s::smallint[] IS NULL OR dossier.place = ANY(%(places)s::smallint[]))
), held AS (
    SELECT case_id, CASE WHEN lane = 'main' THEN '' ELSE lane END AS body,
           sum(extract(epoch FROM until - at)) AS seconds, max(until) AS ended
    FROM span
    WHERE until IS NOT NULL AND ground = '' AND holder NOT IN ('', 'closed', 'firm')
    GROUP BY case_id, lane
), finished AS (
    SELECT held.body, held.seconds, dossier.procedure_code,
           date_trunc('month', held.ended AT TIME ZONE %(zone)s)::date AS month, held.ended
    FROM held JOIN onestop_case AS dossier ON dossier.id = held.case_id
    WHERE (CASE WHEN held.body = '' THEN dossier.decided_at IS NOT NULL
                ELSE EXISTS (SELECT FROM onestop_task AS task JOIN registry_body AS one ON one.id = task.body_id
                             WHERE task.case_id = held.case_id AND one.code = held.body AND task.state = 'answered')
           END)
      AND held.ended >= %(since)s AND held.ended <= %(until)s
)
"""
_SUMMARY: Final = """
SELECT procedure_code, body, count(*),
       percentile_disc(0.5) WITHIN GROUP (ORDER BY seconds), percentile_disc(0.9) WITHIN GROUP (ORDER BY seconds)
FROM finished GROUP BY procedure_code, body ORDER BY procedure_code, body
"""
_TREND: Final = """
SELECT procedure_code, body, month, count(*), percentile_disc(0.5) WITHIN GROUP (ORDER BY seconds)
FROM finished GROUP BY procedure_code, body, month ORDER BY procedure_code, body, month
"""
_OPEN: Final = """
SELECT task.procedure_code, body.code, count(*), min(task.opened_at), count(*) FILTER (WHERE task.due_at < %(until)s)
FROM onestop_task AS task JOIN registry_body AS body ON body.id = task.body_id
WHERE task.state IN ('open', 'proposed', 'sent_back') AND task.opened_at <= %(until)s
  AND (%(places)s::smallint[] IS NULL OR task.place = ANY(%(places)s::smallint[]))
GROUP BY task.procedure_code, body.code
UNION ALL
SELECT procedure_code, '', count(*), min(submitted_at), count(*) FILTER (WHERE due_at < %(until)s)
FROM onestop_case
WHERE state IN ('in_review', 'complement', 'to_decide', 'appealed') AND submitted_at <= %(until)s
  AND (%(places)s::smallint[] IS NULL OR place = ANY(%(places)s::smallint[]))
GROUP BY procedure_code
"""


@dataclass(frozen=True, slots=True)
class Month:
    """The cases that a body finished in a month, and their median time, in seconds of the clock."""

    month: date
    count: int
    median: int


@dataclass(frozen=True, slots=True)
class BodyDelays:
    """Real delays of one body in one procedure; `body` empty: the whole case.

    `median` and `ninth_decile` are seconds of the clock during which it held the case, None when it finished none.
    """

    procedure: str
    body: str
    finished: int
    median: int | None
    ninth_decile: int | None
    open: int
    late: int
    oldest_open: datetime | None
    trend: tuple[Month, ...]


def real_delays(since: datetime, until: datetime, places: Sequence[int] | None = None) -> list[BodyDelays]:
    """Real delays by procedure and body of what was finished between two instants; three queries, computed in SQL.

    `places`: the codes of the places whose cases count; None for all.
    """
    given: dict[str, Any] = {
        "since": since,
        "until": until,
        "zone": NAME,
        "places": None if places is None else list(places),
    }
    summary = {(row[0], row[1]): row[2:] for row in _rows(_SPANS + _SUMMARY, given)}
    waiting = {(row[0], row[1]): row[2:] for row in _rows(_OPEN, given)}
    trends: dict[tuple[str, str], list[Month]] = {}
    for procedure, body, month, count, median in _rows(_SPANS + _TREND, given):
        trends.setdefault((procedure, body), []).append(Month(month, count, int(median)))
    found = []
    for key in sorted(summary.keys() | waiting.keys()):
        count, median, ninth = summary.get(key, (0, None, None))
        open_now, oldest, late = waiting.get(key, (0, None, 0))
        found.append(
            BodyDelays(
                procedure=key[0],
                body=key[1],
                finished=count,
                median=None if median is None else int(median),
                ninth_decile=None if ninth is None else int(ninth),
                open=open_now,
                late=late,
                oldest_open=oldest,
                trend=tuple(trends.get(key, ())),
            )
        )
    return found


def _rows(statement: str, given: dict[str, Any]) -> list[tuple]:  # type: ignore[type-arg]
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return list(cursor.fetchall())
