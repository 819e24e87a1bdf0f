"""The two sheets that training bodies fill in: cohorts (numbers), graduates (who may be met with declarations)."""

from __future__ import annotations

from typing import Final

from minassa.declarations.tabular import Column, Form, Kind
from minassa.vocabulary.filieres import FILIERE_CODES

_FILIERES: Final = {code: int(filiere) for code, filiere in FILIERE_CODES.items()}
COHORT: Final = ("provider", "programme", "cohort")
"""The three names that a cohort is known by."""
PROVIDERS: Final = {
    "OFPPT": "ofppt",
    "UNIVERSITE": "university",
    "JOBINTECH": "jobintech",
    "CODE212": "code212",
    "TALENT-FACTORY": "talent_factory",
    "ALTERNANCE": "alternance",
    "RECONVERSION": "reconversion",
    "AUTRE": "other",
}
GROUNDS: Final = {"CONSENTEMENT": "consent", "LOI": "law", "AUCUN": "none"}
REGIONS: Final = {f"{number:02d}": number for number in range(1, 13)}
COUNTS: Final = ("seats", "enrolled", "present", "graduated", "dropped_out", "placed")
_EMPTY_WHEN_UNKNOWN: Final = "Nombre entier ; laissez vide si vous ne le savez pas, n'écrivez pas 0"
_KEY: Final = "Lettres, chiffres et traits d'union, sans espace"


def _text(heading: str, name: str, meaning: str, layout: str, example: str, *, required: bool = True) -> Column:
    use = "Suivi de la formation"
    return Column(heading, name, Kind.TEXT, meaning, layout, "Nommer la cohorte", use, required, examples=(example,))


def _count(heading: str, name: str, meaning: str, example: str) -> Column:
    use = "Offre et demande de compétences"
    return Column(
        heading, name, Kind.NUMBER, meaning, _EMPTY_WHEN_UNKNOWN, "Suivre les places", use, examples=(example,)
    )


def _month(heading: str, name: str, meaning: str, example: str) -> Column:
    use = "Suivi de la formation"
    return Column(
        heading, name, Kind.MONTH, meaning, "AAAA-MM", "Dater la cohorte", use, required=True, examples=(example,)
    )


def _code(heading: str, name: str, meaning: str, codes: dict[str, int] | dict[str, str], example: str) -> Column:
    layout, use = ", ".join(codes), "Offre et demande de compétences"
    return Column(
        heading,
        name,
        Kind.CODE,
        meaning,
        layout,
        "Classer la cohorte",
        use,
        required=True,
        codes=codes,
        examples=(example,),
    )


_NAMED: Final = (
    _text("organisme", "provider", "Code de l'organisme de formation", _KEY, "organisme-fictif"),
    _text("programme", "programme", "Code du programme", _KEY, "dev-web"),
    _text("cohorte", "cohort", "Code de la cohorte", _KEY, "2026-S1"),
)
COHORT_FORM: Final = Form(
    "cohorts",
    "COH",
    "Cohortes de formation",
    r"(?P<affiliation>)COHORTES",
    "COHORTES_organisme",
    (
        *_NAMED,
        _text("intitule", "title", "Intitulé du programme", "Texte libre", "Développement web (exemple)"),
        _code("type", "kind", "Type d'organisme", PROVIDERS, "OFPPT"),
        _code("filiere", "filiere", "Filière visée", _FILIERES, "ITO"),
        _code("region", "region", "Région, numéro du HCP", REGIONS, "06"),
        _month("debut", "starts_month", "Premier mois de la formation", "2026-01"),
        _month("fin", "ends_month", "Dernier mois de la formation", "2026-06"),
        _count("places", "seats", "Places ouvertes", "30"),
        _count("inscrits", "enrolled", "Personnes inscrites", "28"),
        _count("presents", "present", "Personnes présentes aujourd'hui", "26"),
        _count("diplomes", "graduated", "Personnes diplômées", "22"),
        _count("abandons", "dropped_out", "Abandons", "4"),
        _count("places_en_emploi", "placed", "Insérées, selon l'organisme", "15"),
        _text("source", "source", "D'où viennent ces nombres", "Texte libre", "Exemple inventé"),
    ),
)
GRADUATE_FORM: Final = Form(
    "graduates",
    "DIP",
    "Diplômés d'une cohorte",
    r"(?P<affiliation>)DIPLOMES",
    "DIPLOMES_organisme",
    (
        *_NAMED,
        Column(
            "num_cnss",
            "number",
            Kind.NUMBER,
            "Numéro d'immatriculation à la CNSS",
            "9 chiffres ; vide s'il n'y en a pas (la CIN est alors obligatoire)",
            "Rencontrer les déclarations ; remplacé aussitôt par un pseudonyme",
            "Insertion mesurée",
            examples=("199000003",),
        ),
        Column(
            "cin",
            "cin",
            Kind.TEXT,
            "Carte nationale d'identité",
            "1 ou 2 lettres puis 5 ou 6 chiffres ; vide si num_cnss est rempli",
            "Rencontrer les déclarations ; remplacée aussitôt par un pseudonyme",
            "Insertion mesurée",
            examples=("",),
        ),
        _month("diplome_le", "graduated_month", "Mois du diplôme", "2026-06"),
        _code("fondement", "ground", "Ce qui permet de suivre la personne (loi 09-08)", GROUNDS, "CONSENTEMENT"),
    ),
)
