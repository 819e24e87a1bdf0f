"""Indicators of training: those who graduated, as training bodies tell it here, by year or since the start."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from minassa.steering.indicators.catalogue import Break, Frequency, Source, Unit, indicator
from minassa.vocabulary.statuses import Status

SHEETS: Final = _("Feuilles de cohortes remises par les organismes de formation")
AT_LEAST: Final = Break(
    _("Un minimum : tous les organismes ne remettent pas leurs cohortes ici, et une cohorte sans nombre n'y est pas."),
    Status.INFERRED,
)
SCHOOLS: Final = Break(
    _("Aucun texte lu ne dit quels organismes sont les « établissements » : universités et OFPPT, supposés."),
    Status.ASSUMED,
)
OF_TRAINING: Final[dict[str, Any]] = {
    "group": "training",
    "unit": Unit.COUNT,
    "frequency": Frequency.YEAR,
    "source": Source.TRAINING,
    "origin": SHEETS,
    "owner": "mtnra",
}


@indicator(
    label=_("Diplômés, par an"),
    definition=_("Diplômés des cohortes qui finissent dans l'année, tous organismes."),
    status=Status.INFERRED,
    breaks=(AT_LEAST,),
    **OF_TRAINING,
)
def trained_year(graduated: int) -> int:
    """Graduates of cohorts that end in the year."""
    return graduated


@indicator(
    label=_("Diplômés des établissements, par an"),
    definition=_("Diplômés des universités et de l'OFPPT dont la cohorte finit dans l'année."),
    status=Status.ASSUMED,
    breaks=(SCHOOLS, AT_LEAST),
    sums=("university", "ofppt"),
    **OF_TRAINING,
)
def trained_schools_year(university: int, ofppt: int) -> int:
    """Graduates of universities and of OFPPT."""
    return university + ofppt


@indicator(
    label=_("Diplômés des universités, par an"),
    definition=_("Diplômés des universités dont la cohorte finit dans l'année."),
    status=Status.INFERRED,
    breaks=(AT_LEAST,),
    sums=("university",),
    **OF_TRAINING,
)
def trained_universities_year(university: int) -> int:
    """Graduates of universities."""
    return university


@indicator(
    label=_("Reconvertis, par an"),
    definition=_("Diplômés des cohortes de reconversion qui finissent dans l'année."),
    status=Status.INFERRED,
    breaks=(AT_LEAST,),
    sums=("reconversion",),
    **OF_TRAINING,
)
def reconverted_year(reconversion: int) -> int:
    """Graduates of cohorts of reconversion."""
    return reconversion


@indicator(
    label=_("Formés par JobInTech, depuis le début"),
    definition=_("Diplômés des cohortes JobInTech, ajoutés depuis la première remise ici."),
    status=Status.INFERRED,
    breaks=(AT_LEAST,),
    sums=("jobintech",),
    **{**OF_TRAINING, "frequency": Frequency.TOTAL},
)
def trained_jobintech(jobintech: int) -> int:
    """Graduates of JobInTech, added up."""
    return jobintech
