"""What firms say beside what the model projects, by occupation group and group of regions, with what it means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from minassa.outlook.disclosure.parameters import control
from minassa.steering.gaps.kept import latest_gaps
from minassa.surveys.public import regions_of_groups
from minassa.surveys.tabulating import CROSS
from minassa.talent.survey.compared import Projected, Verdict, coverage, projected, verdict
from minassa.talent.survey.forms import Form
from minassa.vocabulary.periods import format_month
from minassa.web.cases.showing import language
from minassa.web.surveys.following import words_of

ABOUT: Final = "group_hard"
"""Hires that are hard to fill: what firms know of what will lack."""
MEANT: Final = {
    Verdict.AGREE: _("Les deux intervalles se rejoignent : rien ne contredit le modèle."),
    Verdict.FIRMS_ABOVE: _(
        "Au-delà des deux intervalles, les entreprises disent plus de recrutements difficiles que le modèle ne projette"
        " de manque : il sous-estime le besoin, ou compte des candidats qui ne conviennent pas."
    ),
    Verdict.MODEL_ABOVE: _(
        "Au-delà des deux intervalles, le modèle projette plus de manque que les entreprises n'en disent : il"
        " surestime le besoin, ou elles renoncent à recruter."
    ),
}
SHORT: Final = {
    Verdict.AGREE: _("d'accord"),
    Verdict.FIRMS_ABOVE: _("les entreprises au-dessus"),
    Verdict.MODEL_ABOVE: _("le modèle au-dessus"),
}


def comparison(form: Form, content: Mapping[str, Any]) -> dict[str, Any]:
    """What the page of results sets side by side; nothing where the survey does not ask it, or no gap is projected."""
    told = [row for row in (*content["rows"], *content.get("crossed", ())) if row["question"] == ABOUT]
    vintage = latest_gaps(settings.MINASSA_HOME)
    if not told or vintage is None or vintage.cube is None:
        return {"compared": [], "compared_waits": bool(told)}
    groups = regions_of_groups()
    everywhere = [one for regions in groups.values() for one in regions]
    fewest = control().fewest_persons.value
    lines = []
    for row in sorted(told, key=lambda row: (row["row"].partition(CROSS)[0], CROSS in row["row"], row["row"])):
        group, _bar, region = row["row"].partition(CROSS)
        model = projected(vintage.cube, group, groups[region] if region else everywhere, fewest)
        name = form.questions[row["table"]].label_of(group, language())
        lines.append(_line(row, name, words_of("region_group", region) if region else "", model))
    said = {line["verdict"] for line in lines}
    return {
        "compared": lines,
        "coverage": coverage(),
        "model_until": format_month(vintage.cube["month"].sort().to_list()[0]),
        "meant": [(SHORT[one], MEANT[one]) for one in Verdict if one in said],
    }


def _line(row: Mapping[str, Any], name: str, region: str, model: Projected | None) -> dict[str, Any]:
    """A row of the comparison. A cell that the survey withholds stays so, and is compared to nothing."""
    line: dict[str, Any] = {"name": name, "region": region, "hidden": bool(row["hidden"]), "verdict": None}
    if not row["hidden"]:
        line |= {key: round(row[key]) for key in ("value", "low", "high")}
    if model is not None:
        line["model"] = {"point": round(model.point), "low": round(model.low), "high": round(model.high)}
        if not row["hidden"]:
            line["verdict"] = verdict(row["low"], row["high"], model)
            line["said"] = SHORT[line["verdict"]]
    return line
