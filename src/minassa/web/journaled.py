"""What the journal keeps of something, line by line in words: what happened, by whose hand, with the hash."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from minassa.journal.public import Entry
from minassa.registry.models import Appointment
from minassa.registry.public import Actor


@dataclass(frozen=True, slots=True)
class LogLine:
    """One entry of the journal, in words."""

    number: int
    at: datetime
    what: str | Promise
    detail: str
    who: str
    hash: str


def lines_of(
    actor: Actor,
    stream: str,
    kinds: Mapping[str, str | Promise],
    names: dict[str, str],
    detail: Callable[[dict[str, Any]], str] = lambda _body: "",
) -> list[LogLine]:
    """The entries of a stream, the latest first; `kinds`: their words; `names`: of bodies, by code."""
    entries = list(Entry.objects.filter(stream=stream).order_by("-number"))
    hands = hands_of(actor, {entry.actor for entry in entries}, names)
    return [
        LogLine(
            number=entry.number,
            at=entry.at,
            what=kinds.get(entry.kind, entry.kind),
            detail=detail(entry.body),
            who=hands[entry.actor],
            hash=bytes(entry.hash).hex(),
        )
        for entry in entries
    ]


def hands_of(actor: Actor, authors: Iterable[str], names: dict[str, str]) -> dict[str, str]:
    """Who acted, in words: the person themselves, a body, the enterprise, the platform. Never a person's name."""
    wanted = set(authors)
    accounts = {int(each.removeprefix("account:")) for each in wanted if each.startswith("account:")}
    rows = Appointment.objects.filter(account__in=accounts).order_by("-since").values_list("account", "body__code")
    bodies = {account: names.get(code, code) for account, code in rows}
    return {author: _hand(actor, author, bodies, names) for author in wanted}


def _hand(actor: Actor, author: str, bodies: dict[int, str], names: dict[str, str]) -> str:
    if author == str(actor):
        return _("vous")
    kind, _colon, rest = author.partition(":")
    if kind == "body":
        return _("%(body)s (par son système)") % {"body": names.get(rest, rest)}
    if kind == "sitting":
        return _("le comité, séance %(sitting)s") % {"sitting": rest}
    if kind == "account":
        return bodies.get(int(rest), _("l'entreprise"))
    return _("la plateforme")
