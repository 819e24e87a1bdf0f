"""Alerts stay as they were raised and cleared."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

GUARD = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON steering_alert FOR EACH ROW
    EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON steering_alert EXECUTE FUNCTION minassa_refuse_change();
"""
RELEASE = "DROP TRIGGER refuse_change ON steering_alert; DROP TRIGGER refuse_truncate ON steering_alert;"


class Migration(migrations.Migration):
    """Puts the guards on."""

    dependencies: ClassVar = [("steering", "0003_auto_alerts"), ("journal", "0001_extensions")]
    operations: ClassVar = [migrations.RunSQL(GUARD, RELEASE)]
