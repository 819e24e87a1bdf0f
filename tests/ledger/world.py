"""A small world for the tests of money: firms, those who pay, the system of claims, their accounts. All invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from minassa.ledger.models import PaymentBatch
from minassa.ledger.public import Grant, Line, Payer, Place, commit, grant, open_envelope, propose_batch, validate_batch
from minassa.registry.models import Account, Appointment, Body, Enterprise, Mandate, Role
from minassa.registry.public import Actor, actor_of, system_actor
from minassa.vocabulary.identifiers import rib_with_key

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
PLACE = Place("pae", 2026, "mtnra")
PAYER = Payer("TRESORERIE EXEMPLE", rib_with_key(310_810_000_000_000_000_0001))
MUCH = 1_000_000_00


def rib(rank: int) -> str:
    return rib_with_key(11_780_000_000_000_000_0000 + rank)


@dataclass
class World:
    firm: Enterprise
    other: Enterprise
    claims: Actor
    maker: Actor
    checker: Actor
    signer: Actor
    stranger: Actor

    def entitled(
        self, reference: str, amount: int, *, committed: int | None = None, firm: Enterprise | None = None
    ) -> str:
        """An entitlement recognised and committed, and its reference."""
        holder = firm or self.firm
        grant(self.claims, Grant(reference, holder.pk, "pae", 2026, amount), f"grant:{reference}", NOW)
        if committed != 0:
            commit(self.claims, reference, committed or amount, f"commit:{reference}", NOW)
        return reference

    def line(self, reference: str, amount: int, rank: int = 1) -> Line:
        return Line(reference, amount, "SOCIETE EXEMPLE", rib(rank))

    def proposed(self, key: str, *lines: Line) -> PaymentBatch:
        return propose_batch(self.maker, PAYER, lines, key, NOW)

    def validated(self, key: str, *lines: Line) -> PaymentBatch:
        return validate_batch(self.checker, self.proposed(key, *lines).number, NOW)


def appointed(name: str, body: Body, role: str) -> Actor:
    holder = Account.objects.create(email=f"{name}@minassa.example", password="!")
    Appointment.objects.create(account=holder, body=body, role=role, since=date(2025, 1, 1))
    return actor_of(holder, NOW.date())


def make_world(opened: int = MUCH) -> World:
    ministry = Body.objects.create(code="mtnra", kind="ministry", name="MINISTERE EXEMPLE")
    firm = Enterprise.objects.create(ice="000000000000097", name="SOCIETE EXEMPLE", place=101, filiere=2)
    signer = Account.objects.create(email="sign@minassa.example", password="!")
    Mandate.objects.create(account=signer, enterprise=firm, power="sign", since=date(2025, 1, 1))
    world = World(
        firm=firm,
        other=Enterprise.objects.create(ice="000000000000194", name="AUTRE EXEMPLE", place=102),
        claims=system_actor("claims"),
        maker=appointed("maker", ministry, Role.OFFICER),
        checker=appointed("checker", ministry, Role.SUPERVISOR),
        signer=actor_of(signer, NOW.date()),
        stranger=system_actor("stranger"),
    )
    if opened:
        open_envelope(world.checker, PLACE, opened, "Loi de finances EXEMPLE", "open", NOW)
    return world
