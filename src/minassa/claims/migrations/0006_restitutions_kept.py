"""What was proposed to be given back is kept as it was proposed."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

GUARD = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON claims_restitutionline
    FOR EACH ROW EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON claims_restitutionline EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_change BEFORE UPDATE ON claims_restitution FOR EACH ROW
    WHEN ((OLD.uuid, OLD.claim_id, OLD.run, OLD.cents, OLD.opened_at, OLD.reply_by)
          IS DISTINCT FROM (NEW.uuid, NEW.claim_id, NEW.run, NEW.cents, NEW.opened_at, NEW.reply_by)
          OR OLD.decided_at IS NOT NULL)
    EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_delete BEFORE DELETE ON claims_restitution
    FOR EACH ROW EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON claims_restitution EXECUTE FUNCTION minassa_refuse_change();
"""
RELEASE = """
DROP TRIGGER refuse_change ON claims_restitutionline;
DROP TRIGGER refuse_truncate ON claims_restitutionline;
DROP TRIGGER refuse_change ON claims_restitution;
DROP TRIGGER refuse_delete ON claims_restitution;
DROP TRIGGER refuse_truncate ON claims_restitution;
"""


class Migration(migrations.Migration):
    """Puts the guards on."""

    dependencies: ClassVar = [("claims", "0005_auto_restitutions")]
    operations: ClassVar = [migrations.RunSQL(GUARD, RELEASE)]
