"""Indicators of jobs: declared, net, new, kept, and who holds them."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from minassa.steering.indicators.catalogue import Break, Frequency, Unit, indicator, share
from minassa.vocabulary.statuses import Status

CNSS: Final = _("Déclarations de salaires à la CNSS (e-BDS), fichiers en vigueur")
REGISTER: Final = _("Registres du personnel, joints aux déclarations à la CNSS")
DECLARED: Final = Break(
    _("Le programme compte des « emplois directs stables » sans dire comment : les emplois déclarés s'y comparent."),
    Status.INFERRED,
)
BASELINES: Final = Break(
    _("Fin 2023, deux bases se contredisent : 140 000 emplois (arithmétique des objectifs), 141 000 (la ministre)."),
    Status.PRESS,
    "https://mre.news/blog/le-gouvernement-cree-1-800-nouveaux-emplois-dans-le-domaine-de-la-numerisation",
)
JUNE: Final = Break(_("La base est juin 2025, dernier mois avant l'offre : aucun texte lu ne la fixe."), Status.ASSUMED)
KNOWN: Final = Break(
    _("Ne compte que les personnes dont le registre dit le sexe ou l'année de naissance."), Status.INFERRED
)
YOUNG: Final = Break(
    _("Aucun texte lu ne dit jusqu'à quel âge on est jeune : moins de 30 ans dans l'année."), Status.ASSUMED
)
MAIN_PLACE: Final = Break(
    _("Une entreprise compte là où travaille la plus grande part de son personnel."), Status.INFERRED
)


@indicator(
    label=_("Emplois déclarés"),
    definition=_("Personnes déclarées à la CNSS dans le mois, payées ou en absence couverte."),
    group="jobs",
    unit=Unit.JOBS,
    origin=CNSS,
    owner="cnss",
    status=Status.INFERRED,
    breaks=(DECLARED, BASELINES),
)
def declared_jobs(headcount: int) -> int:
    """People declared at the end of the month."""
    return headcount


@indicator(
    label=_("Emplois nets depuis juin 2025"),
    definition=_("Emplois déclarés à la fin du mois, moins ceux de juin 2025 dans les mêmes entreprises."),
    group="jobs",
    unit=Unit.JOBS,
    origin=CNSS,
    owner="cnss",
    status=Status.ASSUMED,
    breaks=(JUNE, DECLARED, BASELINES),
)
def net_jobs(net_jobs: int) -> int:
    """The headcount less that of June 2025."""
    return net_jobs


@indicator(
    label=_("Emplois nouveaux du mois"),
    definition=_("Embauches du mois qui ne sont ni transferts dans un groupe, ni réembauches, ni remplacements."),
    group="jobs",
    unit=Unit.JOBS,
    origin=CNSS,
    owner="cnss",
    status=Status.ASSUMED,
)
def new_jobs_month(new_jobs: int) -> int:
    """Hires of the month that are new jobs."""
    return new_jobs


@indicator(
    label=_("Emplois nouveaux depuis juin 2025"),
    definition=_("Emplois nouveaux de chaque mois, ajoutés depuis juillet 2025."),
    group="jobs",
    unit=Unit.JOBS,
    frequency=Frequency.SINCE,
    origin=CNSS,
    owner="cnss",
    status=Status.ASSUMED,
    breaks=(JUNE,),
)
def new_jobs_since(new_jobs: int) -> int:
    """Hires that are new jobs, since July 2025."""
    return new_jobs


@indicator(
    label=_("Emplois nouveaux maintenus"),
    definition=_("Recrues nouvelles depuis juillet 2025 qui ont passé dix-huit mois en poste et y sont encore."),
    group="jobs",
    unit=Unit.JOBS,
    origin=CNSS,
    owner="cnss",
    status=Status.PRESS,
    breaks=(JUNE,),
)
def kept_jobs(kept_jobs: int) -> int:
    """New recruits past their 18th month and still in post."""
    return kept_jobs


@indicator(
    label=_("Départs du mois"),
    definition=_("Personnes qui ne sont plus déclarées par l'entreprise depuis ce mois."),
    group="jobs",
    unit=Unit.JOBS,
    origin=CNSS,
    owner="cnss",
    status=Status.INFERRED,
    falls=True,
)
def leavers_month(leavers: int) -> int:
    """People whose spell ended in the month before."""
    return leavers


@indicator(
    label=_("Part des femmes"),
    definition=_("Femmes en poste sur les personnes en poste dont le registre dit le sexe."),
    group="people",
    unit=Unit.BASIS_POINTS,
    origin=REGISTER,
    owner="cnss",
    status=Status.INFERRED,
    breaks=(KNOWN,),
    persons="known_sex",
)
def women_share(women: int, known_sex: int) -> int | None:
    """Women in post, of those whose sex is known."""
    return share(women, known_sex)


@indicator(
    label=_("Part des jeunes"),
    definition=_("Personnes en poste de moins de 30 ans, sur celles dont le registre dit l'année de naissance."),
    group="people",
    unit=Unit.BASIS_POINTS,
    origin=REGISTER,
    owner="cnss",
    status=Status.ASSUMED,
    breaks=(YOUNG, KNOWN),
    persons="known_age",
)
def young_share(young: int, known_age: int) -> int | None:
    """The young in post, of those whose year of birth is known."""
    return share(young, known_age)


@indicator(
    label=_("Part des régions"),
    definition=_("Emplois déclarés hors des P2I, dans les douze régions, sur tous les emplois déclarés."),
    group="people",
    unit=Unit.BASIS_POINTS,
    origin=CNSS,
    owner="cnss",
    status=Status.INFERRED,
    breaks=(MAIN_PLACE,),
)
def regions_share(regions_headcount: int, headcount: int) -> int | None:
    """Jobs outside any P2I."""
    return share(regions_headcount, headcount)
