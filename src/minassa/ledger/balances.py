"""Balances at any instant, the trial balance, and the comparison of the counters with the postings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Sum

from minassa.ledger.budget_models import Entitlement, Envelope
from minassa.ledger.chart import AccountCode
from minassa.ledger.posting_models import Posting


def balance(
    account: AccountCode,
    *,
    enterprise_id: int | None = None,
    measure: str | None = None,
    budget_year: int | None = None,
    until: datetime | None = None,
) -> int:
    """The sum of the postings of an account, in centimes (debit above zero), at an instant (now unless told).

    Without a firm, a measure or a year: of all of them together.
    """
    rows = Posting.objects.filter(account=account)
    named = {"enterprise_id": enterprise_id, "measure": measure, "budget_year": budget_year, "at__lte": until}
    rows = rows.filter(**{name: value for name, value in named.items() if value is not None})
    return int(rows.aggregate(whole=Sum("amount"))["whole"] or 0)


def trial_balance(until: datetime | None = None) -> dict[AccountCode, int]:
    """The balance of every account at an instant, in centimes; together they sum to zero, always."""
    rows = Posting.objects.all() if until is None else Posting.objects.filter(at__lte=until)
    sums = dict(rows.values_list("account").annotate(whole=Sum("amount")).order_by())
    return {account: int(sums.get(account) or 0) for account in AccountCode}


@dataclass(frozen=True, slots=True)
class Gap:
    """What does not agree: a stable code, and what it is about."""

    code: str
    subject: str


def check_ledger() -> list[Gap]:
    """Everything that does not hold in the ledger, even by a change made by hand in SQL; empty when all does."""
    found = [Gap(code, str(row[0])) for code, query in _CHECKS.items() for row in _rows(query)]
    if sum(trial_balance().values()):
        found.append(Gap("trial-balance", "ledger"))
    return found


def _rows(query: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


_POSTED = """
SELECT one.reference FROM {entitlement} AS one JOIN (
    SELECT t.subject, -sum(p.amount) FILTER (WHERE p.account = 'suspended') AS suspended,
           sum(p.amount) FILTER (WHERE p.account = 'credits_committed') AS committed,
           sum(p.amount) FILTER (WHERE p.account = 'receivable' AND t.kind IN ('recovery', 'imputation'))
               AS recovered,
           -sum(p.amount) FILTER (WHERE p.account = 'entitled' AND t.kind IN ('entitlement', 'advance')) AS amount,
           sum(p.amount) FILTER (WHERE p.account = 'entitled' AND t.kind = 'reversal') AS cancelled,
           -sum(p.amount) FILTER (WHERE p.account = 'treasury' AND t.kind IN ('payment', 'return_of_funds'))
               AS transferred,
           sum(p.amount) FILTER (WHERE p.account = 'entitled' AND t.kind = 'set_off') AS retained
    FROM ledger_transaction AS t JOIN ledger_posting AS p ON p.transaction_id = t.id GROUP BY t.subject
) AS sums ON sums.subject = one.reference
WHERE (one.amount, one.cancelled, one.committed, one.suspended, one.recovered, one.settled) IS DISTINCT FROM
      (coalesce(sums.amount, 0), coalesce(sums.cancelled, 0), coalesce(sums.committed, 0), coalesce(sums.suspended, 0),
       coalesce(sums.recovered, 0), coalesce(sums.transferred, 0) + coalesce(sums.retained, 0))
"""
_CHECKS = {
    "unbalanced": """
SELECT t.id FROM ledger_transaction AS t LEFT JOIN ledger_posting AS p ON p.transaction_id = t.id
GROUP BY t.id HAVING count(p.id) < 2 OR sum(p.amount) <> 0""",
    "entitlement": _POSTED.format(entitlement=Entitlement._meta.db_table),  # noqa: SLF001
    "envelope": f"""
SELECT e.id FROM {Envelope._meta.db_table} AS e LEFT JOIN (
    SELECT measure, budget_year, body, sum(committed) AS committed FROM ledger_entitlement GROUP BY 1, 2, 3
) AS s USING (measure, budget_year, body)
WHERE e.committed > e.authorised OR e.committed <> coalesce(s.committed, 0)""",  # noqa: S608, SLF001
    "ordered": """
SELECT e.reference FROM ledger_entitlement AS e LEFT JOIN (
    SELECT entitlement_id, sum(CASE WHEN state IN ('rejected', 'returned') THEN set_off ELSE gross END) AS ordered
    FROM ledger_paymentorder WHERE state <> 'refused' GROUP BY 1
) AS o ON o.entitlement_id = e.id WHERE e.ordered <> coalesce(o.ordered, 0)""",
    "paid-twice": """
SELECT o.number FROM ledger_paymentorder AS o JOIN ledger_transaction AS t ON t.key = 'payment:' || o.number
JOIN ledger_posting AS p ON p.transaction_id = t.id AND p.account = 'treasury'
GROUP BY o.id HAVING count(*) <> 1 OR -sum(p.amount) <> o.gross - o.set_off""",
    "recovery": """
SELECT r.number FROM ledger_recovery AS r LEFT JOIN (
    SELECT recovery_id, sum(amount) AS settled FROM (
        SELECT kept.recovery_id, kept.amount FROM ledger_retention AS kept
        JOIN ledger_paymentorder AS o ON o.id = kept.order_id WHERE o.state NOT IN ('proposed', 'refused')
        UNION ALL SELECT recovery_id, amount FROM ledger_bankentry WHERE outcome = 'received'
    ) AS part GROUP BY 1
) AS s ON s.recovery_id = r.id WHERE r.settled <> coalesce(s.settled, 0)""",
}
