"""The yearly accounts: one row for a firm and a fiscal year."""

from __future__ import annotations

from minassa.declarations.kinds import YEARLY_ACCOUNTS
from minassa.declarations.tabular.forms import Column, Form, Kind

_LAYOUT = "Dirhams, deux décimales au plus, point ou virgule ; sans signe"
_SIGNED = "Dirhams, deux décimales au plus, point ou virgule ; négatif permis"


def _amount(heading: str, name: str, meaning: str, reason: str, used_by: str, *, signed: bool, example: str) -> Column:
    kind, layout = (Kind.SIGNED_AMOUNT, _SIGNED) if signed else (Kind.AMOUNT, _LAYOUT)
    return Column(heading, name, kind, meaning, layout, reason, used_by, True, examples=(example,), width=22)  # noqa: FBT003


ACCOUNTS_FORM = Form(
    YEARLY_ACCOUNTS,
    "CPT",
    "Comptes annuels",
    r"COMPTES_(?P<affiliation>[0-9]{7})_(?P<period>[0-9]{4})\.",
    "COMPTES_9900003_2025",
    (
        Column(
            "affiliation",
            "affiliation",
            Kind.NUMBER,
            "Numéro d'affiliation de l'entreprise à la CNSS",
            "7 chiffres",
            "Relier les comptes à l'entreprise",
            "Toutes les aides",
            required=True,
            digits=7,
            examples=("9900003",),
        ),
        Column(
            "identifiant_fiscal",
            "fiscal_id",
            Kind.NUMBER,
            "Identifiant fiscal (IF)",
            "1 à 8 chiffres",
            "Relier les comptes aux déclarations à la DGI",
            "Toutes les aides",
            required=True,
            digits=8,
            examples=("99000003",),
        ),
        Column(
            "exercice_du",
            "opens_on",
            Kind.DAY,
            "Premier jour de l'exercice",
            "AAAA-MM-JJ ou JJ/MM/AAAA",
            "Dater les comptes",
            "AIS, conditions d'éligibilité",
            required=True,
            examples=("2025-01-01",),
        ),
        Column(
            "exercice_au",
            "closes_on",
            Kind.DAY,
            "Dernier jour de l'exercice",
            "AAAA-MM-JJ ou JJ/MM/AAAA",
            "Dater les comptes : l'année de clôture donne son nom à l'exercice",
            "AIS, conditions d'éligibilité",
            required=True,
            examples=("2025-12-31",),
        ),
        _amount(
            "chiffre_affaires",
            "turnover_year",
            "Chiffre d'affaires hors taxes de l'exercice",
            "Mesurer la part exportée",
            "Conditions d'éligibilité",
            signed=False,
            example="12500000.00",
        ),
        _amount(
            "chiffre_affaires_export_devises",
            "export_turnover_year",
            "Part du chiffre d'affaires exportée et encaissée en devises",
            "Mesurer la part exportée",
            "Conditions d'éligibilité",
            signed=False,
            example="10750000.00",
        ),
        _amount(
            "resultat_fiscal",
            "taxable_profit_year",
            "Résultat fiscal de l'exercice (négatif pour un déficit)",
            "Calculer l'impôt sur les sociétés pris en charge",
            "AIS",
            signed=True,
            example="1400000.00",
        ),
        _amount(
            "impot_societes",
            "corporate_tax_year",
            "Impôt sur les sociétés dû au titre de l'exercice",
            "Calculer l'impôt sur les sociétés pris en charge",
            "AIS",
            signed=False,
            example="280000.00",
        ),
        _amount(
            "valeur_ajoutee",
            "value_added_year",
            "Valeur ajoutée de l'exercice",
            "Suivre la valeur créée par emploi",
            "PAE",
            signed=True,
            example="8200000.00",
        ),
        _amount(
            "depenses_formation",
            "training_spend_year",
            "Dépenses de formation de l'exercice",
            "Suivre l'effort de formation",
            "Aucune aide à ce jour ; statistiques publiées",
            signed=False,
            example="150000.00",
        ),
    ),
)
