"""Credits of a measure, opened and changed by typed operations; a commitment never passes its envelope."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final, NamedTuple

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from minassa.ledger.budget_models import Entitlement, Envelope, EnvelopeChange
from minassa.ledger.chart import AccountCode, OperationKind
from minassa.ledger.errors import EnvelopeExceeded, LedgerError, UnknownSubject
from minassa.ledger.listening import tell_credits
from minassa.ledger.parameters import number, parameter
from minassa.ledger.posting import (
    Operation,
    done_before,
    fingerprint,
    post,
    repeatable,
    require_amount,
    require_ground,
    transfer,
)
from minassa.ledger.posting_models import Transaction
from minassa.offer.catalogue import catalogue
from minassa.registry.public import Actor, require
from minassa.vocabulary.rates import BASIS_POINTS
from minassa.vocabulary.rounding import Direction, divide

_K: Final = EnvelopeChange.Kind
INTO: Final = frozenset({_K.OPENED, _K.INCREASED, _K.CARRIED_IN, _K.RESTORED})
MADE: Final = frozenset({_K.OPENED, _K.CARRIED_IN, _K.RESTORED})
"""What may be the first of an envelope."""


class Place(NamedTuple):
    """What an envelope is for: a measure of the offer, a budget year, the code of a body."""

    measure: str
    budget_year: int
    body: str

    def __str__(self) -> str:
        return f"{self.measure}/{self.budget_year}/{self.body}"


@repeatable
def open_envelope(actor: Actor, place: Place, amount: int, ground: str, key: str, at: datetime) -> Envelope:
    """Open the credits of a measure for a year. Forbidden, WrongAmount, KeyConflict, LedgerError when they are open."""
    require(actor, "envelope.change", place)
    if place.measure not in {one.measure for one in catalogue() if one.kind == "measure"}:
        raise UnknownSubject(_("L'offre n'a pas cette mesure."), measure=place.measure)
    return _changed(actor, place, EnvelopeChange.Kind.OPENED, amount, key, at, ground=ground)


@repeatable
def change_envelope(actor: Actor, place: Place, change: int, ground: str, key: str, at: datetime) -> Envelope:
    """Add centimes to an envelope, or take some out (below zero). Forbidden, UnknownSubject, EnvelopeExceeded."""
    require(actor, "envelope.change", place)
    kind = EnvelopeChange.Kind.INCREASED if change > 0 else EnvelopeChange.Kind.REDUCED
    return _changed(actor, place, kind, abs(change), key, at, ground=ground)


@repeatable
def carry_over(actor: Actor, place: Place, ground: str, key: str, at: datetime) -> int:
    """Carry to the next year the part of what is not committed that the rule of the day allows; the centimes carried.

    Forbidden, UnknownSubject. Nothing is carried while the rule is 0, nor twice under one key.
    """
    require(actor, "envelope.change", place)
    hold([place, place._replace(budget_year=place.budget_year + 1)])
    envelope = locked(place)
    earlier = Transaction.objects.filter(key=f"{key}:out").first()
    if earlier is not None:
        return EnvelopeChange.objects.get(transaction=earlier).amount
    day = timezone.localdate(at)
    rate, source = number("carry_over_rate", day), parameter("carry_over_rate", day)
    amount = divide((envelope.authorised - envelope.committed) * rate, BASIS_POINTS, Direction.DOWN, source.citation)
    if amount:
        following = place._replace(budget_year=place.budget_year + 1)
        _changed(actor, place, EnvelopeChange.Kind.CARRIED_OUT, amount, f"{key}:out", at, ground=ground)
        _changed(actor, following, EnvelopeChange.Kind.CARRIED_IN, amount, f"{key}:in", at, ground=ground)
    return amount


def hold(places: Iterable[Place]) -> None:
    """Hold the rows of several envelopes until the end of the transaction, in one order for all who need several.

    Two sessions that decide on the same credits then wait one after the other, never for each other. Rights are held
    before: whoever holds one may go on to its envelope.
    """
    wanted = Q()
    for place in places:
        wanted |= Q(**place._asdict())
    _hold(wanted)


def hold_measures(measures: Collection[str]) -> None:
    """The same for every envelope of some measures, where their years are not known yet."""
    _hold(Q(measure__in=measures))


def hold_every() -> None:
    """The same for all, where what follows in the transaction may need any of them."""
    _hold(Q())


def opened_again(actor: Actor, place: Place, amount: int, ground: str, key: str, at: datetime) -> EnvelopeChange:
    """Credits that a sum given back opens again, its number for ground; in the transaction in which it comes."""
    _changed(actor, place, EnvelopeChange.Kind.RESTORED, amount, key, at, ground=ground)
    return EnvelopeChange.objects.get(transaction__key=key)


def _hold(wanted: Q) -> None:
    list(Envelope.objects.select_for_update().filter(wanted).order_by("pk").values_list("pk"))


def locked(place: Place) -> Envelope:
    """The envelope, its row held until the end of the transaction; UnknownSubject."""
    found = Envelope.objects.select_for_update().filter(**place._asdict()).first()
    if found is None:
        raise UnknownSubject(_("Aucun crédit n'est ouvert pour cette mesure, cette année et cet organisme."))
    return found


def _changed(
    actor: Actor, place: Place, kind: EnvelopeChange.Kind, amount: int, key: str, at: datetime, *, ground: str
) -> Envelope:
    require_amount(amount)
    said = require_ground(ground)
    digest = fingerprint(f"envelope:{kind}", {"place": str(place), "amount": amount})
    envelope = _row(place, kind)
    if done_before(key, digest) is not None:
        return envelope
    if kind == EnvelopeChange.Kind.OPENED and envelope.changes.exists():
        raise LedgerError(_("Ces crédits sont déjà ouverts : changez-les plutôt."))
    signed = amount if kind in INTO else -amount
    if envelope.authorised + signed < envelope.committed:
        raise EnvelopeExceeded(_("Ces crédits sont déjà engagés : on ne retire que ce qui est disponible."))
    envelope.authorised += signed
    envelope.save(update_fields=["authorised"])
    operation = Operation(
        key=key,
        kind=OperationKind.ENVELOPE,
        measure=place.measure,
        budget_year=place.budget_year,
        subject=str(place),
        stream=f"envelope:{envelope.pk}",
        legs=transfer(AccountCode.CREDITS_AVAILABLE, AccountCode.CREDITS_OPENED, signed),
        ground=said,
        fingerprint=digest,
    )
    made = post(operation, str(actor), at)
    EnvelopeChange.objects.create(envelope=envelope, kind=kind, amount=amount, ground=said, transaction=made)
    if signed > 0:
        tell_credits()
    return envelope


def _row(place: Place, kind: EnvelopeChange.Kind) -> Envelope:
    if kind in MADE:
        Envelope.objects.get_or_create(**place._asdict(), defaults={"authorised": 0})
    return locked(place)


def draw(entitlement: Entitlement, amount: int) -> None:
    """Take the centimes of a commitment out of the envelope of an entitlement (below zero: give them back).

    One conditional UPDATE: two commitments at the same instant wait for each other, and the second sees what the first
    has left. EnvelopeExceeded, UnknownSubject.
    """
    _draw(place_of(entitlement), amount)


def draw_all(entitlements: Iterable[Entitlement]) -> None:
    """Commit the whole of many entitlements, their envelopes held in one order for all; as `draw`."""
    sums: dict[Place, int] = {}
    for one in entitlements:
        sums[place_of(one)] = sums.get(place_of(one), 0) + one.amount
    hold(sums)
    for place, amount in sorted(sums.items()):
        _draw(place, amount)


def _draw(place: Place, amount: int) -> None:
    rows = Envelope.objects.filter(**place._asdict())
    if rows.filter(committed__lte=F("authorised") - amount).update(committed=F("committed") + amount):
        return
    if not rows.exists():
        raise UnknownSubject(_("Aucun crédit n'est ouvert pour cette mesure, cette année et cet organisme."))
    raise EnvelopeExceeded(_("Les crédits disponibles ne suffisent pas à cet engagement."))


def place_of(entitlement: Entitlement) -> Place:
    """Where the credits of an entitlement are."""
    return Place(entitlement.measure, entitlement.budget_year, entitlement.body)
