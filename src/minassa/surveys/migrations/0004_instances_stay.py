"""An answer that was taken from another tool is never taken otherwise."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

GUARD = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON surveys_instance FOR EACH ROW
    EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON surveys_instance EXECUTE FUNCTION minassa_refuse_change();
"""
RELEASE = "DROP TRIGGER refuse_change ON surveys_instance; DROP TRIGGER refuse_truncate ON surveys_instance;"


class Migration(migrations.Migration):
    """Puts the guard on."""

    dependencies: ClassVar = [("surveys", "0003_imports"), ("journal", "0001_extensions")]
    operations: ClassVar = [migrations.RunSQL(GUARD, RELEASE)]
