"""Awards in the 360Giving data standard, with promised and verified jobs as fields of our own beside its own.

The standard asks of each grant an identifier, a title, a description, a currency, an amount, a date, who gives and who
receives. An award whose amount is not published has none to give: it stays in the other files only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

PREFIX: Final = "MA-MINASSA"
"""Ours, not registered with 360Giving."""
FUNDER: Final = {"id": "MA-GOV-OFFRE-OFFSHORING", "name": "État marocain, Offre Offshoring Maroc"}
EXTENSION: Final = "minassa:"
REQUIRED: Final = (
    *("id", "title", "description", "currency", "amountAwarded", "awardDate"),
    *("recipientOrganization", "fundingOrganization"),
)
"""What the standard requires of a grant."""
_CENTS: Final = 100


def package(awards: Iterable[Mapping[str, Any]], modified: date) -> dict[str, Any]:
    """The package of grants; amounts are in dirhams, as the standard has them."""
    return {"grants": [_grant(one, modified) for one in awards if one["accorde_centimes"] is not None]}


def _grant(award: Mapping[str, Any], modified: date) -> dict[str, Any]:
    promised, verified = award["emplois_promis"], award["emplois_verifies"]
    return {
        "id": f"{PREFIX}-{award['reference']}",
        "title": f"Convention {award['reference']}"[:140],
        "description": f"Offre offshoring : {promised} emplois promis, {verified} vérifiés sur les déclarations.",
        "currency": "MAD",
        "amountAwarded": _dirhams(award["accorde_centimes"]),
        "amountDisbursed": _dirhams(award["verse_centimes"]),
        "awardDate": award["debut"],
        "plannedDates": [{"startDate": award["debut"], "endDate": award["fin"]}],
        "recipientOrganization": [
            {"id": f"MA-ICE-{award['ice']}", "name": award["entreprise"], "addressCountry": "MA"}
        ],
        "fundingOrganization": [dict(FUNDER)],
        "dateModified": f"{modified.isoformat()}T00:00:00Z",
        f"{EXTENSION}jobsPromised": promised,
        f"{EXTENSION}jobsPromisedBy": award["echeance"],
        f"{EXTENSION}jobsVerified": verified,
        f"{EXTENSION}jobsVerifiedAtEndOf": award["verifie_a_fin"],
        f"{EXTENSION}amountRecovered": _dirhams(award["repris_centimes"]),
    }


def _dirhams(cents: int) -> float:
    """Dirhams as a JSON number: exact up to fifteen digits, as everyone reads it."""
    return cents / _CENTS
