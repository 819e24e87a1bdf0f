"""Whether the stored content of a claim still has the digests that were frozen."""

from __future__ import annotations

from django.utils.translation import gettext as _

from minassa.claims.claim_models import Claim
from minassa.claims.errors import TamperedClaim
from minassa.claims.lines import digest_of, flags_digest_of, read
from minassa.claims.preparing import content_digest


def is_intact(claim: Claim) -> bool:
    """Whether the lines give the frozen digest of lines, and everything together that of the content."""
    lines = read([claim.pk])
    return digest_of(lines) == claim.lines_digest and content_digest(claim, flags_digest_of(lines)) == (
        claim.content_digest
    )


def require_intact(claim: Claim) -> None:
    """Do nothing when the content is as frozen; TamperedClaim when not."""
    if not is_intact(claim):
        raise TamperedClaim(
            _("Le contenu de cette demande ne correspond plus à son empreinte : rien ne peut s'y faire."),
            claim=claim.reference,
        )
