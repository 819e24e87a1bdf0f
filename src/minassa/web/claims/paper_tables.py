"""The tables of a claim on paper: conditions and reasons with their codes, then a row per employee."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.utils.translation import gettext as _

from minassa.claims.models import Claim
from minassa.claims.public import Explained, reasons
from minassa.entitlements.amounts import person_text
from minassa.vocabulary.periods import format_month
from minassa.vocabulary.statuses import Status, label
from minassa.vocabulary.texts import article, text
from minassa.web.claims.law import Condition, amount_texts
from minassa.web.writing import count, digits, isolated

STATUSES: Final = tuple(Status)
"""By rank: what a claim and its lines keep of the law."""
_NOTHING: Final = "—"


@dataclass(frozen=True)
class ClaimRead:
    """A claim with its lines, read once. `left_out`: numbers of the lines that a decision left out."""

    claim: Claim
    language: str
    lines: Sequence[Explained]
    conditions: Sequence[Condition]
    left_out: frozenset[int]

    @cached_property
    def reason_codes(self) -> dict[str, str]:
        """The code of each kind of reason that some line has (`P1`), in the order in which reasons are listed."""
        found = {kind for line in self.lines for kind in line.reasons}
        return {kind: f"P{rank}" for rank, kind in enumerate((k for k in reasons() if k in found), start=1)}


def section(
    heading: str,
    headers: list[str],
    rows: list[list[str]],
    *,
    numeric: Sequence[int] = (),
    widths: Sequence[int] = (),
    dense: bool = False,
) -> dict[str, Any] | None:
    """A section with a table; None when it has no row."""
    if not rows:
        return None
    table: dict[str, Any] = {"headers": headers, "rows": rows, "numeric": list(numeric), "dense": dense}
    if widths:
        table["widths"] = list(widths)
    return {"heading": heading, "paragraphs": [], "table": table}


def status_words(status: Status | None, language: str) -> str:
    """The word of a legal status; a dash when it is not known."""
    return label(status, language) if status is not None else _NOTHING


def citations(given: Sequence[str]) -> str:
    """Citations as they are written in tables, each kept from left to right."""
    return ", ".join(isolated(one) for one in given) or _NOTHING


def conditions_table(read: ClaimRead) -> dict[str, Any] | None:
    """Each condition in words, how sure it is, on which text, on how many lines it does not hold."""
    unmet = Counter(name for line in read.lines for name, holds in line.conditions.items() if not holds)
    rows = [
        [
            isolated(one.code),
            one.words if one.required else _("%(condition)s (non exigée)") % {"condition": one.words},
            status_words(one.status, read.language),
            citations(one.texts),
            isolated(count(unmet[one.name])),
        ]
        for one in read.conditions
    ]
    headers = [_("Code"), _("Condition"), _("Certitude"), _("Textes"), _("Lignes où elle manque")]
    return section(_("Conditions"), headers, rows, numeric=[4], widths=[2, 10, 4, 9, 4])


def reasons_table(read: ClaimRead) -> dict[str, Any] | None:
    """What is worth a look, in words, and on how many lines; it decides of nothing."""
    counted = Counter(kind for line in read.lines for kind in line.reasons)
    rows = [
        [isolated(code), getattr(reasons()[kind], read.language), isolated(count(counted[kind]))]
        for kind, code in read.reason_codes.items()
    ]
    found = section(_("Points à regarder"), [_("Code"), _("Point"), _("Lignes")], rows, numeric=[2], widths=[2, 16, 3])
    return found and {
        **found,
        "paragraphs": [_("Ces points attirent l'attention ; aucun ne refuse rien par lui-même.")],
    }


def lines_table(read: ClaimRead) -> dict[str, Any] | None:
    """A row per employee, by its pseudonym, conditions and reasons by their codes."""
    codes = {one.name: one.code for one in read.conditions}
    rows = [_line(read, line, codes) for line in read.lines]
    headers = [
        _("Salarié"),
        _("Embauche"),
        _("Début"),
        _("Montant (DH)"),
        _("Statut"),
        _("Conditions non remplies"),
        _("Points"),
        _("Remarque"),
    ]
    return section(_("Lignes"), headers, rows, numeric=[3], widths=[13, 7, 7, 11, 8, 10, 8, 9], dense=True)


def _line(read: ClaimRead, line: Explained, codes: dict[str, str]) -> list[str]:
    row = line.line
    missed = [codes[name] for name, holds in line.conditions.items() if not holds]
    pointed = [read.reason_codes[kind] for kind in line.reasons]
    return [
        isolated(person_text(row.person)),
        isolated(format_month(row.hired_month)) if row.hired_month else _NOTHING,
        isolated(format_month(row.period_start)),
        isolated(digits(row.amount_cents, read.language)),
        status_words(STATUSES[row.status], read.language),
        isolated(", ".join(missed)) if missed else _NOTHING,
        isolated(", ".join(pointed)) if pointed else _NOTHING,
        _("écartée") if row.pk in read.left_out else _("provisoire") if row.provisional else "",
    ]


def texts_table(read: ClaimRead) -> dict[str, Any] | None:
    """The texts cited, by their title, with how sure the reading of each is."""
    cited = [*amount_texts(read.claim), *(each for one in read.conditions for each in one.texts)]
    rows = [
        [isolated(citation), _titled(citation), status_words(text(citation).confidence, read.language)]
        for citation in dict.fromkeys(cited)
    ]
    return section(_("Textes cités"), [_("Citation"), _("Texte"), _("Lecture")], rows, widths=[5, 9, 2])


def _titled(citation: str) -> str:
    place = article(citation)
    return f"{text(citation).title} ({place})" if place else text(citation).title
