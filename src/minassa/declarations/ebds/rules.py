"""Every rule an e-BDS file is checked against: its code, what breaking it does, and where it comes from.

The first number of a code is that of the rule in the specification as we know it (00 for the physical format).
``tests`` hold this table equal to the one of the package's README.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from minassa.declarations.findings import Severity


class Effect(StrEnum):
    """What happens when the rule is broken."""

    REFUSE = "refuse"
    """A structural reject: nothing of the file takes effect."""
    REJECT = "reject"
    """The line is left out; the others stay."""
    WARN = "warn"
    """Said, and nothing is left out."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: stable code, effect, what must hold (French), origin."""

    code: str
    effect: Effect
    holds: str
    origin: str

    @property
    def severity(self) -> Severity:
        """The severity of its findings."""
        return Severity.WARN if self.effect is Effect.WARN else Severity.REJECT

    @property
    def refuses(self) -> bool:
        """Whether breaking it refuses the whole file."""
        return self.effect is Effect.REFUSE


SPECIFICATION = "cahier des charges e-BDS"
PRACTICE = "usage des logiciels de paie"
OURS = "choix de Minassa"

_REFUSE, _REJECT, _WARN = Effect.REFUSE, Effect.REJECT, Effect.WARN


def _rule(code: str, effect: Effect, holds: str, origin: str = SPECIFICATION) -> Rule:
    rule = Rule(f"EBDS-{code}", effect, holds, origin)
    RULES[rule.code] = rule
    return rule


RULES: dict[str, Rule] = {}
"""The rules by code, in the order of the README."""

EMPTY = _rule("00-EMPTY", _REFUSE, "le fichier n'est pas vide", OURS)
FOREIGN = _rule("00-FOREIGN", _REFUSE, "le fichier est un fichier e-BDS", OURS)
UTF16 = _rule("00-UTF16", _REFUSE, "un caractère tient sur un octet")
BYTE_ORDER_MARK = _rule("00-BOM", _WARN, "le fichier commence par son premier enregistrement", OURS)
NAME_FORM = _rule("00-NAME-FORM", _WARN, "le nom du fichier suit la convention AFFEBDS_, DS_ ou DSCn_", PRACTICE)
NAME = _rule("00-NAME", _WARN, "le nom du fichier dit la même chose que son contenu", PRACTICE)
LINE_ENDS = _rule("00-LINE-ENDS", _WARN, "toutes les lignes finissent de la même façon (LF ou CRLF)", PRACTICE)
BLANK_LINES = _rule("00-BLANK-LINES", _WARN, "rien ne suit le dernier enregistrement", PRACTICE)
DIGITS = _rule("00-DIGITS", _REJECT, "un champ de type N d'une ligne de salarié ne contient que des chiffres")
HEADER_DIGITS = _rule(
    "00-HEADER-DIGITS", _REFUSE, "un champ de type N d'un en-tête ou total ne contient que des chiffres"
)
DATE = _rule("00-DATE", _WARN, "une date est écrite AAAAMMJJ")
CHARACTER = _rule("00-CHARACTER", _WARN, "un champ AN ne contient que A-Z, 0-9, espace et tabulation")
NON_ASCII = _rule("00-NON-ASCII", _WARN, "un champ AN ne contient aucun octet hors ASCII (ni accent, ni UTF-8)")
FILLER = _rule("00-FILLER", _WARN, "la fin d'un enregistrement est faite d'espaces")

LENGTH = _rule("01-LENGTH", _REFUSE, "une ligne compte 260 caractères")
TRUNCATED = _rule("01-TRUNCATED", _REFUSE, "la dernière ligne n'est pas coupée")
TYPE = _rule("01-TYPE", _REFUSE, "le type d'enregistrement existe et appartient à cette sorte de fichier")
ORDER = _rule("01-ORDER", _REFUSE, "les enregistrements se suivent dans l'ordre prévu")
DOUBLED = _rule("01-DOUBLED", _REFUSE, "le fichier ne contient qu'une déclaration (un seul en-tête)")
END = _rule("01-END", _REFUSE, "le fichier va jusqu'à son dernier enregistrement (A03, B06 ou E06)")
LABEL = _rule("01-CATEGORY", _REFUSE, "L_Cat vaut A0, B0 ou E1 à E9 selon le fichier")
EMPTY_E02 = _rule("01-E02", _REFUSE, "l'enregistrement E02 d'une complémentaire ne désigne personne et ne déclare rien")

