"""Nodes of the public tree are never changed or deleted."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

GUARD = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON journal_node
    FOR EACH ROW EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON journal_node EXECUTE FUNCTION minassa_refuse_change();
"""
RELEASE = "DROP TRIGGER refuse_change ON journal_node; DROP TRIGGER refuse_truncate ON journal_node;"


class Migration(migrations.Migration):
    """Puts the guard on."""

    dependencies: ClassVar = [("journal", "0004_nodes")]
    operations: ClassVar = [migrations.RunSQL(GUARD, RELEASE)]
