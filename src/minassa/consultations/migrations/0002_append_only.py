"""What firms chose, what was announced, asked and heard stays: rows are never changed nor erased."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

TABLES = ("poll", "vote", "meeting", "hearingpoint")
GUARD = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON consultations_{0} FOR EACH ROW
    EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON consultations_{0} EXECUTE FUNCTION minassa_refuse_change();
"""
RELEASE = "DROP TRIGGER refuse_change ON consultations_{0}; DROP TRIGGER refuse_truncate ON consultations_{0};"
SAID = """
CREATE FUNCTION consultations_keep_said() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    follows text[] := ARRAY['state', 'answer', 'answered_by', 'answered_at', 'version', 'touched_at'];
BEGIN
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - follows IS DISTINCT FROM to_jsonb(OLD) - follows
        OR (OLD.answer <> '' AND NEW.answer IS DISTINCT FROM OLD.answer) THEN
        RAISE EXCEPTION 'what a firm said never changes';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_said BEFORE UPDATE OR DELETE ON consultations_firmrequest FOR EACH ROW
    EXECUTE FUNCTION consultations_keep_said();
"""
UNSAID = "DROP TRIGGER keep_said ON consultations_firmrequest; DROP FUNCTION consultations_keep_said();"


class Migration(migrations.Migration):
    """Triggers alone."""

    dependencies: ClassVar = [("consultations", "0001_initial"), ("journal", "0001_extensions")]
    operations: ClassVar = [
        *(migrations.RunSQL(GUARD.format(table), RELEASE.format(table)) for table in TABLES),
        migrations.RunSQL(SAID, UNSAID),
    ]
