"""Letters of alerts: owed in the transaction that raises or clears one, taken by a worker, never sent twice.

A letter is marked as taken before it leaves. When the mail server says no, it is owed again, later and later; when
nobody knows whether it left (the worker died, the line broke in the middle), it stays as it is: the alert stands on
the cockpit all the same, and nobody is told the same thing twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from minassa.journal.public import append
from minassa.registry.public import Actor, require
from minassa.steering.models import Alert, AlertLetter, AlertSubscription

READS: Final = "indicator.view"
"""The right without which nobody is told of an indicator."""
MOST_ATTEMPTS: Final = 12
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)


def subscribe(actor: Actor, at: datetime, *, wanted: bool) -> None:
    """Want letters at each crossing from now on, or no more, as a person; twice is as once. Forbidden."""
    require(actor, READS)
    account = actor.account_id or 0
    with transaction.atomic():
        if wanted:
            _row, changed = AlertSubscription.objects.get_or_create(account_id=account, defaults={"since": at})
        else:
            changed = bool(AlertSubscription.objects.filter(account_id=account).delete()[0])
        if changed:
            kind = "alert-letters-wanted" if wanted else "alert-letters-refused"
            append(f"account:{actor.account_id}", kind, str(actor), {}, at)


def subscribed(actor: Actor) -> bool:
    """Whether an actor wants letters."""
    return AlertSubscription.objects.filter(account_id=actor.account_id or 0).exists()


def owe(alerts: Sequence[Alert], at: datetime) -> None:
    """Owe a letter for each alert to each account that wants them; in the transaction that keeps the alerts."""
    wanted = AlertSubscription.objects.filter(account__is_active=True).values_list("account_id", flat=True)
    accounts = list(wanted) if alerts else []
    AlertLetter.objects.bulk_create(
        AlertLetter(alert=alert, account_id=account, due_at=at) for alert in alerts for account in accounts
    )


def take(at: datetime) -> AlertLetter | None:
    """Take the letter that has been owed for longest; nobody else will have it. None when none is due."""
    owed = AlertLetter.objects.filter(taken_at=None, sent_at=None, dropped_at=None, due_at__lte=at)
    with transaction.atomic():
        found = owed.select_for_update(skip_locked=True, of=("self",)).select_related("alert__vintage", "account")
        letter = found.order_by("due_at", "pk").first()
        if letter is not None:
            letter.taken_at, letter.attempts = at, letter.attempts + 1
            letter.save(update_fields=["taken_at", "attempts"])
    return letter


def sent(letter: AlertLetter, at: datetime) -> None:
    """The mail server has it."""
    letter.sent_at = at
    letter.save(update_fields=["sent_at"])


def refused(letter: AlertLetter, error: str, at: datetime) -> None:
    """It surely did not leave: owed again later, given up after too many attempts."""
    if letter.attempts >= MOST_ATTEMPTS:
        drop(letter, error, at)
        return
    letter.taken_at, letter.last_error = None, error[:60]
    letter.due_at = at + min(FIRST_WAIT * 2 ** (letter.attempts - 1), LONGEST_WAIT)
    letter.save(update_fields=["taken_at", "last_error", "due_at"])


def drop(letter: AlertLetter, error: str, at: datetime) -> None:
    """It is given up."""
    letter.dropped_at, letter.last_error = at, error[:60]
    letter.save(update_fields=["dropped_at", "last_error"])
