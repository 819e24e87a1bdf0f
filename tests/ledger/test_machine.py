"""Any operations in any order, the bank at its worst: sums are zero, nothing is passed, nothing is paid twice."""

from __future__ import annotations

from contextlib import suppress

import pytest
from django.db import connection, transaction
from django.db.models import F, Sum
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from minassa.ledger.chart import AccountCode
from minassa.ledger.models import (
    BankEntry,
    Entitlement,
    Envelope,
    PaymentBatch,
    PaymentOrder,
    Recovery,
    Settlement,
)
from minassa.ledger.public import (
    Grant,
    LedgerError,
    Stay,
    advance,
    ask_back,
    balance,
    cancel,
    check_ledger,
    commit,
    commit_or_wait,
    commit_waiting,
    correctable,
    decommit,
    findings,
    impute,
    receive_bank_file,
    reconciliation,
    recover,
    refuse_batch,
    release,
    send_batch,
    settle_finding,
    suspend,
    validate_batch,
)
from minassa.simulators.bank import Bank, BankBehaviour
from minassa.simulators.bank_messages import STATEMENT, Movement, Ordered, account_message
from tests.ledger.world import NOW, World, make_world

CREDITS = 12_000
AMOUNTS = st.integers(1, 1_200)
WORST = BankBehaviour(
    rejects=25, silent=15, returns=20, twice=30, repeats=40, late=40, reorders=50, lies=15, invents=20, pays_twice=15
)


