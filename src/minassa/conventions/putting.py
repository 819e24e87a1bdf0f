"""What conventions put to committees: found by their address, frozen, with who has an interest and who had a hand."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from minassa.conventions.amending import content_of
from minassa.conventions.convention_models import Amendment, Convention, ConventionState, Side, Signature
from minassa.conventions.terms import terms_of


class Put(NamedTuple):
    """What is put to a committee: its title, its content as plain data, the enterprises that it concerns."""

    title: str
    content: dict[str, Any]
    enterprises: frozenset[int]


def convention_of(uuid: str) -> Convention:
    """The convention of an address; DoesNotExist, ValueError."""
    return Convention.objects.select_related("enterprise").get(uuid=UUID(uuid))


def amendment_of(uuid: str) -> Amendment:
    """The amendment of an address; DoesNotExist, ValueError."""
    return Amendment.objects.select_related("convention__enterprise").get(uuid=UUID(uuid))


def frozen_convention(convention: Convention) -> Put:
    """A convention as proposed to the State's signature."""
    content = {
        "convention": convention.reference,
        "digest": convention.terms_digest,
        "state": str(convention.state),
        "terms": terms_of(convention.draft).as_json(),
    }
    return Put(convention.reference, content, frozenset({convention.enterprise_id}))


def frozen_amendment(amendment: Amendment) -> Put:
    """An amendment as proposed."""
    content = {**content_of(amendment), "state": str(amendment.state), "agreed": bool(amendment.agreed_by)}
    title = f"{amendment.convention.reference} · {amendment.number}"
    return Put(title, content, frozenset({amendment.convention.enterprise_id}))


def hands_of_amendment(amendment: Amendment) -> frozenset[str]:
    """Who had a hand in an amendment: they do not decide on it."""
    return frozenset(filter(None, (amendment.proposed_by, amendment.agreed_by)))


def conventions_to_enter() -> QuerySet[Convention]:
    """Conventions that the firm has signed and that wait for the State."""
    signed = Signature.objects.filter(convention=OuterRef("pk"), side=Side.FIRM, digest=OuterRef("terms_digest"))
    rows = Convention.objects.filter(Exists(signed), state=ConventionState.PROPOSED)
    return rows.select_related("enterprise").order_by("touched_at", "pk")
