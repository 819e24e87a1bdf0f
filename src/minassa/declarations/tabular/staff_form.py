"""The staff register: the columns that a firm fills in, one row for each stay of a person in post."""

from __future__ import annotations

from minassa.declarations.kinds import STAFF_REGISTER
from minassa.declarations.tabular.forms import Column, Form, Kind
from minassa.vocabulary.filieres import Filiere

SEXES = {"F": 1, "M": 2}
CONTRACTS = {"CDI": 1, "CDD": 2, "INSERTION": 3, "DETACHEMENT": 4, "AUTRE": 9}
FILIERES = {("AUCUNE" if filiere is Filiere.NONE else filiere.name): int(filiere) for filiere in Filiere}
LEVELS = {str(level): level for level in range(1, 9)}
OTHER_AIDS = {code: code for code in ("TAHFIZ", "IDMAJ", "AWRACH", "CHARTE", "REGION")}
_COUNTRIES = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ "
    "CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FK FM FO "
    "FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE "
    "JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO "
    "MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW "
    "PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM "
    "TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW"
)
COUNTRIES = {code: code for code in _COUNTRIES.split(" ")}
"""ISO 3166-1 alpha-2, but for the territories that are no nationality."""

_EVERYBODY = "AIR, PAE et PAF : sans cette ligne, la personne n'ouvre droit à rien"
_NONE = "Aucune aide ; statistiques publiées"

STAFF_FORM = Form(
    STAFF_REGISTER,
    "REG",
    "Registre du personnel",
    r"REGISTRE_(?P<affiliation>[0-9]{7})_(?P<period>[0-9]{6})\.",
    "REGISTRE_9900003_202512",
    (
        Column(
            "num_cnss",
            "person",
            Kind.NUMBER,
            "Numéro d'immatriculation de la personne à la CNSS",
            "9 chiffres ; vide si elle n'en a pas encore (la CIN est alors obligatoire)",
            "Relier la personne aux déclarations à la CNSS et à la DGI",
            _EVERYBODY,
            examples=("199000003", "199000011"),
        ),
        Column(
            "cin",
            "cin",
            Kind.TEXT,
            "Numéro de la carte nationale d'identité (ou de la carte de séjour)",
            "1 ou 2 lettres puis 5 ou 6 chiffres ; vide si num_cnss est rempli",
            "Reconnaître une personne qui n'a pas encore de numéro CNSS",
            _EVERYBODY,
            examples=("QZ000001", "QZ000002"),
        ),
        Column(
            "nom",
            "family_name",
            Kind.NAME,
            "Nom de famille",
            "Texte libre",
            "Vous permettre de relire votre fichier ; n'est ni lu ni gardé",
            "Aucune",
            examples=("EXEMPLE", "EXEMPLE"),
        ),
        Column(
            "prenom",
            "given_name",
            Kind.NAME,
            "Prénom",
            "Texte libre",
            "Vous permettre de relire votre fichier ; n'est ni lu ni gardé",
            "Aucune",
            examples=("FICTIVE", "FICTIF"),
        ),
        Column(
            "sexe",
            "sex",
            Kind.CODE,
            "Sexe",
            "F ou M ; vide si non communiqué",
            "Mesurer l'accès des femmes aux emplois aidés",
            _NONE,
            codes=SEXES,
            examples=("F", "M"),
            width=8,
        ),
        Column(
            "annee_naissance",
            "birth_year",
            Kind.NUMBER,
            "Année de naissance",
            "4 chiffres ; vide si non communiquée",
            "Mesurer l'accès des jeunes aux emplois aidés",
            _NONE,
            digits=4,
            examples=("1998", "1990"),
        ),
        Column(
            "nationalite",
            "nationality",
            Kind.CODE,
            "Nationalité",
            "2 lettres (ISO 3166) ; MA = marocaine",
            "Les primes à l'emploi et à la formation visent les personnes de nationalité marocaine",
            "PAE et PAF",
            required=True,
            codes=COUNTRIES,
            examples=("MA", "MA"),
            width=12,
        ),
        Column(
            "contrat",
            "contract",
            Kind.CODE,
            "Contrat de travail",
            "CDI, CDD, INSERTION (contrat d'insertion ANAPEC), DETACHEMENT ou AUTRE",
            "La prime à l'emploi vise les contrats sans limite de durée",
            "PAE",
            required=True,
            codes=CONTRACTS,
            examples=("CDI", "CDD"),
            width=14,
        ),
        Column(
            "date_embauche",
            "hired_on",
            Kind.DAY,
            "Premier jour en poste",
            "AAAA-MM-JJ ou JJ/MM/AAAA",
            "Dater le droit, et compter les mois en poste",
            "AIR, PAE et PAF",
            required=True,
            examples=("2025-09-01", "2024-03-04"),
        ),
        Column(
            "date_sortie",
            "left_on",
            Kind.DAY,
            "Dernier jour en poste",
            "AAAA-MM-JJ ou JJ/MM/AAAA ; vide si la personne est en poste",
            "Compter les emplois gardés et les départs remplacés",
            "PAE et PAF",
            examples=("", "2025-11-30"),
        ),
        Column(
            "etablissement",
            "establishment",
            Kind.NUMBER,
            "Établissement où la personne travaille",
            "Numéro de 1 à 9999, le même que dans la fiche de l'entreprise",
            "Le lieu de travail change le plafond d'impôt pris en charge",
            "AIR",
            required=True,
            digits=4,
            examples=("0001", "0001"),
        ),
        Column(
            "filiere",
            "filiere",
            Kind.CODE,
            "Filière du poste",
            "ITO, CRM, BPO, ESO, KPO ou AUCUNE",
            "L'offre vise cinq filières",
            "AIR, PAE et PAF",
            required=True,
            codes=FILIERES,
            examples=("ITO", "CRM"),
            width=10,
        ),
        Column(
            "intitule_poste",
            "job_title",
            Kind.TEXT,
            "Intitulé du poste",
            "Texte libre, sans nom de personne",
            "Reconnaître qu'un poste vacant a été repourvu",
            "PAE",
            examples=("Développeuse", "Téléconseiller"),
            width=28,
        ),
        Column(
            "niveau_qualification",
            "qualification",
            Kind.CODE,
            "Niveau de qualification du poste, selon le Cadre national des certifications",
            "1 à 8 ; vide si non classé",
            "Suivre la part des emplois qualifiés de l'entreprise",
            "PAE",
            codes=LEVELS,
            examples=("6", "4"),
        ),
        Column(
            "autre_aide",
            "other_aid",
            Kind.CODE,
            "Autre aide publique sur le même salaire",
            "TAHFIZ, IDMAJ, AWRACH, CHARTE ou REGION ; vide s'il n'y en a pas",
            "Deux aides ne portent pas sur le même salaire le même mois",
            "Règles de cumul de toutes les aides",
            codes=OTHER_AIDS,
            examples=("", "TAHFIZ"),
        ),
        Column(
            "autre_aide_fin",
            "other_aid_until_month",
            Kind.MONTH,
            "Dernier mois de l'autre aide",
            "AAAA-MM ; vide s'il n'y en a pas",
            "Savoir à partir de quand l'offre peut prendre la suite",
            "Règles de cumul de toutes les aides",
            examples=("", "2025-06"),
        ),
    ),
)