AFFILIATION = _rule("02-AFFILIATION", _REFUSE, "toutes les lignes portent le numéro d'affilié de l'en-tête")
NO_AFFILIATION = _rule("02-E04-AFFILIATION", _WARN, "un enregistrement E04 porte le numéro d'affilié", PRACTICE)
PERIOD = _rule("02-PERIOD", _REFUSE, "toutes les lignes portent la période de l'en-tête")
MONTH = _rule("02-MONTH", _REFUSE, "la période de l'en-tête est un mois AAAAMM", OURS)

TRANSFER = _rule("03-TRANSFER", _REFUSE, "l'identifiant de transfert est celui du préétabli, quand il est connu")
EMPLOYER = _rule("03-EMPLOYER", _WARN, "l'en-tête B01 recopie l'en-tête A01 du préétabli")
NO_REFERENCE = _rule("03-REFERENCE", _WARN, "le préétabli fourni pour ce mois est lisible", OURS)

DUPLICATE = _rule("04-DUPLICATE", _REJECT, "une personne ne figure qu'une fois (numéro, ou CIN sans numéro)")
UNANNOUNCED = _rule("04-UNANNOUNCED", _REJECT, "un assuré B02 figure au préétabli, quand il est connu")
UNANSWERED = _rule("04-UNANSWERED", _REFUSE, "chaque assuré du préétabli a sa ligne B02, quand il est connu")
CHANGED = _rule("04-CHANGED", _WARN, "nom, enfants et allocations d'un B02 sont ceux du préétabli")
UNSORTED = _rule("04-UNSORTED", _WARN, "les lignes vont par numéro d'immatriculation croissant")

DAYS = _rule("05-DAYS", _REJECT, "au plus 26 jours déclarés")
CAPPED = _rule("06-CAPPED", _REJECT, "le salaire plafonné ne dépasse pas le salaire réel")
CEILING = _rule("06-CEILING", _REJECT, "le salaire plafonné ne dépasse pas le plafond du mois (sauf occasionnels)")
NO_CEILING = _rule("06-NO-FIGURE", _WARN, "le plafond est connu pour la période", OURS)
IDLE = _rule("07-IDLE", _REJECT, "un assuré en situation ordinaire a des jours et des salaires")
IDLE_ENTRANT = _rule("07-ENTRANT", _WARN, "un entrant a des jours et des salaires", OURS)
SITUATION = _rule("08-SITUATION", _REJECT, "la situation est un code connu")
NIL = _rule("08-NIL", _REJECT, "CS, MS et MP : jours et salaires à zéro")
GONE = _rule("08-GONE", _WARN, "SO et DE : jours et salaires à zéro", PRACTICE)
PAID_BACK = _rule("09-PAID-BACK", _REJECT, "les allocations à reverser ne dépassent pas le net")
PAID_BACK_GONE = _rule("09-GONE", _REJECT, "SO et DE : les allocations à reverser égalent le net")
NET = _rule("09-NET", _WARN, "allocations nettes = à payer moins à déduire")
MINIMUM_WAGE = _rule("10-SMIG", _WARN, "le salaire dépasse SMIG / 26 × (jours - 1)")
NO_MINIMUM_WAGE = _rule("10-NO-FIGURE", _WARN, "le SMIG est connu pour la période", OURS)
NO_CIN = _rule("11-CIN", _REJECT, "un entrant sans numéro a une CIN")
CIN_SHAPE = _rule("11-CIN-SHAPE", _WARN, "la CIN d'un entrant sans numéro a la forme d'une CIN", OURS)
NO_NAME = _rule("11-NAME", _REJECT, "un entrant a un nom (sauf occasionnels)")
PLACEHOLDER = _rule("11-PLACEHOLDER", _REJECT, "l'enregistrement « aucun entrant » ne porte rien d'autre", PRACTICE)
AFFILIATION_KEY = _rule("12-AFFILIATION-KEY", _WARN, "la clé du numéro d'affilié est juste")
KEY = _rule("12-KEY", _WARN, "la clé du numéro d'immatriculation est juste")
FORBIDDEN = _rule("13-FORBIDDEN", _REJECT, "100000000 n'est pas un numéro d'immatriculation")
NO_NUMBER = _rule("13-NO-NUMBER", _REJECT, "un assuré A02 ou B02 a un numéro d'immatriculation")
CHECKSUM = _rule("14-CHECKSUM", _REJECT, "S_Ctr est la somme des champs de la ligne")
TOTALS = _rule("14-TOTALS", _REFUSE, "un total est la somme des lignes qui le précèdent")
GRAND_TOTALS = _rule("14-GRAND-TOTALS", _REFUSE, "B06 = B03 + B05 (E06 = E03 + E05)")
