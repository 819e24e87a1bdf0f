"""The words of an estimate: conditions, contracts and levels, to be translated."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_ELIGIBLE = _("L'entreprise est éligible")
_REGISTER = _("La personne figure au registre du personnel")
_POST = _("Le poste relève d'une des cinq filières")
_REGIME = _("L'entreprise relève d'une circulaire déjà émise")
_AID = _("Aucune autre aide publique ne porte sur les mêmes mois")
_MOROCCAN = _("La recrue est de nationalité marocaine")
_NOT_REHIRED = _("La personne n'est pas réembauchée")
_NOT_TRANSFERRED = _("La personne ne vient pas d'une entreprise liée")
CONDITIONS: Final[dict[str, str | Promise]] = {
    "air_firm_eligible": _ELIGIBLE,
    "air_in_register": _REGISTER,
    "air_no_other_aid": _AID,
    "air_offshoring_post": _POST,
    "air_regime_joined": _REGIME,
    "air_tax_above_cap": _("L'impôt sur le revenu dépasse le plafond du lieu de travail"),
    "ais_accounts_filed": _("Les comptes de l'exercice sont déposés"),
    "ais_after_exemption": _("Les exercices exonérés d'impôt sur les sociétés sont passés"),
    "ais_firm_eligible": _ELIGIBLE,
    "ais_regime_joined": _REGIME,
    "ais_tax_above_ceiling": _("L'impôt sur les sociétés dépasse le taux plafond"),
    "ais_tax_due": _("De l'impôt sur les sociétés est dû"),
    "eligibility_accounts_known": _("Des comptes ont été déposés"),
    "eligibility_export_share": _("La part minimale du chiffre d'affaires est exportée"),
    "eligibility_listed_activity": _("L'activité figure à l'annexe 1"),
    "eligibility_social_certificate": _("L'attestation de la CNSS est récente"),
    "eligibility_tax_certificate": _("L'attestation fiscale est récente"),
    "pae_firm_eligible": _ELIGIBLE,
    "pae_in_register": _REGISTER,
    "pae_moroccan": _MOROCCAN,
    "pae_net_creation": _("L'effectif dépasse celui de juin 2025"),
    "pae_no_other_aid": _AID,
    "pae_no_replacement": _("L'embauche ne remplace pas un partant"),
    "pae_not_rehired": _NOT_REHIRED,
    "pae_not_transferred": _NOT_TRANSFERRED,
    "pae_offshoring_post": _POST,
    "pae_open_ended_contract": _("Le contrat est à durée indéterminée"),
    "pae_reference_complete": _("Les 12 premiers mois en poste sont passés"),
    "pae_skills_rising": _("La part des emplois qualifiés de l'entreprise augmente"),
    "pae_stay_reached": _("La personne est restée en poste la durée exigée"),
    "pae_value_added_rising": _("La valeur ajoutée de l'entreprise augmente"),
    "paf_firm_eligible": _ELIGIBLE,
    "paf_in_register": _REGISTER,
    "paf_moroccan": _MOROCCAN,
    "paf_new_recruit": _("La personne a été recrutée depuis l'entrée en vigueur de l'offre"),
    "paf_no_other_aid": _AID,
    "paf_not_rehired": _NOT_REHIRED,
    "paf_not_transferred": _NOT_TRANSFERRED,
    "paf_offshoring_post": _POST,
    "paf_within_window": _("La période commence dans les années couvertes par la prime"),
}
"""What each condition of the offer asks; a test says that none is left out."""
CONTRACTS: Final = (("1", _("CDI")), ("2", _("CDD")), ("3", _("Contrat d'insertion")))
NATIONALITIES: Final = (("1", _("Marocaine")), ("0", _("Autre")))
LEVELS: Final = (
    ("1", _("1 · sans diplôme")),
    ("2", _("2 · qualification de base")),
    ("3", _("3 · ouvrier ou employé qualifié")),
    ("4", _("4 · baccalauréat, technicien")),
    ("5", _("5 · bac + 2, technicien spécialisé")),
    ("6", _("6 · licence")),
    ("7", _("7 · master, ingénieur")),
    ("8", _("8 · doctorat")),
)
STATES: Final = {
    "held": (_("remplie"), "done", "action"),
    "waiting": (_("à remplir avec le temps"), "waiting", "waiting"),
    "missed": (_("non remplie"), "refused", "wrong"),
}
"""Word, icon and tone of the state of a condition."""
MEASURES: Final = {"air": _("AIR"), "ais": _("AIS"), "pae": _("PAE"), "paf": _("PAF")}
ELIGIBILITY: Final = _("Éligibilité")
