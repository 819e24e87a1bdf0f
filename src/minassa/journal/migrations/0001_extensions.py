"""Extensions that every application relies on, and the function that refuses changes to append-only tables."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

REFUSE = """
CREATE FUNCTION minassa_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Only a TRUNCATE may be let through, by who resets a demonstration or a test database; the chain tells it anyway.
    IF TG_OP = 'TRUNCATE' AND current_setting('minassa.may_truncate', true) = 'yes' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'append-only: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


class Migration(migrations.Migration):
    """Runs first."""

    initial = True
    dependencies: ClassVar = []
    operations: ClassVar = [
        TrigramExtension(),
        BtreeGistExtension(),
        UnaccentExtension(),
        migrations.RunSQL(REFUSE, "DROP FUNCTION minassa_refuse_change()"),
    ]
