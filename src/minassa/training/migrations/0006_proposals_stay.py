"""What was proposed of plans and decided stays: rows are never changed nor erased."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

TABLES = ("planproposal", "planruling")
GUARD = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON training_{0} FOR EACH ROW
    EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON training_{0} EXECUTE FUNCTION minassa_refuse_change();
"""
RELEASE = "DROP TRIGGER refuse_change ON training_{0}; DROP TRIGGER refuse_truncate ON training_{0};"


class Migration(migrations.Migration):
    """Puts the guards on."""

    dependencies: ClassVar = [("training", "0005_auto_proposals")]
    operations: ClassVar = [migrations.RunSQL(GUARD.format(table), RELEASE.format(table)) for table in TABLES]
