"""What was stated and what was brought never changes: a correction is another row."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

FOLLOWS = {
    "statement": ("state", "signed_by", "signed_at", "version", "touched_at"),
    "officialtable": ("entered_by", "entered_at", "version", "touched_at"),
}
KEEP = """
CREATE FUNCTION exports_keep_{0}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - ARRAY[{1}] IS DISTINCT FROM to_jsonb(OLD) - ARRAY[{1}] THEN
        RAISE EXCEPTION 'what was stated never changes';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_{0} BEFORE UPDATE OR DELETE ON exports_{0} FOR EACH ROW EXECUTE FUNCTION exports_keep_{0}();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON exports_{0} EXECUTE FUNCTION minassa_refuse_change();
"""
LET_GO = """
DROP TRIGGER keep_{0} ON exports_{0}; DROP TRIGGER refuse_truncate ON exports_{0}; DROP FUNCTION exports_keep_{0}();
"""


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"'{name}'" for name in names)


class Migration(migrations.Migration):
    """Triggers alone."""

    dependencies: ClassVar = [("exports", "0001_initial"), ("journal", "0001_extensions")]
    operations: ClassVar = [
        migrations.RunSQL(KEEP.format(table, _listed(names)), LET_GO.format(table)) for table, names in FOLLOWS.items()
    ]
