"""Letters of alerts: one for each person and crossing, in his language, owed again when refused, never sent twice."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client

from minassa.registry.models import Account, Appointment, Role
from minassa.registry.public import Forbidden, actor_of
from minassa.steering.indicators.alerts import evaluate
from minassa.steering.indicators.letters import MOST_ATTEMPTS, owe, subscribe, take
from minassa.steering.models import AlertLetter, AlertSubscription
from minassa.web.cockpit.letters import UNKNOWN, send_next
from tests.web.indicators.test_alerts import AT, share, vintage

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=30)


@pytest.fixture
def reader(as_role: Callable[[str, str], Client]) -> tuple[Client, Account]:
    """A member of the Steering Committee who reads Arabic and wants letters."""
    client = as_role(Role.STEERING_MEMBER, "copil")
    response = client.post("/fr/compte/alertes/", {"voulu": "oui"})
    assert response.status_code == 302
    account = AlertSubscription.objects.get().account
    Account.objects.filter(pk=account.pk).update(language="ar", full_name="Lectrice EXEMPLE")
    return client, Account.objects.get(pk=account.pk)


def crossings(*values: int) -> None:
    """What a run after another does of a share: one run for each value."""
    for rank, value in enumerate(values):
        owe(evaluate(vintage(rank), share(value)), AT)


def send_all(at: Any = LATER) -> int:  # noqa: ANN401 - an instant
    """What a worker sends until nothing is owed."""
    done = 0
    while send_next(at):
        done += 1
    return done


def test_one_letter_for_each_crossing_in_the_language_of_the_reader(reader: tuple[Client, Account]) -> None:
    crossings(1000, 3500, 2500, 3500, 1900, 2500)
    assert send_all() == 2
    assert send_all(LATER + timedelta(days=9)) == 0
    raised, cleared = mail.outbox
    assert raised.to == [reader[1].email]
    assert raised.subject.startswith("تنبيه")
    assert "/ar/indicateurs/provisional_share/" in raised.body
    assert cleared.subject.startswith("نهاية")
    assert all(reader[1].full_name not in letter.body for letter in mail.outbox)


def test_who_wants_none_or_may_read_none_gets_none(reader: tuple[Client, Account]) -> None:
    client, account = reader
    crossings(3500)
    Appointment.objects.filter(account=account).update(until=AT.date() - timedelta(days=1))
    assert send_all() == 1
    assert mail.outbox == []
    assert AlertLetter.objects.get().dropped_at is not None
    with pytest.raises(Forbidden):
        subscribe(actor_of(account, AT.date()), AT, wanted=True)
    assert client.post("/fr/compte/alertes/", {"voulu": "non"}).status_code == 403
    AlertSubscription.objects.all().delete()
    before = AlertLetter.objects.count()
    owe(evaluate(vintage(77), share(1000)), AT)
    assert AlertLetter.objects.count() == before


def test_what_is_refused_is_owed_again_later_and_given_up_at_last(
    reader: tuple[Client, Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert reader
    crossings(3500)

    def no(_backend: EmailBackend, _messages: object) -> int:
        raise smtplib.SMTPResponseException(451, b"later")

    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "send_messages", no)
        assert send_next(AT)
        assert not send_next(AT)
    assert send_next(LATER)
    assert len(mail.outbox) == 1
    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "send_messages", no)
        owe(evaluate(vintage(9), share(1000)), AT)
        for rank in range(MOST_ATTEMPTS):
            assert send_next(LATER + timedelta(days=rank))
    assert not send_next(LATER + timedelta(days=99))
    assert AlertLetter.objects.get(sent_at=None).last_error == "SMTPResponseException"


def test_what_may_have_left_never_leaves_again(reader: tuple[Client, Account], monkeypatch: pytest.MonkeyPatch) -> None:
    assert reader
    crossings(3500)
    assert take(AT) is not None  # by a worker that dies there
    assert not send_next(LATER)
    owe(evaluate(vintage(8), share(1000)), AT)

    def broken(_backend: EmailBackend, _messages: object) -> int:
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr(EmailBackend, "send_messages", broken)
    assert send_next(LATER)
    assert not send_next(LATER + timedelta(days=9))
    assert AlertLetter.objects.filter(last_error=UNKNOWN).count() == 1
