"""Tables where nothing is ever changed or deleted."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

TABLES = ("journal_entry", "journal_leaf", "journal_head")
GUARD = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON {0} FOR EACH ROW EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON {0} EXECUTE FUNCTION minassa_refuse_change();
"""
RELEASE = "DROP TRIGGER refuse_change ON {0}; DROP TRIGGER refuse_truncate ON {0};"


class Migration(migrations.Migration):
    """Puts the guards on."""

    dependencies: ClassVar = [("journal", "0002_initial")]
    operations: ClassVar = [migrations.RunSQL(GUARD.format(table), RELEASE.format(table)) for table in TABLES]
