"""What a venture said, what was found of it, funds and consents stay: rows are never changed nor erased."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

TABLES = ("claim", "verdict", "funding", "consent")
GUARD = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON ventures_{0} FOR EACH ROW
    EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON ventures_{0} EXECUTE FUNCTION minassa_refuse_change();
"""
RELEASE = "DROP TRIGGER refuse_change ON ventures_{0}; DROP TRIGGER refuse_truncate ON ventures_{0};"


class Migration(migrations.Migration):
    """Puts the guards on."""

    dependencies: ClassVar = [("ventures", "0001_initial"), ("journal", "0001_extensions")]
    operations: ClassVar = [migrations.RunSQL(GUARD.format(table), RELEASE.format(table)) for table in TABLES]
