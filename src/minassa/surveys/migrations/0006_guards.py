"""Questionnaires and themes stay as they were made; an answer leaves a theme, and is never erased."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

TABLES = ("questionnaire", "theme")
GUARD = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON surveys_{0} FOR EACH ROW
    EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON surveys_{0} EXECUTE FUNCTION minassa_refuse_change();
"""
RELEASE = "DROP TRIGGER refuse_change ON surveys_{0}; DROP TRIGGER refuse_truncate ON surveys_{0};"
STAYS = """
CREATE TRIGGER refuse_erasing BEFORE DELETE ON surveys_themedanswer FOR EACH ROW
    EXECUTE FUNCTION minassa_refuse_change();
"""


class Migration(migrations.Migration):
    """Triggers alone."""

    dependencies: ClassVar = [("surveys", "0005_questionnaires"), ("journal", "0001_extensions")]
    operations: ClassVar = [
        *(migrations.RunSQL(GUARD.format(table), RELEASE.format(table)) for table in TABLES),
        migrations.RunSQL(STAYS, "DROP TRIGGER refuse_erasing ON surveys_themedanswer;"),
    ]
