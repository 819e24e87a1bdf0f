"""Those who move money in `money`: a worker that does drawn operations for ever, each again when it was cut short.

`python -m bench._payers world|work|peace …`. What a worker is about to do is written down before it is done, with its
key: killed, it does the same again when it comes back, whether or not it was done.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import django
from django.db import InterfaceError, OperationalError, connection
from django.db.models import F
from django.utils import timezone

django.setup()

from minassa.ledger.models import BankAccount, Entitlement, PaymentBatch, Settlement  # noqa: E402
from minassa.ledger.public import (  # noqa: E402
    AccountGiven,
    Grant,
    LedgerError,
    Line,
    Payer,
    Place,
    Stay,
    account_of,
    advance,
    ask_back,
    cancel,
    change_envelope,
    commit,
    commit_or_wait,
    commit_waiting,
    confirm_account,
    correctable,
    findings,
    grant,
    grant_all,
    impute,
    open_envelope,
    propose_account,
    propose_batch,
    propose_due,
    receive_bank_file,
    recover,
    refuse_batch,
    release,
    send_batch,
    set_payer,
    settle_finding,
    suspend,
    validate_batch,
)
from minassa.registry.models import Account, Appointment, Body, Enterprise, Mandate, Role  # noqa: E402
from minassa.registry.public import Actor, actor_of, system_actor  # noqa: E402
from minassa.vocabulary.identifiers import ice_with_key, rib_with_key  # noqa: E402

FIRMS, SESSION, BATCH = 60, 60, 80
BANKED = 6
"""Firms whose bank account is proposed, confirmed and changed: payment runs order what is due to them."""
MEASURES, LARGE, TIGHT = ("air", "ais", "pae", "paf"), 2026, 2027
ENOUGH, LITTLE = 10**15, 50_000_000
PAYER = Payer("TRESORERIE EXEMPLE", rib_with_key(3_108_100_000_000_000_000_001))
CLAIMS = system_actor("claims")
CONVENTIONS = system_actor("conventions")
WEIGHTS = {
    "session": 18,
    "one": 8,
    "suspend": 6,
    "propose": 18,
    "decide": 18,
    "send": 12,
    "bank": 40,
    "recover": 4,
    "settle": 3,
    "envelope": 2,
    "cancel": 4,
    "back": 3,
    "advance": 5,
    "impute": 3,
    "due": 1,
    "account": 2,
}
"""How often each thing is done."""
Spec = dict[str, Any]


def world() -> None:
    """Firms, two people who pay, envelopes that are large and envelopes that are tight."""
    ministry = Body.objects.create(code="mtnra", kind="ministry", name="MINISTERE EXEMPLE")
    Enterprise.objects.bulk_create(
        Enterprise(ice=ice_with_key(990_000_000 + rank), name=f"EXEMPLE {rank}", place=101) for rank in range(FIRMS)
    )
    for name, role in (("maker", Role.OFFICER), ("checker", Role.SUPERVISOR)):
        account = Account.objects.create(email=f"{name}@minassa.example", password="!")  # noqa: S106 (cannot sign in)
        Appointment.objects.create(account=account, body=ministry, role=role, since=timezone.localdate())
    signer = Account.objects.create(email="signer@minassa.example", password="!")  # noqa: S106 (cannot sign in)
    Mandate.objects.bulk_create(
        Mandate(account=signer, enterprise=firm, power="sign", since=timezone.localdate())
        for firm in Enterprise.objects.order_by("pk")[:BANKED]
    )
    set_payer(person("checker"), PAYER, timezone.now())
    for measure in MEASURES:
        for year, amount in ((LARGE, ENOUGH), (TIGHT, LITTLE)):
            place = Place(measure, year, "mtnra")
            open_envelope(person("checker"), place, amount, "EXEMPLE", f"open:{place}", timezone.now())


def person(name: str) -> Actor:
    """Who proposes, or who validates."""
    return actor_of(Account.objects.get(email=f"{name}@minassa.example"))


class Payers:
    """A worker: what it draws, what it does. Files for the bank go to `home/to`; those it wrote are in `home/from`."""

    def __init__(self, home: Path, rank: int, seed: int) -> None:
        self.home, self.rank, self.seed = home, rank, seed
        self.note = home / f"note-{rank}.json"
        people = self.tried(lambda: [person(name) for name in ("maker", "checker", "signer")])
        self.maker, self.checker, self.signer = people
        firms = Enterprise.objects.order_by("pk").values_list("pk", flat=True)
        self.firms: list[int] = self.tried(lambda: list(firms.all()))
        self.count: Counter[str] = Counter()

    def work(self) -> None:
        """Operations until the file `home/stop` is there."""
        number = 0
        if self.note.exists():
            spec = json.loads(self.note.read_text("utf-8"))
            number = spec["number"]
            self.done(spec)
        while not (self.home / "stop").exists():
            number += 1
            chance = Random(f"{self.seed}:{self.rank}:{number}")  # noqa: S311 (drawn again from the same seed)
            spec = self.tried(lambda chance=chance, number=number: self.drawn(chance, number))  # type: ignore[misc]
            draft = self.note.with_suffix(".draft")
            draft.write_text(json.dumps(spec), "utf-8")
            draft.replace(self.note)
            for _ in range(2 if chance.random() < 0.02 else 1):  # noqa: PLR2004 (some are asked for twice)
                self.done(spec)

    def tried(self, act: Callable[[], Any]) -> Any:  # noqa: ANN401 (what the act gives)
        """What an act gives, begun again as long as the database is away or has undone it."""
        while True:
            try:
                return act()
            except (OperationalError, InterfaceError):
                connection.close()
                time.sleep(0.1)

    def done(self, spec: Spec) -> None:
        """Do what is written down; a refusal of the ledger is an answer."""
        act = getattr(self, f"do_{spec['what']}")
        try:
            self.tried(lambda: act(spec, f"{self.rank}:{spec['number']}"))
        except LedgerError as refused:
            self.count[refused.code] += 1

    def drawn(self, chance: Random, number: int) -> Spec:
        """An operation, its arguments drawn; what it needs of the database is read now."""
        what = chance.choices(
            tuple(WEIGHTS),
            tuple(WEIGHTS.values()),
        )[0]
        year = TIGHT if chance.random() < (0.5 if what == "one" else 0.1) else LARGE
        spec: Spec = {"number": number, "what": what, "measure": chance.choice(MEASURES), "year": year}
        many = chance.randrange(10, SESSION) if what == "session" else 1
        spec["parts"] = [(chance.choice(self.firms), chance.randrange(1_000, 3_000_000)) for _ in range(many)]
        spec["share"], spec["draw"] = chance.randrange(1, 101), chance.random()
        if what in {"suspend", "recover", "cancel", "back"}:
            spec["reference"] = self.some(spec["draw"])
        if what == "impute":
            spec["reference"] = self.some(spec["draw"], nature=Entitlement.Nature.ADVANCE, settled__gt=F("recovered"))
        if what == "propose":
            rows = Entitlement.objects.filter(ordered__lt=F("committed") - F("suspended"))
            rows = rows.order_by("-pk")[chance.randrange(20) * 10 :][:BATCH]
            spec["lines"] = [[row.reference, max(row.payable, 1)] for row in rows]
        return spec

    def some(self, draw: float, **those: Any) -> str:  # noqa: ANN401 (a condition on the rows)
        """The reference of an entitlement, any of those that fit."""
        last = Entitlement.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        found = Entitlement.objects.filter(pk__gte=int(draw * last), **those).order_by("pk").first()
        return found.reference if found else ""

    def do_session(self, spec: Spec, key: str) -> None:
        grants = [
            Grant(f"D-{key}-{rank}", firm, spec["measure"], spec["year"], amount)
            for rank, (firm, amount) in enumerate(spec["parts"])
        ]
        grant_all(CLAIMS, grants, f"session:{key}", timezone.now())

    def do_one(self, spec: Spec, key: str) -> None:
        firm, amount = spec["parts"][0]
        reference = f"D-{key}"
        grant(CLAIMS, Grant(reference, firm, spec["measure"], spec["year"], amount), f"grant:{key}", timezone.now())
        commit(CLAIMS, reference, max(amount * spec["share"] // 100, 1), f"commit:{key}", timezone.now())

    def do_suspend(self, spec: Spec, key: str) -> None:
        _firm, amount = spec["parts"][0]
        suspend(CLAIMS, spec["reference"], amount // 2, "EXEMPLE", f"suspend:{key}", timezone.now())
        if spec["share"] % 2:
            release(CLAIMS, spec["reference"], amount // 2, "EXEMPLE", f"release:{key}", timezone.now())

    def do_propose(self, spec: Spec, key: str) -> None:
        lines = [
            Line(reference, amount, "EXEMPLE", rib_with_key(1_178_000_000_000_000_000_000 + self.rank))
            for reference, amount in spec["lines"]
        ]
        propose_batch(self.maker, PAYER, lines, f"batch:{key}", timezone.now())

    def do_decide(self, spec: Spec, _key: str) -> None:
        for number in self.batches("proposed", spec["draw"]):
            if spec["share"] <= 5:  # noqa: PLR2004 (in a hundred)
                refuse_batch(self.checker, number, "EXEMPLE", timezone.now())
            else:
                validate_batch(self.checker, number, timezone.now())

    def do_send(self, spec: Spec, _key: str) -> None:
        for number in self.batches("validated", spec["draw"]):
            self.given(number)

    def given(self, number: str) -> None:
        """Give a batch to the bank; it is there whole or not at all."""
        draft = self.home / f"{number}-{self.rank}.draft"
        draft.write_bytes(send_batch(self.checker, number, timezone.now()))
        draft.replace(self.home / "to" / f"{number}.xml")

    def batches(self, state: str, draw: float) -> list[str]:
        rows = PaymentBatch.objects.filter(state=state).order_by("pk")
        if state == "validated":
            rows = rows.exclude(file_digest="")
        numbers = list(rows.values_list("number", flat=True)[:5])
        return [numbers[int(draw * len(numbers))]] if numbers else []

    def do_bank(self, spec: Spec, _key: str) -> None:
        files = sorted((self.home / "from").glob("*.xml"))
        if not files:
            return
        file = files[int(spec["draw"] * len(files))]
        try:
            content = file.read_bytes()
        except FileNotFoundError:
            return  # another has just taken it in
        receive_bank_file(self.maker, content, timezone.now())
        if spec["share"] > 20:  # noqa: PLR2004 (in a hundred: the others are left, to be taken in again)
            file.unlink(missing_ok=True)

    def do_recover(self, spec: Spec, key: str) -> None:
        stay = Stay(spec["share"] % 18, 18)
        recover(CLAIMS, spec["reference"], stay, "EXEMPLE", f"recover:{key}", timezone.now())

    def do_cancel(self, spec: Spec, key: str) -> None:
        _firm, amount = spec["parts"][0]
        cancel(CLAIMS, spec["reference"], amount, "EXEMPLE", f"cancel:{key}", timezone.now())

    def do_back(self, spec: Spec, key: str) -> None:
        held = Entitlement.objects.filter(reference=spec["reference"]).first()
        if held is None:
            return
        _firm, amount = spec["parts"][0]
        given = Grant(held.reference, held.enterprise_id, held.measure, held.budget_year, amount // 10)
        ask_back(CLAIMS, given, "EXEMPLE", f"back:{key}", timezone.now())

    def do_advance(self, spec: Spec, key: str) -> None:
        firm, amount = spec["parts"][0]
        given = Grant(f"A-{key}", firm, spec["measure"], spec["year"], amount)
        advance(CONVENTIONS, given, f"advance:{key}", timezone.now())
        commit_or_wait(CONVENTIONS, given.reference, timezone.now())

    def do_impute(self, spec: Spec, key: str) -> None:
        _firm, amount = spec["parts"][0]
        impute(CONVENTIONS, spec["reference"], amount // 10, "EXEMPLE", f"impute:{key}", timezone.now())

    def do_due(self, _spec: Spec, key: str) -> None:
        propose_due(self.maker, timezone.now(), f"due:{key}")

    def do_account(self, spec: Spec, _key: str) -> None:
        firm = Enterprise.objects.order_by("pk")[int(spec["draw"] * BANKED)]
        rib = rib_with_key(1_178_000_000_000_000_000_000 + spec["number"] % 1_000 + 1_000 * self.rank)
        propose_account(self.signer, firm, AccountGiven("EXEMPLE", rib), timezone.now())
        waiting = BankAccount.objects.filter(enterprise=firm, state=BankAccount.State.PROPOSED).first()
        if waiting is not None and (spec["share"] > 10 or account_of(firm.pk) is None):  # noqa: PLR2004 (in a hundred)
            confirm_account(self.checker, waiting, "EXEMPLE", timezone.now())

    def do_settle(self, spec: Spec, _key: str) -> None:
        for entry in findings()[:20]:
            left = spec["share"] % 2 == 0 and correctable(entry)
            verdict = Settlement.Verdict.MONEY_LEFT if left else Settlement.Verdict.NOTHING
            settle_finding(self.maker, entry, "EXEMPLE", timezone.now(), verdict)

    def do_envelope(self, spec: Spec, key: str) -> None:
        place = Place(spec["measure"], TIGHT, "mtnra")
        change_envelope(self.checker, place, LITTLE // 4, "EXEMPLE", f"envelope:{key}", timezone.now())
        commit_waiting(timezone.now())

    def peace(self) -> None:
        """Everything validated or sent is given to the bank (again), everything it wrote is taken in, twice."""
        sent = PaymentBatch.objects.filter(state__in=("validated", "sent")).exclude(file_digest="").order_by("pk")
        for number in sent.values_list("number", flat=True):
            self.given(number)
        (self.home / "given").touch()
        while not (self.home / "answered").exists():
            time.sleep(0.05)
        files = sorted((self.home / "from").glob("*.xml"))
        for file in (*files, *reversed(files)):
            receive_bank_file(self.maker, file.read_bytes(), timezone.now())


def main(arguments: list[str]) -> int:
    """Make the world, work, or make peace."""
    what, home, *rest = arguments
    if what == "world":
        world()
        return 0
    payers = Payers(Path(home), int(rest[0]), int(rest[1]))
    if what == "work":
        payers.work()
        (payers.home / f"refused-{payers.rank}-{os.getpid()}.json").write_text(json.dumps(payers.count), "utf-8")
    else:
        payers.peace()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
