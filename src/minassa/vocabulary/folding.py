"""What a text is when accents, capitals and the spellings of a letter do not count: in French and in Arabic."""

from __future__ import annotations

import unicodedata
from typing import Final

_SAME: Final = str.maketrans(
    {
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ې": "ي",
        "ک": "ك",
        "ة": "ه",
        "ۀ": "ه",
        "ە": "ه",
        "ـ": None,  # tatweel: stretches a word, is no letter
        "œ": "oe",
        "æ": "ae",
        "ø": "o",
        "đ": "d",
        "ł": "l",
        "ı": "i",
    }
)
_IGNORED: Final = frozenset({"Mn", "Me", "Cf"})


def fold(text: str) -> str:
    """The words of a text in the form under which they are searched: small letters, digits 0 to 9, single spaces.

    É is e; أ, إ, آ and ٱ are ا; ى is ي; ة is ه; tatweel, short vowels and every other sign that is neither letter nor
    digit go. Folding what is folded changes nothing.
    """
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_SAME)
    kept = (_plain(sign) for sign in spread if unicodedata.category(sign) not in _IGNORED)
    return " ".join("".join(kept).split())


def words(text: str) -> list[str]:
    """The folded words of a text, each once, in alphabetical order."""
    return sorted(set(fold(text).split()))


def _plain(sign: str) -> str:
    if not sign.isalnum():
        return " "
    digit = unicodedata.decimal(sign, None)
    return sign if digit is None else str(digit)
