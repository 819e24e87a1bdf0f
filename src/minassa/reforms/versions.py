"""The offer in force: that of the code, with every version that a committee adopted laid over it, in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

import yaml
from django.db.models import QuerySet

from minassa.engine import Offer, Reform, read_reform, reform
from minassa.engine.figures import SourceEntry
from minassa.offer.loading import codes, load_offer
from minassa.reforms.version_models import Version
from minassa.vocabulary.statuses import Status

TEXT: Final = "decision-comite"
"""The text of the register that a figure set by a committee cites; its article is the item of the session."""


def offer_in_force() -> Offer:
    """The offer as computations of now use it. What was computed before keeps the offer that its run recorded."""
    return _made(tuple(Version.objects.order_by("number").values_list("pk", flat=True)))


def offer_with(digest: str) -> Offer | None:
    """The offer of this program with that digest, as any of its versions left it; None when it holds no such offer."""
    if load_offer().digest == digest:
        return load_offer()
    numbers = tuple(Version.objects.order_by("number").values_list("pk", flat=True))
    made = (_made(numbers[:count]) for count in range(len(numbers), 0, -1))
    return next((offer for offer in made if offer.digest == digest), None)


def versions() -> QuerySet[Version]:
    """The versions of the offer that committees made, the latest first."""
    return Version.objects.order_by("-number")


def changed_since(at: datetime | None) -> bool:
    """Whether a committee changed the offer after an instant; None: ever."""
    found = Version.objects.all() if at is None else Version.objects.filter(enacted_at__gt=at)
    return found.exists()


@lru_cache(maxsize=8)
def _made(numbers: Sequence[int]) -> Offer:
    """Made once for each list of versions: rows of versions never change."""
    offer = load_offer()
    for one in Version.objects.filter(pk__in=numbers).order_by("number"):
        offer = enacted(offer, one.name, one.effective_on, one.patch, one.sitting)
    return offer


def enacted(offer: Offer, name: str, effective_on: date, patch: Mapping[str, Any], sitting: str) -> Offer:
    """The offer with a decision laid over it: values from a day on, whose status and source are that decision.

    InvalidReform when the offer cannot bear it.
    """
    document = {"name": name, "starts": effective_on, **patch}
    read = read_reform(_yaml(document), codes())
    source = SourceEntry(text=TEXT, article=sitting, note=f"Décidé en séance : {name}")
    return reform(offer, Reform(read.entry, read.codes, Status.OFFICIAL, source))


def _yaml(document: Mapping[str, Any]) -> str:
    return yaml.safe_dump(dict(document), allow_unicode=True, sort_keys=True)
