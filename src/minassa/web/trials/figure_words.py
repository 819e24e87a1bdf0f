"""What each figure of the offer is, in the words of its description, to be translated."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FIGURES: Final[dict[str, str | Promise]] = {
    "air_prorated_to_export": _("L'AIR est due à proportion du chiffre d'affaires exporté en devises"),
    "air_register_required": _("L'employé doit figurer au registre du personnel de l'entreprise pour l'AIR"),
    "ais_ceiling_rate": _(
        "Part du bénéfice à l'export au-delà de laquelle l'État prend en charge l'impôt sur les "
        "sociétés (anciens régimes)"
    ),
    "ais_covered_rate": _("Part de l'impôt sur les sociétés, à l'export, que l'État prend en charge"),
    "exempt_years": _("Nombre de premiers exercices exonérés d'impôt sur les sociétés"),
    "pae_ceiling": _("Plafond de la prime à l'emploi (0 : sans plafond)"),
    "pae_moroccan_required": _("La PAE est réservée aux recrues de nationalité marocaine"),
    "pae_net_creation_required": _("La PAE exige que l'effectif dépasse celui de juin 2025"),
    "pae_open_ended_contract_required": _("La PAE est réservée aux contrats à durée indéterminée"),
    "pae_rate": _("Part du revenu brut imposable de référence versée en prime à l'emploi"),
    "pae_register_required": _("L'employé doit figurer au registre du personnel de l'entreprise pour la PAE"),
    "pae_rehires_excluded": _("Une personne réembauchée n'ouvre pas droit à la PAE"),
    "pae_replacements_excluded": _("Le remplacement d'un partant n'ouvre pas droit à la PAE"),
    "pae_skills_rising_required": _("La PAE exige que la part des emplois qualifiés augmente"),
    "pae_stay_months": _("Nombre de mois en poste, déclarés à la CNSS, à partir duquel la prime à l'emploi est due"),
    "pae_transfers_excluded": _("Une recrue venue d'une entreprise liée n'ouvre pas droit à la PAE"),
    "pae_value_added_rising_required": _("La PAE exige que la valeur ajoutée augmente"),
    "paf_first_hiring_month": _(
        "Premier mois d'embauche d'une nouvelle recrue (juillet 2025, écrit année × 12 + mois - 1)"
    ),
    "paf_moroccan_required": _("La PAF est réservée aux recrues de nationalité marocaine"),
    "paf_rate": _("Part du revenu brut imposable versée en prime à la formation"),
    "paf_register_required": _("L'employé doit figurer au registre du personnel de l'entreprise pour la PAF"),
    "paf_rehires_excluded": _("Une personne réembauchée n'ouvre pas droit à la PAF"),
    "paf_transfers_excluded": _("Une recrue venue d'une entreprise liée n'ouvre pas droit à la PAF"),
    "paf_window_months": _("Nombre de premiers mois en poste couverts par la prime à la formation"),
    "new_hires_exclude_rehires": _("Les réembauches ne comptent pas parmi les emplois nouveaux"),
    "new_hires_exclude_replacements": _("Les remplacements ne comptent pas parmi les emplois nouveaux"),
    "new_hires_exclude_transfers": _("Les transferts au sein d'un groupe ne comptent pas parmi les emplois nouveaux"),
    "certificate_age_max": _("Âge maximal des attestations fiscale et sociale à la fin de l'exercice"),
    "eligibility_accounts_required": _("Des comptes doivent avoir été déposés"),
    "eligibility_export_share_required": _("La part minimale d'exportation est exigée"),
    "eligibility_listed_activity_required": _("L'activité doit figurer à l'annexe 1"),
    "eligibility_social_certificate_required": _("Une attestation de la CNSS récente est exigée"),
    "eligibility_tax_certificate_required": _("Une attestation fiscale récente est exigée"),
    "export_share_from_year": _(
        "Rang de l'exercice, depuis le début d'activité ou l'installation, à partir duquel la part minimale est exigée"
    ),
    "export_share_min": _("Part minimale du chiffre d'affaires exportée en devises"),
    "latest_circular": _("Millésime de la dernière circulaire émise"),
    "air_cap": _(
        "Part du revenu brut imposable au-delà de laquelle l'État prend en charge l'impôt sur le "
        "revenu, par lieu de travail"
    ),
    "air_excludes_aided_months": _(
        "L'AIR n'est pas due pour les mois où une autre aide publique porte sur le même salaire"
    ),
    "pae_excludes_aided_jobs": _(
        "La PAE n'est pas due pour un emploi qu'une autre aide publique a soutenu pendant ses 18 premiers mois"
    ),
    "paf_excludes_aided_months": _(
        "La PAF n'est pas due pour les mois où une autre aide publique porte sur le même salaire"
    ),
    "family_deduction": _("Déduction annuelle sur l'impôt par personne à charge"),
    "family_deduction_dependants_max": _("Nombre de personnes à charge au plus"),
    "income_tax_scale": _("Barème annuel de l'impôt sur le revenu (seuil en centimes, taux en points de base)"),
    "professional_expenses_ceiling": _("Plafond annuel des frais professionnels"),
    "professional_expenses_high_income_rate": _(
        "Taux des frais professionnels au-dessus du seuil de revenu, dans la limite du plafond"
    ),
    "professional_expenses_low_income_rate": _("Taux des frais professionnels jusqu'au seuil de revenu"),
    "professional_expenses_rate": _("Taux unique des frais professionnels, quel que soit le revenu"),
    "professional_expenses_threshold": _(
        "Revenu brut imposable annuel jusqu'auquel s'applique le taux le plus élevé de frais professionnels"
    ),
    "withheld_tax_bounds": _("L'impôt compté ne dépasse pas l'impôt retenu, une fois l'état annuel déposé"),
    "amo_employee_rate": _("Part salariale de l'assurance maladie obligatoire (AMO), sur tout le salaire"),
    "cnss_long_term_employee_rate": _(
        "Part salariale des prestations à long terme de la CNSS (pension), sur le salaire plafonné"
    ),
    "cnss_short_term_employee_rate": _(
        "Part salariale des prestations à court terme de la CNSS (maladie-maternité, décès, perte "
        "d'emploi), sur le salaire plafonné"
    ),
}
"""By the name of a figure; a figure that has no words here yet is told in French."""
