"""Amounts, numbers, dates and durations as people read them in French, Arabic and English: plain text.

Groups are parted by U+202F and signed numbers are isolated, so that a line of Arabic around them does not turn them
round. Pages wrap the same words in markup, PDF documents print them as they are.
"""

from __future__ import annotations

import datetime as dt
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, get_day_names

from minassa.vocabulary.money import Cents, format_dirhams

CASABLANCA: Final = ZoneInfo("Africa/Casablanca")
LOCALES: Final = {"fr": "fr_MA", "ar": "ar_MA", "en": "en_GB"}
"""Which conventions of writing each language of the platform follows: Arabic months are Morocco's (غشت، شتنبر)."""

_UNITS: Final = {"fr": "DH", "ar": "درهم", "en": "MAD"}
_DECIMAL: Final = {"fr": ",", "ar": ",", "en": "."}
_GROUP: Final = "\N{NARROW NO-BREAK SPACE}"
_MINUS: Final = "\N{MINUS SIGN}"
_STEPS: Final = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))
_WORDS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "fr": {
        "day": ("jour", "jours"),
        "hour": ("heure", "heures"),
        "minute": ("minute", "minutes"),
        "second": ("seconde", "secondes"),
    },
    "en": {
        "day": ("day", "days"),
        "hour": ("hour", "hours"),
        "minute": ("minute", "minutes"),
        "second": ("second", "seconds"),
    },
    "ar": {
        "day": ("يوم واحد", "يومان", "أيام", "يوما", "يوم"),
        "hour": ("ساعة واحدة", "ساعتان", "ساعات", "ساعة", "ساعة"),
        "minute": ("دقيقة واحدة", "دقيقتان", "دقائق", "دقيقة", "دقيقة"),
        "second": ("ثانية واحدة", "ثانيتان", "ثوان", "ثانية", "ثانية"),
    },
}
"""Arabic counts one and two by the word alone, three to ten by the plural, eleven to ninety-nine by the accusative
singular, whole hundreds by the singular."""


def isolated(text: str) -> str:
    """The text between U+2066 and U+2069: read from left to right whatever stands around it."""
    return f"\N{LEFT-TO-RIGHT ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"


def digest_groups(digest: str) -> str:
    """A digest in groups of eight, isolated, so that it can be read, and wrap."""
    return isolated(" ".join(digest[start : start + 8] for start in range(0, len(digest), 8)))


def digits(cents: Cents, language: str = "fr") -> str:
    """An amount in dirhams with two decimals, without its unit and without isolation."""
    return format_dirhams(cents, unit=False).replace(",", _DECIMAL[language])


def unit(language: str = "fr") -> str:
    """The short name of the dirham: `DH`, `درهم`, `MAD`."""
    return _UNITS[language]


def money(cents: Cents, language: str = "fr") -> str:
    """An amount with its unit, isolated: the digits keep their order in a line of Arabic."""
    return f"{isolated(digits(cents, language))}\N{NO-BREAK SPACE}{unit(language)}"


def count(number: int) -> str:
    """A whole number in groups of three digits, without isolation."""
    sign = _MINUS if number < 0 else ""
    return sign + f"{abs(number):,d}".replace(",", _GROUP)


def percent(basis_points: int, language: str = "fr") -> str:
    """A rate in basis points (1/10,000) as a percentage with at most two decimals, without isolation."""
    whole, hundredths = divmod(abs(basis_points), 100)
    decimals = f"{hundredths:02d}".rstrip("0")
    sign = _MINUS if basis_points < 0 else ""
    number = count(whole) + (_DECIMAL[language] + decimals if decimals else "")
    return f"{sign}{number}{'' if language == 'en' else _GROUP}%"


def day(value: dt.date, language: str = "fr") -> str:
    """A day in words: `23 novembre 2026`, `1er décembre 2026`; an instant is taken as the day it is in Morocco."""
    moment = value.astimezone(CASABLANCA).date() if isinstance(value, dt.datetime) else value
    written = str(format_date(moment, "d MMMM y", locale=LOCALES[language]))
    # The calendar of French that is read here knows no ordinal, and French counts the first day of a month so.
    return written.replace("1 ", "1er ", 1) if language == "fr" and moment.day == 1 else written


def month(value: dt.date, language: str = "fr") -> str:
    """The month of a day in words: `novembre 2026`."""
    return str(format_date(value, "MMMM y", locale=LOCALES[language]))


def weekdays(language: str = "fr") -> list[tuple[str, str]]:
    """The days of a week from Monday, each short and whole: `(lun., lundi)`."""
    short, whole = (get_day_names(width, locale=LOCALES[language]) for width in ("abbreviated", "wide"))
    return [(str(short[number]), str(whole[number])) for number in range(7)]


def when(instant: dt.datetime, language: str = "fr") -> str:
    """An instant in words, in Morocco's time: `23 novembre 2026 à 07:03`."""
    clock = format_datetime(instant, "HH:mm", tzinfo=CASABLANCA, locale=LOCALES[language])
    join = {"fr": " à ", "ar": "، ", "en": ", "}[language]
    return f"{day(instant, language)}{join}{clock}"


def span(seconds: int, language: str = "fr") -> str:
    """A duration in its two largest units: `3 jours 4 heures`; nothing shorter than a second."""
    rest, parts = abs(int(seconds)), list[str]()
    for name, size in _STEPS:
        amount, rest = divmod(rest, size)
        if amount:
            parts.append(_counted(amount, name, language))
        if len(parts) == 2 or (parts and not amount):  # noqa: PLR2004
            break
    return (" و" if language == "ar" else " ").join(parts) or _counted(0, "second", language)


def _counted(amount: int, name: str, language: str) -> str:
    forms: tuple[str, ...] = _WORDS[language][name]
    if language != "ar":
        alone = amount <= 1 if language == "fr" else amount == 1
        return f"{count(amount)}\N{NO-BREAK SPACE}{forms[0 if alone else 1]}"
    if amount in {1, 2}:
        return forms[amount - 1]
    hundredth = amount % 100
    form = forms[4] if hundredth <= 2 else forms[2] if hundredth <= 10 else forms[3]  # noqa: PLR2004
    return f"{count(amount)}\N{NO-BREAK SPACE}{form}"
