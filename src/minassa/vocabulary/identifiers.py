"""Identifiers of firms and people: their shape, their control key, and numbers built with a valid key.

A wrong shape is a reason to reject; a wrong key only a warning, since real numbers were seen that break the published
rules. The messages never quote the number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray
from stdnum.iso7064 import mod_97_10
from stdnum.ma import ice

NO_IMMATRICULATION: Final = 0
"""`000000000`: the person has no CNSS number yet, the CIN takes its place."""
CASUAL_IMMATRICULATION: Final = 999_999_999
"""`999999999`: casual labour, nobody in particular."""
FORBIDDEN_IMMATRICULATION: Final = 100_000_000
"""`100000000`: its key holds, and CNSS refuses it all the same."""

_AFFILIATION_DIGITS = 7
_IMMATRICULATION_DIGITS = 9
_ICE_DIGITS = 15
_RIB_DIGITS = 24
_IBAN_COUNTRY = "MA"
_IBAN_LENGTH = 28
_MODULUS = 97
_SEPARATORS = re.compile(r"[\s.\-]+")
_CIN_USUAL = re.compile(r"[A-Z]{1,2}[0-9]{1,6}")
_CIN_LOOSE = re.compile(r"(?=.{2,8}$)[A-Z]{0,3}[0-9]{1,7}[A-Z]?")


@dataclass(frozen=True, slots=True)
class IdentifierFinding:
    """What is wrong with an identifier: how serious, a stable code, a sentence in French without the number."""

    severity: Literal["reject", "warn"]
    code: str
    message: str


def compact(text: str) -> str:
    """Return an identifier in capitals without spaces, dots or hyphens: the form under which it is compared."""
    return _SEPARATORS.sub("", text).upper()


def compact_ice(text: str) -> str:
    """Return an ICE without separators, its lost leading zeros put back (15 digits)."""
    return ice.format(compact(text))


def _reject(code: str, message: str) -> tuple[IdentifierFinding, ...]:
    return (IdentifierFinding("reject", code, message),)


def _warn(code: str, message: str) -> tuple[IdentifierFinding, ...]:
    return (IdentifierFinding("warn", code, message),)


def _is_number(text: str, shortest: int, longest: int) -> bool:
    return text.isascii() and text.isdigit() and shortest <= len(text) <= longest


def check_ice(text: str) -> tuple[IdentifierFinding, ...]:
    """Check an ICE: 15 digits once left-padded, the whole divisible by 97 (python-stdnum)."""
    if not _is_number(compact(text), 1, _ICE_DIGITS) or not int(compact(text)):
        return _reject("ice-shape", "L'ICE compte 15 chiffres : recopiez-le du certificat, zéros de tête compris.")
    if not ice.is_valid(compact_ice(text)):
        return _warn("ice-key", "Les deux derniers chiffres de l'ICE ne correspondent pas aux treize premiers.")
    return ()


def check_fiscal_id(text: str) -> tuple[IdentifierFinding, ...]:
    """Check an identifiant fiscal (IF): 1 to 8 digits; no key is published."""
    if not _is_number(compact(text), 1, 8):
        return _reject("if-shape", "L'identifiant fiscal compte 1 à 8 chiffres, sans lettre.")
    return ()


def check_rc(text: str) -> tuple[IdentifierFinding, ...]:
    """Check a number of the trade register (RC): digits only; it is unique only together with its court."""
    if not _is_number(compact(text), 1, 9):
        return _reject("rc-shape", "Le numéro du registre de commerce ne contient que des chiffres, 9 au plus.")
    return ()


def check_affiliation(text: str) -> tuple[IdentifierFinding, ...]:
    """Check a CNSS affiliation number (employer): 7 digits; its key warns only, recent firms break it."""
    number = compact(text)
    if not _is_number(number, _AFFILIATION_DIGITS, _AFFILIATION_DIGITS) or not int(number):
        return _reject("affiliation-shape", "Le numéro d'affiliation à la CNSS compte 7 chiffres.")
    if affiliation_with_key(int(number[:-1])) != int(number):
        return _warn("affiliation-key", "Le dernier chiffre du numéro d'affiliation ne correspond pas aux premiers.")
    return ()


def check_immatriculation(text: str) -> tuple[IdentifierFinding, ...]:
    """Check a CNSS immatriculation number (person): 9 digits, the first one 1; the key warns only.

    `000000000` (no number yet) and `999999999` (casual labour) are accepted, `100000000` is rejected.
    """
    number = compact(text)
    if not _is_number(number, _IMMATRICULATION_DIGITS, _IMMATRICULATION_DIGITS):
        return _reject("immatriculation-shape", "Le numéro d'immatriculation à la CNSS compte 9 chiffres.")
    if int(number) == FORBIDDEN_IMMATRICULATION:
        return _reject("immatriculation-forbidden", "Le numéro 100000000 est refusé par la CNSS.")
    if int(number) in {NO_IMMATRICULATION, CASUAL_IMMATRICULATION}:
        return ()
    if number[0] != "1":
        return _warn("immatriculation-first-digit", "Un numéro d'immatriculation à la CNSS commence par 1.")
    if immatriculation_with_key(int(number[:-1])) != int(number):
        return _warn(
            "immatriculation-key", "Le dernier chiffre du numéro d'immatriculation ne correspond pas aux premiers."
        )
    return ()


def check_cin(text: str) -> tuple[IdentifierFinding, ...]:
    """Check a national identity card number (CIN): 1 or 2 letters then up to 6 digits; no key exists.

    Rarer shapes that fit the 8 columns of the CNSS file only warn.
    """
    number = compact(text)
    if _CIN_USUAL.fullmatch(number):
        return ()
    if _CIN_LOOSE.fullmatch(number):
        return _warn("cin-unusual", "Numéro de CIN de forme inhabituelle : 1 ou 2 lettres puis 5 ou 6 chiffres.")
    return _reject("cin-shape", "Le numéro de CIN compte 1 ou 2 lettres puis 5 ou 6 chiffres.")


def check_rib(text: str) -> tuple[IdentifierFinding, ...]:
    """Check a bank account (RIB): 24 digits (bank 3, town 3, account 16, key 2), the whole divisible by 97."""
    number = compact(text)
    if not _is_number(number, _RIB_DIGITS, _RIB_DIGITS) or not int(number):
        return _reject("rib-shape", "Le RIB compte 24 chiffres.")
    if int(number) % _MODULUS:
        return _reject("rib-key", "La clé du RIB est fausse : un chiffre a été mal recopié.")
    return ()


def rib_with_key(first22: int) -> str:
    """Return the RIB of 24 digits whose first 22 are given; ValueError when they are more.

    The key is 97 less the remainder of the number of 22 digits, followed by two zeros, by 97: so that the whole is
    divisible by 97. Not read in a text of Bank Al-Maghrib: told alike by several pages of banks (press).
    """
    body = f"{first22:022d}"
    if not _is_number(body, _RIB_DIGITS - 2, _RIB_DIGITS - 2):
        message = "Un RIB commence par 22 chiffres."
        raise ValueError(message)
    return f"{body}{_MODULUS - first22 * 100 % _MODULUS:02d}"


def check_iban(text: str) -> tuple[IdentifierFinding, ...]:
    """Check a Moroccan IBAN: MA, two control digits (ISO 13616, python-stdnum), then a RIB whose own key holds."""
    number = compact(text)
    rib = number[4:]
    if len(number) != _IBAN_LENGTH or not number.startswith(_IBAN_COUNTRY) or not _is_number(number[2:], 26, 26):
        return _reject("iban-shape", "L'IBAN marocain compte MA suivi de 26 chiffres, dont le RIB.")
    if not mod_97_10.is_valid(number[4:] + number[:4]):
        return _reject("iban-key", "La clé de l'IBAN est fausse : un chiffre a été mal recopié.")
    return check_rib(rib)


def iban_of_rib(rib: str) -> str:
    """Return the IBAN of a RIB of 24 digits whose key holds; ValueError for anything else."""
    if check_rib(rib):
        message = "Un IBAN se calcule sur un RIB juste."
        raise ValueError(message)
    number = compact(rib)
    return f"{_IBAN_COUNTRY}{mod_97_10.calc_check_digits(number + _IBAN_COUNTRY)}{number}"


def ice_with_key(first13: int) -> str:
    """Return the ICE of 15 digits whose first 13 are given; ValueError when they are more."""
    body = f"{first13:013d}"
    if not _is_number(body, 13, 13):
        message = "Un ICE commence par 13 chiffres."
        raise ValueError(message)
    return f"{body}{_MODULUS - first13 * 100 % _MODULUS:02d}"


def affiliation_with_key(first6: int) -> int:
    """Return the 7-digit affiliation number whose first 6 digits are given; ValueError when they are more."""
    return int(affiliations_with_key(np.array([first6], dtype=np.int64))[0])


def immatriculation_with_key(first8: int) -> int:
    """Return the 9-digit immatriculation number whose first 8 digits are given; ValueError when they are more."""
    return int(immatriculations_with_key(np.array([first8], dtype=np.int64))[0])


def affiliations_with_key(first6: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the 7-digit affiliation numbers whose first 6 digits are given; ValueError when they are more."""
    _refuse_longer(first6, 6)
    # c1 c2 c3 c4 c5 c6: the even ranks count twice, the odd ones once.
    doubled = _digit(first6, 5) + _digit(first6, 3) + _digit(first6, 1)
    single = _digit(first6, 6) + _digit(first6, 4) + _digit(first6, 2)
    numbers: NDArray[np.int64] = first6 * 10 + (10 - (2 * doubled + single) % 10) % 10
    return numbers


