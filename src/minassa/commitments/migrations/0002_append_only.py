"""What was told stays, and a recommendation keeps its content once it is proposed and its end once it is decided."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

CONTENT = (
    *("uuid", "reference", "action", "reasons", "level", "lead", "partners", "duration_months", "cost_cents"),
    *("indicator", "unit", "filters", "target_value", "since_month", "due_month", "origins", "drafted_by"),
)
OLD, NEW = (", ".join(f'{side}."{name}"' for name in CONTENT) for side in ("OLD", "NEW"))
GUARDS = f"""
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON commitments_followup FOR EACH ROW
    EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON commitments_followup EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_change BEFORE UPDATE ON commitments_recommendation FOR EACH ROW
    WHEN ((OLD.state <> 'draft' AND (({OLD}) IS DISTINCT FROM ({NEW})))
        OR OLD.state IN ('adopted', 'rejected', 'withdrawn')) EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_delete BEFORE DELETE ON commitments_recommendation FOR EACH ROW
    EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON commitments_recommendation
    EXECUTE FUNCTION minassa_refuse_change();
"""
RELEASE = "".join(
    f"DROP TRIGGER {name} ON commitments_{table};"
    for table, names in {
        "followup": ("refuse_change", "refuse_truncate"),
        "recommendation": ("refuse_change", "refuse_delete", "refuse_truncate"),
    }.items()
    for name in names
)


class Migration(migrations.Migration):
    """Puts the guards on."""

    dependencies: ClassVar = [("commitments", "0001_initial"), ("journal", "0001_extensions")]
    operations: ClassVar = [migrations.RunSQL(GUARDS, RELEASE)]
