"""What was sent, drawn and tabulated stays: submissions, tables and samples are never changed nor erased."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

WHOLE = ("survey", "submission", "tabulation")
GUARD = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON surveys_{0} FOR EACH ROW
    EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON surveys_{0} EXECUTE FUNCTION minassa_refuse_change();
"""
RELEASE = "DROP TRIGGER refuse_change ON surveys_{0}; DROP TRIGGER refuse_truncate ON surveys_{0};"
DRAWN = ("uuid", "survey_id", "enterprise_id", "filiere", "size_class", "region_group", "headcount", "weight")
OLD, NEW = (", ".join(f'{side}."{name}"' for name in DRAWN) for side in ("OLD", "NEW"))
SAMPLE = f"""
CREATE TRIGGER refuse_change BEFORE UPDATE ON surveys_asked FOR EACH ROW
    WHEN (({OLD}) IS DISTINCT FROM ({NEW})) EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_delete BEFORE DELETE ON surveys_asked FOR EACH ROW EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON surveys_asked EXECUTE FUNCTION minassa_refuse_change();
"""
NOT_SAMPLE = "".join(
    f"DROP TRIGGER {name} ON surveys_asked;" for name in ("refuse_change", "refuse_delete", "refuse_truncate")
)


class Migration(migrations.Migration):
    """Puts the guards on."""

    dependencies: ClassVar = [("surveys", "0001_initial"), ("journal", "0001_extensions")]
    operations: ClassVar = [
        *(migrations.RunSQL(GUARD.format(table), RELEASE.format(table)) for table in WHOLE),
        migrations.RunSQL(SAMPLE, NOT_SAMPLE),
    ]
