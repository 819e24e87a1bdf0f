"""What was asked and answered of titles stays."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

TABLES = ("question", "answer")
GUARD = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON titles_{0} FOR EACH ROW
    EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON titles_{0} EXECUTE FUNCTION minassa_refuse_change();
"""
RELEASE = "DROP TRIGGER refuse_change ON titles_{0}; DROP TRIGGER refuse_truncate ON titles_{0};"


class Migration(migrations.Migration):
    """Puts the guards on."""

    dependencies: ClassVar = [("titles", "0001_initial"), ("journal", "0001_extensions")]
    operations: ClassVar = [migrations.RunSQL(GUARD.format(table), RELEASE.format(table)) for table in TABLES]
