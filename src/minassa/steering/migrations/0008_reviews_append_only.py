"""A review of a year stays as it was made."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

GUARD = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON steering_yearlyreview FOR EACH ROW
    EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON steering_yearlyreview EXECUTE FUNCTION minassa_refuse_change();
"""
RELEASE = "DROP TRIGGER refuse_change ON steering_yearlyreview; DROP TRIGGER refuse_truncate ON steering_yearlyreview;"


class Migration(migrations.Migration):
    """Puts the guards on."""

    dependencies: ClassVar = [("steering", "0007_auto_yearly_reviews"), ("journal", "0001_extensions")]
    operations: ClassVar = [migrations.RunSQL(GUARD, RELEASE)]
