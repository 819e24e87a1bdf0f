"""The numbers that carry the page, each with its date, its small trend, and where to ask why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from minassa.steering.report.certainty import CertaintySection
from minassa.steering.report.measures import MeasuresSection
from minassa.steering.report.road import RoadSection
from minassa.steering.report.wording import (
    count,
    count_text,
    month,
    parted,
    rate,
    short_money,
    short_money_text,
    signed_text,
)
from minassa.vocabulary.statuses import label

WIDTH: Final = 132
HEIGHT: Final = 34
MARGIN: Final = 3


@dataclass(frozen=True, slots=True)
class Headline:
    """One number: what it is, its value, what to know about it, its trend, and the section that tells why."""

    label: str
    value: Markup
    detail: Markup
    trend: Markup
    section: str


def headlines(road: RoadSection, money: MeasuresSection, certainty: CertaintySection) -> tuple[Headline, ...]:
    """The four numbers that decide."""
    now = road.now
    seen = month(now["month"])
    base = Markup("{} emplois à fin {}, {} en juin 2025").format(
        count(now["headcount"]), seen, count(now["headcount_base"])
    )
    if now["gap_jobs"] is not None:
        side = "sous le chemin" if now["gap_jobs"] < 0 else "au-dessus du chemin"
        base += Markup(" ; {} {} du contrat-programme").format(count(abs(now["gap_jobs"])), side)
    if now["net_jobs"] is None:
        base = Markup("Juin 2025 n’est pas dans les données")
    kept = Markup("recrues nouvelles depuis juillet 2025, encore en poste après 18 mois, à fin {}").format(seen)
    due = Markup("dont {} à titre provisoire ; {} à venir").format(
        short_money(money.provisional), short_money(money.to_come)
    )
    weakest = label(certainty.weakest) if certainty.weakest else "sans objet"
    sure = Markup("du montant dû ne repose que sur ce qui a été lu ou s’en déduit ; statut le plus faible : {}").format(
        weakest
    )
    return (
        Headline(
            "Emplois nets depuis juin 2025",
            _jobs(now["net_jobs"], signed_text),
            base,
            _trend(road, "net_jobs"),
            "route",
        ),
        Headline(
            "Emplois nouveaux maintenus",
            _jobs(now["kept_jobs"], count_text),
            kept,
            _trend(road, "kept_jobs"),
            "emplois-nets",
        ),
        Headline("Montant dû", parted(short_money_text(money.due)), due, Markup(""), "montants"),
        Headline("Certitude juridique", rate(certainty.firm_share), sure, Markup(""), "certitude"),
    )


def _jobs(number: int | None, written: Callable[[int], str]) -> Markup:
    return parted("non connus" if number is None else f"{written(number)}\N{NO-BREAK SPACE}emplois")


def _trend(road: RoadSection, column: str) -> Markup:
    return sparkline([value for value in road.national[column].to_list() if value is not None])


def sparkline(values: Sequence[int]) -> Markup:
    """A small line of a series, without axis: only its shape; what it shows is said beside it."""
    if len(values) < 2:  # noqa: PLR2004 (one point makes no line)
        return Markup("")
    low, high = min(values), max(values)
    across, up = WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN
    spread = (high - low) or 1
    points = [
        (MARGIN + across * rank / (len(values) - 1), HEIGHT - MARGIN - up * (value - low) / spread)
        for rank, value in enumerate(values)
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    x, y = points[-1]
    return Markup(
        '<svg class="trend" viewBox="0 0 {} {}" width="{}" height="{}" aria-hidden="true" focusable="false">'
        '<polyline points="{}"/><circle cx="{}" cy="{}" r="2.8"/></svg>'
    ).format(WIDTH, HEIGHT, WIDTH, HEIGHT, line, f"{x:.1f}", f"{y:.1f}")
