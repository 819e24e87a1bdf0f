"""What is frozen stays: lines, signatures and decisions are never changed, nor what a claim froze."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

TABLES = ("claims_line", "claims_signature", "claims_ruling", "claims_cutline")
GUARD = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON {0} FOR EACH ROW EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON {0} EXECUTE FUNCTION minassa_refuse_change();
"""
RELEASE = "DROP TRIGGER refuse_change ON {0}; DROP TRIGGER refuse_truncate ON {0};"
FROZEN = (
    *("uuid", "reference", "enterprise_id", "affiliation", "measure", "period", "first_month", "last_month", "rank"),
    *("supersedes_id", "run", "known_until", "lake_versions", "offer_digest", "conditions", "line_count", "status"),
    *("entitled_count", "total_cents", "provisional_cents", "reasons", "score", "lines_digest", "content_digest"),
    *("opened_at", "contest_by", "sign_by", "prescribed_on"),
)
OLD, NEW = (", ".join(f"{side}.{name}" for name in FROZEN) for side in ("OLD", "NEW"))
CLAIM_GUARD = f"""
CREATE TRIGGER refuse_change BEFORE UPDATE ON claims_claim FOR EACH ROW
    WHEN (({OLD}) IS DISTINCT FROM ({NEW})) EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_delete BEFORE DELETE ON claims_claim FOR EACH ROW EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON claims_claim EXECUTE FUNCTION minassa_refuse_change();
"""
CLAIM_RELEASE = "".join(
    f"DROP TRIGGER {name} ON claims_claim;" for name in ("refuse_change", "refuse_delete", "refuse_truncate")
)


class Migration(migrations.Migration):
    """Puts the guards on."""

    dependencies: ClassVar = [("claims", "0001_initial"), ("journal", "0001_extensions")]
    operations: ClassVar = [
        *(migrations.RunSQL(GUARD.format(table), RELEASE.format(table)) for table in TABLES),
        migrations.RunSQL(CLAIM_GUARD, CLAIM_RELEASE),
    ]
