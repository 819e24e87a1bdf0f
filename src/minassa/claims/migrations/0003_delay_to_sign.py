"""The delay to sign is put off while a contest of the firm waits: it is no part of what is frozen."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

FROZEN = (
    *("uuid", "reference", "enterprise_id", "affiliation", "measure", "period", "first_month", "last_month", "rank"),
    *("supersedes_id", "run", "known_until", "lake_versions", "offer_digest", "conditions", "line_count", "status"),
    *("entitled_count", "total_cents", "provisional_cents", "reasons", "score", "lines_digest", "content_digest"),
    *("opened_at", "contest_by", "prescribed_on"),
)


def guard(*columns: str) -> str:
    """The trigger that refuses a change of these columns, in place of the one before."""
    old, new = (", ".join(f"{side}.{name}" for name in columns) for side in ("OLD", "NEW"))
    return f"""
DROP TRIGGER refuse_change ON claims_claim;
CREATE TRIGGER refuse_change BEFORE UPDATE ON claims_claim FOR EACH ROW
    WHEN (({old}) IS DISTINCT FROM ({new})) EXECUTE FUNCTION minassa_refuse_change();
"""


class Migration(migrations.Migration):
    """Lets the delay to sign be put off."""

    dependencies: ClassVar = [("claims", "0002_append_only")]
    operations: ClassVar = [migrations.RunSQL(guard(*FROZEN), guard(*FROZEN, "sign_by"))]
