"""A small world for the tests of the one-stop shop: bodies, an enterprise, people with rights. All invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from minassa.onestop.models import Case, Task
from minassa.onestop.public import (
    give_document,
    open_case,
    publish_procedures,
    save_draft,
    sign,
    submit,
    use_document,
)
from minassa.registry.models import Account, Appointment, Body, Enterprise, Mandate, Park, Role
from minassa.registry.public import Actor, actor_of

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SINCE = date(2025, 1, 1)
PDF = b"%PDF-1.4 EXEMPLE"
AGENCIES = ("cnss", "dgi", "commune", "immigration", "gisre")
BODIES = (*AGENCIES, "anapec", "cri", "cto", "copil", "minassa", "casanearshore-manager")
ANSWERS = {
    "activity": "centre-appels",
    "filiere": 2,
    "place": 101,
    "premises": "leased",
    "started_on": "2026-01-05",
    "jobs_planned": "120",
    "export_share": 80,
    "foreign_staff": False,
    "contact_email": "suivi@exemple.example",
}


@dataclass
class World:
    enterprise: Enterprise
    preparer: Actor
    signer: Actor
    officers: dict[str, Actor]
    supervisors: dict[str, Actor]
    member: Actor
    secretary: Actor
    stranger: Actor


def account(name: str) -> Account:
    return Account.objects.create(email=f"{name}@minassa.example", password="!")


def appointed(name: str, body: Body, role: str) -> Actor:
    holder = account(name)
    Appointment.objects.create(account=holder, body=body, role=role, since=SINCE)
    return actor_of(holder, NOW.date())


def mandated(name: str, enterprise: Enterprise, *powers: str) -> Actor:
    holder = account(name)
    for power in powers:
        Mandate.objects.create(account=holder, enterprise=enterprise, power=power, since=SINCE)
    return actor_of(holder, NOW.date())


def make_world() -> World:
    bodies = {
        code: Body.objects.create(
            code=code,
            kind="agency",
            name=f"{code} EXEMPLE",
            answers_by_api=code in {"cnss", "dgi"},
            endpoint=f"http://127.0.0.1:9/{code}" if code in {"cnss", "dgi"} else "",
        )
        for code in BODIES
    }
    Park.objects.create(place=101, manager=bodies["casanearshore-manager"], since=SINCE)
    enterprise = Enterprise.objects.create(ice="000000000000097", name="SOCIETE EXEMPLE", place=101, filiere=2)
    publish_procedures(NOW - 30 * DAY)
    return World(
        enterprise=enterprise,
        preparer=mandated("prepare", enterprise, "prepare"),
        signer=mandated("sign", enterprise, "prepare", "sign"),
        officers={code: appointed(code, bodies[code], Role.OFFICER) for code in (*AGENCIES, "anapec", "cri")},
        supervisors={
            code: appointed(f"{code}-chef", bodies[code], Role.SUPERVISOR) for code in (*AGENCIES, "anapec", "cri")
        },
        member=appointed("cto", bodies["cto"], Role.CTO_MEMBER),
        secretary=appointed("secretariat", bodies["cto"], Role.SECRETARIAT),
        stranger=mandated(
            "stranger", Enterprise.objects.create(ice="000000000000194", name="AUTRE EXEMPLE", place=102), "sign"
        ),
    )


def drafted(world: World, at: datetime = NOW) -> Case:
    case = open_case(world.preparer, world.enterprise, "membership", at)
    save_draft(world.preparer, case, ANSWERS, at)
    lease = give_document(world.preparer, world.enterprise, "premises_contract", "bail.pdf", PDF, at)
    return use_document(world.preparer, case, "premises_contract", lease, at)


def submitted(world: World, at: datetime = NOW) -> Case:
    case = drafted(world, at)
    sign(world.signer, case, at)
    return submit(world.signer, case, at)


def task_of(case: Case, step: str) -> Task:
    return Task.objects.select_related("case", "body").get(case=case, step=step)
