"""Held lines that someone let be paid: written once, never changed."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

TABLE = "claims_clearance"
GUARD = f"""
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON {TABLE} EXECUTE FUNCTION minassa_refuse_change();
"""
RELEASE = f"DROP TRIGGER refuse_change ON {TABLE}; DROP TRIGGER refuse_truncate ON {TABLE};"


class Migration(migrations.Migration):
    """Makes the table, with its guards."""

    dependencies: ClassVar = [("claims", "0003_delay_to_sign")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Clearance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("by", models.CharField(max_length=64)),
                ("ground", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="clearances", to="claims.claim"
                    ),
                ),
                (
                    "line",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="clearance", to="claims.line"
                    ),
                ),
            ],
        ),
        migrations.RunSQL(GUARD, RELEASE),
    ]
