"""What the database refuses by itself: postings that do not sum to zero, changes of what was written."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

APPEND_ONLY = (
    "ledger_transaction",
    "ledger_posting",
    "ledger_envelopechange",
    "ledger_instalment",
    "ledger_retention",
    "ledger_bankentry",
    "ledger_settlement",
)
GUARD = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON {0} FOR EACH ROW EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON {0} EXECUTE FUNCTION minassa_refuse_change();
"""
RELEASE = "DROP TRIGGER refuse_change ON {0}; DROP TRIGGER refuse_truncate ON {0};"

BALANCED = """
CREATE FUNCTION ledger_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    subject bigint := CASE TG_TABLE_NAME WHEN 'ledger_posting' THEN (to_jsonb(NEW)->>'transaction_id')::bigint
                                         ELSE (to_jsonb(NEW)->>'id')::bigint END;
    many bigint;
    total numeric;
BEGIN
    SELECT count(*), coalesce(sum(amount), 0) INTO many, total FROM ledger_posting WHERE transaction_id = subject;
    IF many < 2 OR total <> 0 THEN
        RAISE EXCEPTION 'unbalanced: transaction % has % postings that sum to %', subject, many, total
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON ledger_transaction DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION ledger_balanced();
CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON ledger_posting DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION ledger_balanced();
"""
UNBALANCED = """
DROP TRIGGER balanced ON ledger_posting;
DROP TRIGGER balanced ON ledger_transaction;
DROP FUNCTION ledger_balanced();
"""

KEEP = """
CREATE FUNCTION ledger_keep() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := to_jsonb(OLD);
    after jsonb;
    name text;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'kept: DELETE on % is refused', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    after := to_jsonb(NEW);
    FOREACH name IN ARRAY TG_ARGV LOOP
        -- An argument that ends with ? may be written once, from empty.
        IF before->rtrim(name, '?') IS DISTINCT FROM after->rtrim(name, '?')
           AND NOT (right(name, 1) = '?' AND coalesce(before->>rtrim(name, '?'), '') = '') THEN
            RAISE EXCEPTION 'kept: % of % is not changed', name, TG_TABLE_NAME
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;
"""
KEPT = {
    "ledger_envelope": ("measure", "budget_year", "body"),
    "ledger_entitlement": ("reference", "enterprise_id", "measure", "budget_year", "body", "amount"),
    "ledger_recovery": ("number", "entitlement_id", "enterprise_id", "amount", "months_kept", "months_required"),
    "ledger_paymentbatch": ("number", "key", "proposed_by", "proposed_at", "decided_by?", "sent_at?", "file_digest?"),
    "ledger_paymentorder": ("number", "batch_id", "entitlement_id", "gross", "set_off", "beneficiary"),
    "ledger_bankfile": ("digest", "size", "message", "message_id", "received_at", "received_by", "refusal"),
}
KEEPING = """
CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON {0} FOR EACH ROW EXECUTE FUNCTION ledger_keep({1});
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON {0} EXECUTE FUNCTION minassa_refuse_change();
"""
NOT_KEEPING = "DROP TRIGGER keep ON {0}; DROP TRIGGER refuse_truncate ON {0};"


def _quoted(names: tuple[str, ...]) -> str:
    return ", ".join(f"'{name}'" for name in names)


class Migration(migrations.Migration):
    """Puts the guards on, and makes the sequence from which batches, orders and recoveries get their numbers."""

    dependencies: ClassVar = [("ledger", "0001_initial"), ("journal", "0001_extensions")]
    operations: ClassVar = [
        migrations.RunSQL("CREATE SEQUENCE ledger_number", "DROP SEQUENCE ledger_number"),
        migrations.RunSQL(BALANCED, UNBALANCED),
        migrations.RunSQL(KEEP, "DROP FUNCTION ledger_keep()"),
        *(migrations.RunSQL(GUARD.format(table), RELEASE.format(table)) for table in APPEND_ONLY),
        *(
            migrations.RunSQL(KEEPING.format(table, _quoted(names)), NOT_KEEPING.format(table))
            for table, names in KEPT.items()
        ),
    ]
