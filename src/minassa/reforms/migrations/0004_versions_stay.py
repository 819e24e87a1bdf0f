"""What was put to a committee stays as it was put, and a version of the offer is never changed nor erased."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

FROZEN = ("uuid", "revision_id", "effective_on", "ground", "proposed_by", "proposed_at")
OLD, NEW = (", ".join(f'{side}."{name}"' for name in FROZEN) for side in ("OLD", "NEW"))
PROPOSAL = f"""
CREATE TRIGGER refuse_change BEFORE UPDATE ON reforms_proposal FOR EACH ROW
    WHEN ((({OLD}) IS DISTINCT FROM ({NEW})) OR OLD.state <> 'proposed') EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_delete BEFORE DELETE ON reforms_proposal FOR EACH ROW EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON reforms_proposal EXECUTE FUNCTION minassa_refuse_change();
"""
NOT_PROPOSAL = "".join(
    f"DROP TRIGGER {name} ON reforms_proposal;" for name in ("refuse_change", "refuse_delete", "refuse_truncate")
)
VERSION = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON reforms_version FOR EACH ROW
    EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON reforms_version EXECUTE FUNCTION minassa_refuse_change();
"""
NOT_VERSION = "DROP TRIGGER refuse_change ON reforms_version; DROP TRIGGER refuse_truncate ON reforms_version;"


class Migration(migrations.Migration):
    """Puts the guards on."""

    dependencies: ClassVar = [("reforms", "0003_versions_initial"), ("journal", "0001_extensions")]
    operations: ClassVar = [migrations.RunSQL(PROPOSAL, NOT_PROPOSAL), migrations.RunSQL(VERSION, NOT_VERSION)]