def immatriculations_with_key(first8: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the 9-digit immatriculation numbers whose first 8 digits are given; ValueError when they are more."""
    _refuse_longer(first8, 8)
    # c1 ... c8: c1 is left out of the sum.
    doubled = _digit(first8, 7) + _digit(first8, 5) + _digit(first8, 3) + _digit(first8, 1)
    single = _digit(first8, 6) + _digit(first8, 4) + _digit(first8, 2)
    numbers: NDArray[np.int64] = first8 * 10 + (10 - (2 * doubled + single) % 10) % 10
    return numbers


def affiliation_key_holds(numbers: NDArray[np.integer[Any]]) -> NDArray[np.bool_]:
    """Tell for each number whether it is an affiliation of at most 7 digits, above 0, whose key holds."""
    numbers = numbers.astype(np.int64)
    known = (numbers > 0) & (numbers < 10**_AFFILIATION_DIGITS)
    body = np.where(known, numbers, 0) // 10
    holds: NDArray[np.bool_] = known & (affiliations_with_key(body) == numbers)
    return holds


def immatriculation_key_holds(numbers: NDArray[np.integer[Any]]) -> NDArray[np.bool_]:
    """Tell for each number whether it is an immatriculation of 9 digits, the first one 1, whose key holds.

    The special numbers 0 and 999999999 have no key: False. For 100000000 the key holds: refuse it apart.
    """
    numbers = numbers.astype(np.int64)
    known = (numbers >= 10**8) & (numbers < 2 * 10**8)
    body = np.where(known, numbers, 10**8) // 10
    holds: NDArray[np.bool_] = known & (immatriculations_with_key(body) == numbers)
    return holds


def _digit(numbers: NDArray[np.int64], place: int) -> NDArray[np.int64]:
    """Return the digit at a place counted from the right, 1 for the units."""
    digits: NDArray[np.int64] = numbers // 10 ** (place - 1) % 10
    return digits


def _refuse_longer(numbers: NDArray[np.int64], digits: int) -> None:
    if np.any((numbers < 0) | (numbers >= 10**digits)):
        message = f"Le numéro sans sa clé compte {digits} chiffres."
        raise ValueError(message)
