"""The public home: the road to 130,000, what the offer gives, where it goes, and how we know. Open data beside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from babel.dates import format_date
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minassa.offer.catalogue import measure as measure_of
from minassa.outlook.projection.method import method
from minassa.outlook.targets import Scale, path
from minassa.reforms.public import offer_in_force
from minassa.steering.public import latest_figures
from minassa.vocabulary.filieres import Filiere
from minassa.vocabulary.periods import first_day, month_index, parse_month
from minassa.vocabulary.places import place_by_slug
from minassa.vocabulary.regions import region
from minassa.vocabulary.rounding import Direction, divide
from minassa.web.access import public_page
from minassa.web.public.atlas import atlas
from minassa.web.public.delays import Told, told_delays
from minassa.web.public.exports import TYPES, exported
from minassa.web.public.pages import keep, language, shown
from minassa.web.public.road import NARROW, WIDE, Road
from minassa.web.public.road import road as road_of
from minassa.web.writing import LOCALES

MEASURES: Final = ("air", "ais", "pae", "paf")
TABLES: Final = {
    "emplois": "months",
    "projection": "projection",
    "mesures": "measures",
    "regions": "regions",
    "p2i": "p2i",
    "filieres": "filieres",
}
"""Names of the tables that may be taken away, and where they stand in the published figures."""
ROUNDING: Final = "minassa-default#affichage"


@require_safe
@public_page
def home_page(request: HttpRequest) -> HttpResponse:
    """The home of everyone; it says so while no figure was computed yet."""
    figures = latest_figures(settings.MINASSA_HOME)
    context: dict[str, Any] = {"figures": figures, "cards": _cards(figures), "delays": _excerpt()}
    if figures is not None:
        context |= _told(figures)
    return keep(request, shown(request, "web/public/home.html", context))


@require_safe
@public_page
def data_file(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """A table of the published figures as a file; 404 for another name or kind, or before the first run."""
    figures = latest_figures(settings.MINASSA_HOME)
    if figures is None or name not in TABLES or kind not in TYPES:
        raise Http404
    note = _note(figures)
    return keep(request, exported(kind, f"{name}-{figures['until']}", figures[TABLES[name]], note))


def _excerpt() -> list[Told]:
    """How long whole cases take, procedure by procedure."""
    return [one for one in told_delays() if not one.body]


def _note(figures: Mapping[str, Any]) -> str:
    """What must go with invented figures wherever they are taken."""
    return _("données synthétiques : personnes, entreprises et montants inventés") if figures["synthetic"] else ""


def _told(figures: Mapping[str, Any]) -> dict[str, Any]:
    """The figures in the language of the page, and the drawings."""
    now = figures["months"][-1]
    drawn = atlas(figures)
    return {
        "now": now,
        "until": month_words(figures["until"]),
        "goal": figures["path"][-1]["jobs"],
        "left": max(0, figures["path"][-1]["jobs"] - now["headcount"]),
        "gap": abs(now["gap_jobs"] or 0),
        "late": (now["gap_jobs"] or 0) < 0,
        "stands_for": _stands_for(figures),
        "roads": [("wide", _road(figures, WIDE)), ("narrow", _road(figures, NARROW))],
        "recent": [{**row, "words": month_words(row["month"])} for row in reversed(figures["months"])][:18],
        "ahead": _ahead(figures),
        "choices": list(method().model_dump(mode="json").values()),
        "atlas": drawn,
        "legend": list(enumerate(drawn.bounds, 1)),
        "areas": [
            {"area": one, "name": getattr(one.region, f"name_{language()}"), "figures": row}
            for one, row in zip(drawn.areas, _by_number(figures), strict=True)
        ],
        "sites": [{"site": one, "name": getattr(one.place, f"name_{language()}")} for one in drawn.sites],
        "p2i": [{**row, "name": _place(row["place"])} for row in figures["p2i"]],
        "filieres": [{**row, "label": Filiere(row["filiere"]).label(language())} for row in figures["filieres"]],
        "regions": [
            {**row, "name": getattr(region(row["region"]), f"name_{language()}")} for row in figures["regions"]
        ],
        "due": figures["totals"]["due_cents"],
        "provisional": figures["totals"]["provisional_cents"],
        "statuses": figures["statuses"],
        "tables": [(name, _table_name(name)) for name in TABLES],
        "kinds": list(TYPES),
    }


def _ahead(figures: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What is projected for each December and for the last month, with the path beside."""
    rows = figures["projection"]
    kept = [row for row in rows if row["month"].endswith("-12")]
    levels = dict(path(_scale(figures)).select("month", "level_jobs").iter_rows())
    return [
        {**row, "words": month_words(row["month"]), "level_jobs": levels.get(parse_month(row["month"]))} for row in kept
    ]


def _scale(figures: Mapping[str, Any]) -> Scale:
    return Scale(figures["scale"]["jobs"], figures["scale"]["country"])


def _road(figures: Mapping[str, Any], size: tuple[int, int]) -> Road:
    return road_of(figures, size, right_to_left=language() == "ar")


def _by_number(figures: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The rows of the regions in the order of the map, which is that of their numbers."""
    return sorted(figures["regions"], key=lambda row: int(row["region"]))


def _stands_for(figures: Mapping[str, Any]) -> str:
    """How many jobs of the country one of a smaller invented one stands for, with one decimal; empty for the real."""
    scale = figures["scale"]
    if scale["jobs"] == scale["country"]:
        return ""
    tenths = divide(10 * scale["country"], scale["jobs"], Direction.HALF_UP, ROUNDING)
    return f"{tenths // 10}{'.' if language() == 'en' else ','}{tenths % 10}"


def _cards(figures: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """One card for each measure: what it is, in figures of the offer, and what is due for it."""
    due = {one["measure"]: one for one in (figures or {}).get("measures", ())}
    return [
        {"code": name, "label": getattr(measure_of(name).label, language()), "due": due.get(name), **_law()}
        for name in MEASURES
    ]


def _law() -> dict[str, Any]:
    """The figures of the offer that the cards name, as they stand this month."""
    today = timezone.localdate()
    month = month_index(today.year, today.month)
    held = {name: figure.at(month) for name, figure in offer_in_force().figures.items()}
    caps = held["air_cap"]
    values = sorted({cents for _code, cents in caps.value.entries}) if caps else []  # type: ignore[union-attr]
    names = ("ais_covered_rate", "pae_rate", "pae_stay_months", "paf_rate", "paf_window_months")
    named = {name: one.value for name in names if (one := held[name]) is not None}
    return {"cap_low": values[0] if values else None, "cap_high": values[-1] if values else None, **named}


def month_words(month: str) -> str:
    """A month in words: `juin 2027`."""
    return str(format_date(first_day(parse_month(month)), "MMMM y", locale=LOCALES[language()]))


def _place(slug: str) -> str:
    return str(getattr(place_by_slug(slug), f"name_{language()}"))


def _table_name(name: str) -> str:
    return {
        "emplois": _("Emplois, mois par mois"),
        "projection": _("Emplois projetés jusqu'à fin 2030"),
        "mesures": _("Montants par mesure"),
        "regions": _("Emplois et montants par région"),
        "p2i": _("Emplois et montants par P2I"),
        "filieres": _("Emplois et montants par filière"),
    }[name]
