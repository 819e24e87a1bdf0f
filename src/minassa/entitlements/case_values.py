"""What the keys of a case may hold, turned at once into what the rows hold: centimes, month indices, codes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, TypeAlias, TypeVar

from pydantic import BeforeValidator, Field, ValidationError

from minassa.vocabulary.errors import MinassaError
from minassa.vocabulary.filieres import parse_filiere
from minassa.vocabulary.money import format_dirhams, parse_dirhams
from minassa.vocabulary.periods import parse_month, year_of
from minassa.vocabulary.places import place_by_slug

T = TypeVar("T")
CONTRACTS = {"CDI": 1, "CDD": 2, "INSERTION": 3, "DETACHEMENT": 4, "AUTRE": 9}
SITUATIONS = {"SO": 1, "DE": 2, "IT": 3, "IL": 4, "AT": 5, "CS": 6, "MS": 7, "MP": 8}
EARLIEST, LATEST = 1950, 2100
"""Years between which every date of a case lies."""
LARGEST_SALARY = 10**10
"""A hundred million dirhams a month: more is a slip of the keyboard."""
LARGEST_INCOME = 12 * LARGEST_SALARY
LARGEST_ACCOUNT = 10**14
"""A thousand billion dirhams a year: more is a slip too, and would not fit in the products of the offer."""
ALWAYS = 0
"""The month from which a pay holds that is given once for all."""


def dirhams(value: object) -> int:
    """Centimes of an amount in dirhams as YAML gives it; ValueError when it is none."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise ValueError("on attend un montant en dirhams, par exemple 1234.56")  # noqa: TRY004 (pydantic's own way)
    return _said(parse_dirhams, str(value))


def due(value: object, largest: int = LARGEST_INCOME) -> int:
    """Centimes of an amount that is never below zero, nor beyond what anybody earns."""
    cents = signed(value, largest)
    if cents < 0:
        raise ValueError("le montant est négatif")
    return cents


def signed(value: object, largest: int = LARGEST_ACCOUNT) -> int:
    """Centimes of an amount that may be below zero, not beyond what any firm's accounts hold."""
    cents = dirhams(value)
    if abs(cents) > largest:
        raise ValueError(f"plus de {format_dirhams(largest)} : vérifiez le montant")
    return cents


def account(value: object) -> int:
    """Centimes of a line of accounts that is never below zero."""
    return due(value, LARGEST_ACCOUNT)


def monthly_pay(value: object) -> dict[int, int]:
    """Pay by the month from which it holds, in centimes; a single amount holds from the first day."""
    given = {ALWAYS: value} if not isinstance(value, dict) else {month(key): pay for key, pay in value.items()}
    if not given:
        raise ValueError("on attend un montant, ou au moins un mois et son montant")
    return {start: due(pay, LARGEST_SALARY) for start, pay in given.items()}


def month(value: object) -> int:
    """Index of a month written AAAA-MM; ValueError when it is none, or not within the years of a case."""
    index = _said(parse_month, str(value))
    if not EARLIEST <= year_of(index) <= LATEST:
        raise ValueError(f"le mois n'est pas entre {EARLIEST} et {LATEST}")
    return index


def slug(value: object) -> str:
    """The slug of a place that exists."""
    return _said(place_by_slug, str(value)).slug


def filiere(value: object) -> int:
    """The code of a filière."""
    return int(_said(parse_filiere, str(value)))


def code_of(codes: dict[str, int]) -> Callable[[object], int]:
    """What reads one of some codes."""

    def read(value: object) -> int:
        if not isinstance(value, str) or value not in codes:
            raise ValueError(f"attendu : {', '.join(codes)}")
        return codes[value]

    return read


def _said(parse: Callable[[str], T], text: str) -> T:
    """What a reader of the vocabulary gives; its refusal as a ValueError, to be told with the key it is about."""
    try:
        return parse(text)
    except MinassaError as error:
        raise ValueError(error.message) from error


Amount: TypeAlias = Annotated[int, BeforeValidator(due)]
AccountAmount: TypeAlias = Annotated[int, BeforeValidator(account)]
SignedAmount: TypeAlias = Annotated[int, BeforeValidator(signed)]
Month: TypeAlias = Annotated[int, BeforeValidator(month)]
Pay: TypeAlias = Annotated[dict[int, int], BeforeValidator(monthly_pay)]
Slug: TypeAlias = Annotated[str, BeforeValidator(slug)]
FiliereCode: TypeAlias = Annotated[int, BeforeValidator(filiere)]
Contract: TypeAlias = Annotated[int, BeforeValidator(code_of(CONTRACTS))]
Situation: TypeAlias = Annotated[int, BeforeValidator(code_of(SITUATIONS))]
Year: TypeAlias = Annotated[int, Field(ge=EARLIEST, le=LATEST)]

_SENTENCES = {
    "missing": "clé manquante",
    "extra_forbidden": "clé inconnue",
    "model_type": "on attend des clés et leurs valeurs",
    "dict_type": "on attend des clés et leurs valeurs",
    "list_type": "on attend une liste",
    "string_type": "on attend un texte",
    "string_too_short": "ne doit pas être vide",
    "string_pattern_mismatch": "n'a pas la forme attendue",
    "int_type": "on attend un nombre entier",
    "int_parsing": "on attend un nombre entier",
    "int_from_float": "on attend un nombre entier",
    "bool_type": "on attend true ou false",
    "bool_parsing": "on attend true ou false",
    "date_type": "on attend une date AAAA-MM-JJ",
    "date_parsing": "on attend une date AAAA-MM-JJ",
    "date_from_datetime_parsing": "on attend une date AAAA-MM-JJ",
    "date_from_datetime_inexact": "on attend une date AAAA-MM-JJ, sans heure",
    "literal_error": "attendu : {expected}",
    "greater_than_equal": "au moins {ge}",
    "less_than_equal": "au plus {le}",
    "value_error": "{error}",
}


def told(error: ValidationError) -> str:
    """Where a case departs from its format and how, in French, on one line."""
    found = error.errors(include_url=False, include_input=False)
    return " ; ".join(dict.fromkeys(f"{'.'.join(map(str, e['loc'])) or 'cas'} : {_sentence(e)}" for e in found))


def _sentence(error: Any) -> str:  # noqa: ANN401 - what pydantic says of one departure
    sentence = _SENTENCES.get(error["type"])
    return "valeur non admise" if sentence is None else sentence.format(**error.get("ctx", {}))
