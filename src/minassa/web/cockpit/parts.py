"""The gap as tables with bars: what each flow, fate, filière or region brought, the widest bar being the largest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from minassa.steering.indicators.gap import Gap
from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.regions import regions
from minassa.vocabulary.rounding import Direction, divide
from minassa.web.claims.showing import month_words
from minassa.web.public.pages import language

HALF: Final = 90
"""Pixels of a bar on each side of zero."""
ROUNDING: Final = "minassa-default#affichage"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the change: its word, the jobs, how many firms (where counted), its bar from `x` over `width`.

    `address`: the page of the part, where it has one.
    """

    label: str
    jobs: int
    firms: int | None
    x: int
    width: int
    address: str = ""


def told_gap(gap: Gap | None) -> dict[str, Any]:
    """The gap as a template shows it."""
    if gap is None:
        return {"change": None}
    flows, fates = _flow_words(), _fate_words()
    return {
        "change": gap.change,
        "start": month_words(gap.start),
        "end": month_words(gap.end),
        "flows": _bars((flows[name], jobs, None) for name, jobs in gap.flows.items() if jobs),
        "fates": _bars((fates[name], jobs, firms) for name, (firms, jobs) in gap.fates.items() if firms),
        "filieres": _bars(
            (Filiere(row["filiere"]).label(language()), row["change"], None) for row in gap.parts["filiere"]
        ),
        "regions": _regions(row for row in gap.parts["region"] if row["change"]),
        "paces": [
            {
                "month": month_words(one.month),
                "needed": one,
                "net": round(one.net_jobs_month),
                "hires": round(one.hires_month),
                "net_now": round(one.net_jobs_month_now),
                "hires_now": round(one.hires_month_now),
                "gap": round(one.gap),
            }
            for one in gap.needed
        ],
    }


def _bars(rows: Iterable[tuple[str, int, int | None]]) -> list[Part]:
    told = list(rows)
    widest = max((abs(jobs) for _label, jobs, _firms in told), default=0) or 1
    made = []
    for label, jobs, firms in told:
        width = divide(abs(jobs) * HALF, widest, Direction.HALF_UP, ROUNDING)
        made.append(Part(label, jobs, firms, HALF - (width if jobs < 0 else 0), width))
    return made


def _regions(rows: Iterable[dict[str, Any]]) -> list[Part]:
    """The regions, each with the address of its page."""
    told = list(rows)
    bars = _bars((_region(row["region"]), row["change"], None) for row in told)
    return [
        replace(bar, address=reverse("region", args=[row["region"]]) if row["region"] else "")
        for bar, row in zip(bars, told, strict=True)
    ]


def _region(number: int) -> str:
    found = next((one for one in regions() if one.number == number), None)
    return str(getattr(found, f"name_{language()}")) if found else _("non indiquée")


def _flow_words() -> dict[str, str]:
    return {
        "new_jobs": _("emplois nouveaux"),
        "replacements": _("remplacements"),
        "rehires": _("réembauches"),
        "transfers": _("arrivées par transfert"),
        "leavers": _("départs"),
        "other": _("sans embauche ni départ déclarés"),
    }


def _fate_words() -> dict[str, str]:
    return {
        "entered": _("entreprises arrivées"),
        "closed": _("entreprises qui ne déclarent plus personne"),
        "grew": _("entreprises qui ont grandi"),
        "shrank": _("entreprises qui ont diminué"),
    }
