"""Ventures in words: stages, markets, where jobs come from; what their forms tell, read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from babel import Locale
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minassa.steering.ventures.jobs import Origin
from minassa.ventures.public import COUNTRIES, Saying, VentureError, stages
from minassa.web.public.pages import language

ORIGINS: Final = {
    Origin.DECLARED: gettext_lazy("selon les déclarations à la CNSS"),
    Origin.CLAIMED: gettext_lazy("selon l'entreprise"),
    Origin.WITHHELD: gettext_lazy("déclarés à la CNSS, non montrés ici"),
    Origin.UNKNOWN: gettext_lazy("non dits"),
}
KINDS: Final = {
    "venture.registered": gettext_lazy("inscription"),
    "venture.claimed": gettext_lazy("nouveau dire"),
    "venture.funded": gettext_lazy("fonds levés"),
    "venture.consent": gettext_lazy("consentement"),
    "venture.closed": gettext_lazy("fermeture"),
    "venture.checked": gettext_lazy("dire vérifié"),
    "venture.refused": gettext_lazy("dire refusé"),
}


def stage_words(code: str) -> str:
    """The name of a stage in the language of the page."""
    return str(getattr(stages()[code].names, language()))


def country(code: str) -> str:
    """The name of a country in the language of the page."""
    return str(Locale(language()).territories.get(code, code))


def countries() -> list[tuple[str, str]]:
    """Every country, by its name."""
    return sorted(((code, country(code)) for code in COUNTRIES), key=lambda pair: pair[1])


def markets_words(codes: Iterable[str]) -> str:
    """Countries in one line."""
    return ("، " if language() == "ar" else ", ").join(country(code) for code in codes)


def day_of(text: str) -> date | None:
    """The day that a form tells, None for none; VentureError for anything else."""
    if not text.strip():
        return None
    try:
        found = parse_date(text.strip())
    except ValueError:
        found = None
    if found is None:
        raise VentureError(_("Dites le jour, par exemple 2026-12-31."))
    return found


def saying_of(post: Mapping[str, str], markets: Iterable[str]) -> Saying:
    """What the form of a claim tells; VentureError for what cannot be read."""
    jobs = post.get("jobs", "").strip()
    if jobs and not (jobs.isascii() and jobs.isdecimal() and len(jobs) < 10):  # noqa: PLR2004 (no longer number)
        raise VentureError(_("Le nombre d'emplois est un nombre entier."))
    return Saying(
        stage=post.get("stage", ""),
        product=post.get("product", ""),
        markets=tuple(markets),
        jobs=int(jobs) if jobs else None,
        jobs_on=day_of(post.get("jobs_on", "")),
        source=post.get("source", ""),
    )
