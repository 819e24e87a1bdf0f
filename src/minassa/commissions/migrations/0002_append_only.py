"""What was said and moved in a commission stays; a member changes but for its end, approved minutes no more."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

TABLES = ("mandate", "point", "presence", "actionmove")
GUARD = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON commissions_{0} FOR EACH ROW
    EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON commissions_{0} EXECUTE FUNCTION minassa_refuse_change();
"""
RELEASE = "DROP TRIGGER refuse_change ON commissions_{0}; DROP TRIGGER refuse_truncate ON commissions_{0};"
MEMBERS = """
CREATE TRIGGER refuse_delete BEFORE DELETE ON commissions_member FOR EACH ROW
    EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_change BEFORE UPDATE ON commissions_member FOR EACH ROW
    WHEN (OLD.until IS NOT NULL OR (OLD.commission, OLD.enterprise_id, OLD.body_id, OLD.account_id, OLD.since)
        IS DISTINCT FROM (NEW.commission, NEW.enterprise_id, NEW.body_id, NEW.account_id, NEW.since))
    EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON commissions_sitting FOR EACH ROW
    WHEN (OLD.state = 'approved') EXECUTE FUNCTION minassa_refuse_change();
"""
MEMBERS_RELEASE = """
DROP TRIGGER refuse_delete ON commissions_member; DROP TRIGGER refuse_change ON commissions_member;
DROP TRIGGER refuse_change ON commissions_sitting;
"""


class Migration(migrations.Migration):
    """Puts the guards on."""

    dependencies: ClassVar = [("commissions", "0001_initial"), ("journal", "0001_extensions")]
    operations: ClassVar = [
        *(migrations.RunSQL(GUARD.format(table), RELEASE.format(table)) for table in TABLES),
        migrations.RunSQL(MEMBERS, MEMBERS_RELEASE),
    ]
