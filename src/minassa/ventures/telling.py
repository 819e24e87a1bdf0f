"""What a venture says of itself: registered, told again, funds raised, consent. Nothing said is erased."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from babel.numbers import list_currencies
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from minassa.delays import instant_of, local_day
from minassa.journal.public import append
from minassa.registry.acting import RowAct, acting_on_row
from minassa.registry.models import Enterprise
from minassa.registry.public import Actor, require
from minassa.ventures.definition import stages
from minassa.ventures.errors import ClaimRefused, StaleRow, VentureError
from minassa.ventures.models import Claim, Consent, Funding, Kind, Venture
from minassa.vocabulary.countries import markets_abroad

MOST_JOBS: Final = 1_000_000
MOST_MARKETS: Final = 60
MOST_HUNDREDTHS: Final = 10**15
COUNTRIES: Final = frozenset(markets_abroad())
"""ISO 3166-1 alpha-2."""


@dataclass(frozen=True, slots=True)
class Saying:
    """What is claimed. `jobs`: persons in post at `jobs_on`; None when it is not told."""

    stage: str
    product: str
    markets: tuple[str, ...] = ()
    jobs: int | None = None
    jobs_on: date | None = None
    source: str = ""


def stream_of(venture: Venture) -> str:
    """The stream of a venture in the journal."""
    return f"venture:{venture.uuid}"


def register(
    actor: Actor,
    name: str,
    kind: str,
    saying: Saying,
    at: datetime,
    *,
    enterprise: Enterprise | None = None,
    synthetic: bool = False,
) -> Venture:
    """Enter a venture with its first claim. VentureError for a name that is missing, a firm that is there already."""
    require(actor, "venture.register", enterprise)
    called = line(name)[:160]
    if not called or kind not in Kind.values:
        raise VentureError(_("Dites le nom, et si c'est une PME ou une start-up."))
    checked_saying(saying, local_day(instant_of(at)))
    try:
        with transaction.atomic():
            made = Venture.objects.create(
                name=called, kind=kind, enterprise=enterprise, synthetic=synthetic, by=str(actor), at=at, touched_at=at
            )
            _keep(made, saying, actor, at)
            append(stream_of(made), "venture.registered", str(actor), {"kind": kind}, at)
    except IntegrityError as error:
        raise VentureError(_("Cette entreprise est déjà au registre.")) from error
    return made


def claim(actor: Actor, venture: Venture, saying: Saying, at: datetime, *, expected: int | None = None) -> Claim:
    """Say where the venture stands now; what was checked stays told until this is checked too."""
    with acting(actor, venture, "venture.tell", at, expected) as act:
        checked_saying(saying, local_day(instant_of(act.at)))
        made = _keep(act.row, saying, actor, act.at)
        act.tell("venture.claimed", claim=made.pk)
    return made


@dataclass(frozen=True, slots=True)
class Raised:
    """An amount raised on a day, in hundredths of a currency (ISO 4217), and where that is read."""

    hundredths: int
    currency: str
    on: date
    source: str


def raise_funds(actor: Actor, venture: Venture, raised: Raised, at: datetime) -> Funding:
    """Say that an amount was raised. Amounts stay out of the journal."""
    with acting(actor, venture, "venture.tell", at, None) as act:
        if not 0 < raised.hundredths <= MOST_HUNDREDTHS:
            raise VentureError(_("Ce montant n'est pas possible."))
        if raised.currency not in list_currencies():
            raise VentureError(_("Dites la monnaie par son code, par exemple MAD ou EUR."))
        if raised.on > local_day(instant_of(act.at)):
            raise VentureError(_("Cette date est à venir."))
        if not line(raised.source):
            raise VentureError(_("Dites d'où on le tient."))
        made = Funding.objects.create(
            venture=act.row,
            hundredths=raised.hundredths,
            currency=raised.currency,
            on=raised.on,
            source=line(raised.source)[:300],
            by=str(actor),
            at=act.at,
        )
        act.tell("venture.funded", funding=made.pk)
    return made


def consent(actor: Actor, venture: Venture, at: datetime, *, given: bool) -> Consent:
    """Agree to be told of in public, or take that back, which holds at once."""
    with acting(actor, venture, "venture.consent", at, None) as act:
        made = Consent.objects.create(venture=act.row, given=given, by=str(actor), at=act.at)
        act.tell("venture.consent", given=given)
    return made


def close(actor: Actor, venture: Venture, on: date, at: datetime) -> None:
    """The venture is no more since a day; it stays written, and is counted no longer."""
    with acting(actor, venture, "venture.tell", at, None) as act:
        if act.row.closed_on is not None:
            raise VentureError(_("Elle est déjà dite fermée."))
        if on > local_day(instant_of(act.at)):
            raise VentureError(_("Cette date est à venir."))
        act.set(closed_on=on)
        act.tell("venture.closed")


def checked_saying(saying: Saying, today: date) -> None:
    """ClaimRefused for what a claim may not say."""
    if saying.stage not in stages():
        raise ClaimRefused(_("Choisissez un stade."))
    if not line(saying.product) or len(line(saying.product)) > 300:  # noqa: PLR2004 (of the column)
        raise ClaimRefused(_("Dites le produit, en %(most)d caractères au plus.") % {"most": 300})
    wrong = [code for code in saying.markets if code not in COUNTRIES]
    if wrong or len(saying.markets) > MOST_MARKETS:
        raise ClaimRefused(_("Un marché est un pays, par son code de deux lettres, soixante au plus."))
    if saying.jobs is not None and not 0 <= saying.jobs <= MOST_JOBS:
        raise ClaimRefused(_("Ce nombre d'emplois n'est pas possible."))
    if (saying.jobs is None) != (saying.jobs_on is None):
        raise ClaimRefused(_("Dites le nombre d'emplois avec son jour, ou aucun des deux."))
    if saying.jobs_on is not None and saying.jobs_on > today:
        raise ClaimRefused(_("Cette date est à venir."))


def line(text: str) -> str:
    """A text on one line, without what a database refuses."""
    return " ".join(text.replace("\x00", "").split())


def _keep(venture: Venture, saying: Saying, actor: Actor, at: datetime) -> Claim:
    return Claim.objects.create(
        venture=venture,
        stage=saying.stage,
        product=line(saying.product),
        markets=sorted(set(saying.markets)),
        jobs=saying.jobs,
        jobs_on=saying.jobs_on,
        source=line(saying.source)[:300],
        by=str(actor),
        at=at,
    )


@contextmanager
def acting(actor: Actor, venture: Venture, name: str, at: datetime, expected: int | None) -> Iterator[RowAct[Venture]]:
    """One act on a venture, of an action of the policy."""

    def stale(_row: Venture) -> StaleRow:
        return StaleRow(_("Quelqu'un a changé cette fiche entre-temps : relisez, puis recommencez."))

    def act_on(row: Venture) -> RowAct[Venture]:
        return RowAct(row, actor, at, stream_of(row))

    with acting_on_row(venture, act_on, actor, name, expected, stale) as act:
        yield act
