"""What surveys and shortage lists give to open data: rows already under control, and lists that a committee adopted.

The results of a survey are told once it is closed, as they stood then: tables of a day and of the next would give away
the firm that answered between them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

from minassa.surveys.models import Survey, Tabulation
from minassa.surveys.tabulating import CROSS, WHOLE
from minassa.talent.balance.unit_groups import unit_group_name
from minassa.visas.public import adopted_lists
from minassa.vocabulary.periods import format_month
from minassa.vocabulary.rates import BASIS_POINTS

SHARE: Final = "share"
Row = dict[str, Any]


def surveyed(today: date) -> Iterator[Row]:
    """A row for each row of the tables of each survey that is closed, withheld ones without numbers."""
    for survey in Survey.objects.filter(closes_on__lt=today).order_by("pk"):
        kept = _as_it_closed(survey)
        content: Mapping[str, Any] = kept.content if kept else {"rows": []}
        for row in (*content["rows"], *content.get("crossed", ())):
            yield _row(survey, row)


def _as_it_closed(survey: Survey) -> Tabulation | None:
    """The last tables made by the morning after the last day; answers brought later change nothing that is told."""
    by = survey.closes_on + timedelta(days=1)
    return survey.tabulations.filter(at__date__lte=by).order_by("-upto").first()


def _row(survey: Survey, row: Mapping[str, Any]) -> Row:
    key, _bar, region = str(row["row"]).partition(CROSS)
    share = row["table"] == SHARE
    scale = BASIS_POINTS if share else 1
    numbers = {
        french: None if row["hidden"] else round(row[name] * scale)
        for french, name in (("estimation", "value"), ("de", "low"), ("a", "high"))
    }
    return {
        "enquete": survey.code,
        "ouverte_du": survey.opens_on.isoformat(),
        "ouverte_au": survey.closes_on.isoformat(),
        "tableau": row["table"],
        "question": row["question"],
        "categorie": None if key == WHOLE else key,
        "regions": region or None,
        **numbers,
        "unite": "points_de_base" if share else "personnes",
        "entreprises": None if row["hidden"] else row["firms"],
        "publie": not row["hidden"],
    }


def listed() -> Iterator[Row]:
    """A row for each occupation and region of every adopted list, the last list first."""
    for one in adopted_lists():
        for entry in one.entries:
            yield {
                "liste": one.number,
                "vaut_du": one.effective_on.isoformat(),
                "citp08": entry["occupation"],
                "metier": unit_group_name(entry["occupation"], "fr"),
                "region": entry["region"],
                "douze_mois_jusqu_a": format_month(entry["month"]),
                "classe": entry["tension"],
                "manque": entry["gap"],
                "manque_bas_80": entry["low_80"],
                "manque_haut_80": entry["high_80"],
                "en_poste_avant": entry["before"],
            }
