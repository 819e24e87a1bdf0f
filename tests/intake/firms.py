"""An invented firm, its accounts, and files as small as can be. All persons, firms and numbers are invented."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from minassa.intake.models import Upload
from minassa.intake.public import deposit, incoming, receive, work_once
from minassa.registry.models import Account, Appointment, Body, Enterprise, Mandate
from minassa.registry.public import Actor, actor_of
from tests.declarations.deposit.building import FIRM, OTHER_FIRM, Named

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SINCE = date(2020, 1, 1)


def firm(affiliation: int = FIRM, name: str = "SOCIETE FICTIVE") -> Enterprise:
    return Enterprise.objects.create(
        ice=f"{affiliation:015d}", affiliation=affiliation, fiscal_id=affiliation + 1_000_000, name=name
    )


def other_firm() -> Enterprise:
    return firm(OTHER_FIRM, "AUTRE SOCIETE FICTIVE")


def account(name: str = "prepare") -> Account:
    return Account.objects.create_user(f"{name}@minassa.example", "synthétique et longue")


def mandated(*firms: Enterprise, name: str = "prepare", power: str = "prepare") -> Actor:
    who = account(name)
    for each in firms:
        Mandate.objects.create(account=who, enterprise=each, power=power, since=SINCE)
    return actor_of(who)


def officer(body: str = "cnss", role: str = "officer") -> Actor:
    who = account(f"{body}-{role}")
    held, _ = Body.objects.get_or_create(code=body, defaults={"kind": "agency", "name": body.upper()})
    Appointment.objects.create(account=who, body=held, role=role, since=SINCE)
    return actor_of(who)


def sent(actor: Actor, enterprise: Enterprise, file: Named, at: datetime = NOW) -> Upload:
    """The upload of a file that must be received."""
    (received,) = receive(actor, enterprise, [incoming(file[0], [file[1]])], at)
    assert received.upload is not None, received.problem
    return received.upload


def refusal(actor: Actor, enterprise: Enterprise, name: str, content: bytes) -> str:
    (received,) = receive(actor, enterprise, [incoming(name, [content])], NOW)
    return received.problem


def worked(at: datetime = NOW) -> int:
    """Do all that is due; how many things."""
    done = 0
    while work_once(at):
        done += 1
    return done


def checked(actor: Actor, enterprise: Enterprise, file: Named, at: datetime = NOW) -> Upload:
    upload = sent(actor, enterprise, file, at)
    worked(at)
    upload.refresh_from_db()
    return upload


def deposited(actor: Actor, enterprise: Enterprise, file: Named, at: datetime = NOW) -> Upload:
    upload = checked(actor, enterprise, file, at)
    deposit(actor, upload, at)
    worked(at + timedelta(seconds=1))
    upload.refresh_from_db()
    assert upload.state == "deposited", (upload.state, upload.problem)
    return upload
