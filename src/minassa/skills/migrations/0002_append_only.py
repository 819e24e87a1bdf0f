"""What was proposed, said, decided and published stays as it was."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

GUARD = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON skills_{0} FOR EACH ROW
    EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON skills_{0} EXECUTE FUNCTION minassa_refuse_change();
"""
RELEASE = "DROP TRIGGER refuse_change ON skills_{0}; DROP TRIGGER refuse_truncate ON skills_{0};"
FROZEN = ("uuid", "code", "before", "values", "reason", "proposed_by", "proposed_at")
OLD, NEW = (", ".join(f'{side}."{name}"' for name in FROZEN) for side in ("OLD", "NEW"))
PROPOSAL = f"""
CREATE TRIGGER refuse_change BEFORE UPDATE ON skills_proposal FOR EACH ROW
    WHEN ((({OLD}) IS DISTINCT FROM ({NEW})) OR OLD.state <> 'proposed') EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_delete BEFORE DELETE ON skills_proposal FOR EACH ROW EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON skills_proposal EXECUTE FUNCTION minassa_refuse_change();
"""
NOT_PROPOSAL = "".join(
    f"DROP TRIGGER {name} ON skills_proposal;" for name in ("refuse_change", "refuse_delete", "refuse_truncate")
)


class Migration(migrations.Migration):
    """Puts the guards on."""

    dependencies: ClassVar = [("skills", "0001_initial"), ("journal", "0001_extensions")]
    operations: ClassVar = [
        migrations.RunSQL(PROPOSAL, NOT_PROPOSAL),
        *(migrations.RunSQL(GUARD.format(name), RELEASE.format(name)) for name in ("remark", "voice", "version")),
    ]
