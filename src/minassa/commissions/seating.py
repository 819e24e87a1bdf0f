"""The mandate of a commission on a day, and who is a member of it: written from a day on, ended, never erased."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from minassa.commissions.errors import CommissionError
from minassa.commissions.known import Commission
from minassa.commissions.models import Mandate, Member
from minassa.journal.public import append
from minassa.registry.models import Account, Body, Enterprise
from minassa.registry.public import Actor, require
from minassa.vocabulary.statuses import Status

LONGEST: Final = 4_000


@dataclass(frozen=True, slots=True)
class Told:
    """A mandate on a day. `text` is empty where that of the file holds, in the language of the page."""

    text: str
    since: date
    status: Status
    source: str
    synthetic: bool = False


def stream_of(code: str) -> str:
    """The stream of a commission in the journal."""
    return f"commission:{code}"


def mandate_on(one: Commission, day: date) -> Told:
    """What the commission is asked to do: the last text written by that day, else the one proposed."""
    row = Mandate.objects.filter(commission=one.code, since__lte=day).order_by("-since", "-pk").first()
    if row is None:
        return Told("", one.since, one.status, one.source)
    return Told(row.text, row.since, Status(row.status), row.source, row.synthetic)


def write_mandate(
    actor: Actor, one: Commission, text: str, since: date, source: str, at: datetime, *, synthetic: bool = False
) -> Mandate:
    """Write the mandate from a day on. It is official where the text that gives it is told, proposed otherwise."""
    require(actor, "commission.write", one)
    said, whence = text.replace("\x00", "").strip(), _line(source)[:300]
    if not said or len(said) > LONGEST:
        raise CommissionError(_("Dites le mandat, en %(most)d caractères au plus.") % {"most": LONGEST})
    with transaction.atomic():
        made = Mandate.objects.create(
            commission=one.code,
            since=since,
            text=said,
            status=Status.OFFICIAL if whence else Status.PROPOSED,
            source=whence,
            synthetic=synthetic,
            by=str(actor),
            at=at,
        )
        append(stream_of(one.code), "commission.mandate", str(actor), {"mandate": made.pk}, at)
    return made


def members_on(code: str, day: date) -> QuerySet[Member]:
    """Who is a member of a commission on a day, oldest first."""
    held = Member.objects.filter(Q(until__isnull=True) | Q(until__gte=day), commission=code, since__lte=day)
    return held.select_related("enterprise", "body", "account").order_by("since", "pk")


def seat_member(
    actor: Actor,
    one: Commission,
    who: Enterprise | Body,
    since: date,
    at: datetime,
    *,
    account: Account | None = None,
    synthetic: bool = False,
) -> Member:
    """A firm or a body sits from a day on. CommissionError when it does, or for an account of elsewhere."""
    require(actor, "commission.write", one)
    firm, body = (who, None) if isinstance(who, Enterprise) else (None, who)
    if account is not None and not _is_of(account, firm, body):
        raise CommissionError(_("Cette personne n'a ni mandat de l'entreprise ni rôle dans l'organisme."))
    try:
        with transaction.atomic():
            made = Member.objects.create(
                commission=one.code,
                enterprise=firm,
                body=body,
                account=account,
                since=since,
                synthetic=synthetic,
                by=str(actor),
                at=at,
            )
            append(stream_of(one.code), "commission.member-seated", str(actor), {"member": str(made.uuid)}, at)
    except IntegrityError as error:
        raise CommissionError(_("Ce membre siège déjà.")) from error
    return made


def end_member(actor: Actor, member: Member, until: date, at: datetime) -> None:
    """A member leaves on a day; it stays written. CommissionError when it has left, or before it came."""
    require(actor, "commission.write", member)
    if until < member.since:
        raise CommissionError(_("Un membre ne part pas avant d'être venu."))
    with transaction.atomic():
        if not Member.objects.filter(pk=member.pk, until__isnull=True).update(until=until):
            raise CommissionError(_("Ce membre est déjà parti."))
        append(stream_of(member.commission), "commission.member-left", str(actor), {"member": str(member.uuid)}, at)
    member.until = until


def _is_of(account: Account, firm: Enterprise | None, body: Body | None) -> bool:
    if firm is not None:
        return account.mandates.filter(enterprise=firm, until__isnull=True).exists()
    return account.appointments.filter(body=body, until__isnull=True).exists()


def _line(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())
