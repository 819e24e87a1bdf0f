"""What was proposed, moved, told and met stays: a list keeps its content, a visa what it was taken on."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

WHOLE = ("visamove", "hire", "meeting")
GUARD = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON visas_{0} FOR EACH ROW
    EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON visas_{0} EXECUTE FUNCTION minassa_refuse_change();
"""
RELEASE = "DROP TRIGGER refuse_change ON visas_{0}; DROP TRIGGER refuse_truncate ON visas_{0};"
FROZEN = {
    "shortagelist": (
        *("uuid", "effective_on", "run", "until", "cube_digest", "criteria", "entries", "digest", "synthetic"),
        *("ground", "proposed_by", "proposed_at"),
    ),
    "visa": ("uuid", "case_id", "enterprise_id", "listed_id", "occupation", "region", "year", "filed_on"),
    "alert": ("visa_id", "kind", "horizon", "opened_at"),
}
KEPT = """
CREATE TRIGGER refuse_change BEFORE UPDATE ON visas_{0} FOR EACH ROW
    WHEN (({1}) IS DISTINCT FROM ({2})) EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_delete BEFORE DELETE ON visas_{0} FOR EACH ROW EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON visas_{0} EXECUTE FUNCTION minassa_refuse_change();
"""
LET_GO = "DROP TRIGGER refuse_delete ON visas_{0};" + RELEASE


def _kept(table: str) -> str:
    old, new = (", ".join(f'{side}."{name}"' for name in FROZEN[table]) for side in ("OLD", "NEW"))
    return KEPT.format(table, old, new)


class Migration(migrations.Migration):
    """Puts the guards on."""

    dependencies: ClassVar = [("visas", "0001_initial"), ("journal", "0001_extensions")]
    operations: ClassVar = [
        *(migrations.RunSQL(GUARD.format(table), RELEASE.format(table)) for table in WHOLE),
        *(migrations.RunSQL(_kept(table), LET_GO.format(table)) for table in FROZEN),
    ]