class Money(RuleBasedStateMachine):
    """One firm and another, one envelope, one bank."""

    def __init__(self) -> None:
        super().__init__()
        self.frame = transaction.atomic()
        self.frame.__enter__()
        self.world: World = make_world(CREDITS)
        self.count = 0
        self.pays: dict[str, int] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.frame.__exit__(None, None, None)

    def fresh(self, word: str) -> str:
        self.count += 1
        return f"{word}-{self.count}"

    def some(self, draw: int) -> str:
        rows = list(Entitlement.objects.order_by("pk").values_list("reference", flat=True))
        return str(rows[draw % len(rows)])

    @initialize(seed=st.integers(0, 2**16))
    def opens(self, seed: int) -> None:
        self.bank = Bank(seed, WORST)

    @rule(amount=AMOUNTS, share=st.integers(0, 100), other=st.booleans())
    def decides(self, amount: int, share: int, *, other: bool) -> None:
        firm = self.world.other if other else self.world.firm
        reference = self.world.entitled(self.fresh("D"), amount, committed=0, firm=firm)
        if part := amount * share // 100:
            with suppress(LedgerError):
                commit(self.world.claims, reference, part, f"c:{reference}", NOW)

    @precondition(lambda _self: Entitlement.objects.exists())
    @rule(
        draw=st.integers(0, 99),
        amount=AMOUNTS,
        what=st.sampled_from(["commit", "decommit", "suspend", "release", "cancel", "ask_back", "impute"]),
        again=st.booleans(),
    )
    def moves(self, draw: int, amount: int, what: str, *, again: bool) -> None:
        reference, key = self.some(draw), self.fresh("k")
        for _ in range(2 if again else 1):
            with suppress(LedgerError):
                if what == "commit":
                    commit(self.world.claims, reference, amount, key, NOW)
                elif what == "decommit":
                    decommit(self.world.claims, reference, amount, key, NOW)
                elif what in {"ask_back", "impute"}:
                    self.owes(reference, amount, key, by_advance=what == "impute")
                elif what == "cancel":
                    cancel(self.world.claims, reference, amount, "Motif", key, NOW)
                else:
                    (suspend if what == "suspend" else release)(self.world.claims, reference, amount, "Motif", key, NOW)

    def owes(self, reference: str, amount: int, key: str, *, by_advance: bool) -> None:
        if by_advance:
            impute(self.world.claims, reference, amount, "Motif", key, NOW)
            return
        row = Entitlement.objects.get(reference=reference)
        given = Grant(reference if amount % 2 else key, row.enterprise_id, row.measure, row.budget_year, amount)
        ask_back(self.world.claims, given, "Motif", key, NOW)

    @precondition(lambda _self: Entitlement.objects.exists())
    @rule(amount=AMOUNTS)
    def advances(self, amount: int) -> None:
        reference = self.fresh("A")
        advance(self.world.claims, Grant(reference, self.world.firm.pk, "pae", 2026, amount), reference, NOW)
        commit_or_wait(self.world.claims, reference, NOW)
        commit_waiting(NOW)

    @precondition(lambda _self: Entitlement.objects.filter(ordered__lt=F("committed")).exists())
    @rule(draws=st.lists(st.integers(0, 99), min_size=1, max_size=3, unique=True), share=st.integers(1, 100))
    def proposes(self, draws: list[int], share: int) -> None:
        rows = Entitlement.objects.filter(reference__in={self.some(draw) for draw in draws})
        lines = [self.world.line(row.reference, max(row.payable * share // 100, 1)) for row in rows]
        key = self.fresh("batch")
        with suppress(LedgerError):
            assert self.world.proposed(key, *lines).pk == self.world.proposed(key, *lines).pk

    @precondition(lambda _self: PaymentBatch.objects.filter(state="proposed").exists())
    @rule(agrees=st.booleans(), sends=st.booleans())
    def checks(self, *, agrees: bool, sends: bool) -> None:
        batch = PaymentBatch.objects.filter(state="proposed").order_by("pk")[0]
        if not agrees:
            refuse_batch(self.world.checker, batch.number, "Motif", NOW)
            return
        if validate_batch(self.world.checker, batch.number, NOW).file and sends:
            self.sends()

    @precondition(lambda _self: PaymentBatch.objects.filter(state="validated").exclude(file="").exists())
    @rule()
    def sends(self) -> None:
        for batch in PaymentBatch.objects.filter(state="validated").exclude(file=""):
            for _ in range(2):
                self.bank.receive(send_batch(self.world.checker, batch.number, NOW), NOW)

    @rule(amount=st.integers(1, 400), count=st.integers(1, 3), answered=st.booleans())
    def hurries(self, amount: int, count: int, *, answered: bool) -> None:
        """A decision that goes as far as the bank at once: what comes after is reached as often as the rest."""
        references = [self.world.entitled(self.fresh("D"), amount, committed=0) for _ in range(count)]
        with suppress(LedgerError):
            for reference in references:
                commit(self.world.claims, reference, amount, f"c:{reference}", NOW)
            batch = self.world.proposed(self.fresh("batch"), *(self.world.line(one, amount) for one in references))
            validate_batch(self.world.checker, batch.number, NOW)
            self.sends()
        if answered:
            self.answers(final=True)

    @rule(final=st.booleans())
    def answers(self, *, final: bool) -> None:
        for content in self.bank.answers(final=final):
            receive_bank_file(self.world.maker, content, NOW)

    @precondition(lambda _self: Entitlement.objects.filter(settled__gt=0).exists())
    @rule(kept=st.integers(0, 18))
    def asks_back(self, kept: int) -> None:
        reference = Entitlement.objects.filter(settled__gt=0).order_by("-pk")[0].reference
        recover(self.world.claims, reference, Stay(kept, 18), "Emplois non gardés", self.fresh("r"), NOW)

    @precondition(lambda _self: Recovery.objects.exists())
    @rule(amount=AMOUNTS)
    def gives_back(self, amount: int) -> None:
        number = Recovery.objects.order_by("-pk")[0].number
        reference = self.fresh("C")
        made = Movement(Ordered("", number, amount), reference, amount, credit=True)
        receive_bank_file(self.world.maker, account_message(STATEMENT, reference, [made], NOW), NOW)

    @precondition(lambda _self: findings().exists())
    @rule(left=st.booleans())
    def looks(self, *, left: bool) -> None:
        entry = findings()[0]
        verdict = Settlement.Verdict.MONEY_LEFT if left and correctable(entry) else Settlement.Verdict.NOTHING
        settle_finding(self.world.maker, entry, "Vu avec la banque", NOW, verdict)

    @invariant()
    def the_database_agrees(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    @invariant()
    def everything_holds(self) -> None:
        assert check_ledger() == []
        envelope = Envelope.objects.get()
        assert 0 <= envelope.committed <= envelope.authorised == CREDITS

    @invariant()
    def money_left_once_for_each_order_paid(self) -> None:
        net = PaymentOrder.objects.filter(state="paid").aggregate(n=Sum(F("gross") - F("set_off")))["n"] or 0
        back = BankEntry.objects.filter(outcome="received").aggregate(n=Sum("amount"))["n"] or 0
        more = Recovery.objects.filter(nature="correction").aggregate(n=Sum("amount"))["n"] or 0
        assert balance(AccountCode.TREASURY) == back - net - more

    @invariant()
    def what_is_owed_back_is_what_was_written_less_what_came(self) -> None:
        left = Recovery.objects.aggregate(n=Sum(F("amount") - F("settled")))["n"] or 0
        assert balance(AccountCode.RECEIVABLE) == left

    @invariant()
    def each_order_sent_is_matched_or_shown(self) -> None:
        listing = reconciliation(self.world.maker)
        shown = listing.matched.count() + listing.to_match.count() + len(listing.rejected)
        assert shown == PaymentOrder.objects.filter(batch__state="sent").exclude(state="set_off").count()


@pytest.mark.django_db
def test_money_holds_whatever_happens() -> None:
    limits = settings(max_examples=15, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Money, settings=limits)
