"""What is written once of accounts, entitlements and recoveries; recoveries name their decision by themselves."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

APPEND_ONLY = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON ledger_payingaccount
    FOR EACH ROW EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON ledger_payingaccount EXECUTE FUNCTION minassa_refuse_change();
"""
CHANGEABLE = """
DROP TRIGGER refuse_change ON ledger_payingaccount; DROP TRIGGER refuse_truncate ON ledger_payingaccount;
"""
KEPT = {
    "ledger_entitlement": ("reference", "enterprise_id", "measure", "budget_year", "body", "amount", "nature"),
    "ledger_recovery": (
        *("number", "reference", "nature", "measure", "budget_year", "entitlement_id", "enterprise_id", "amount"),
        *("months_kept", "months_required"),
    ),
    "ledger_bankaccount": (
        *("uuid", "enterprise_id", "holder", "index", "bank", "last4", "proposed_by", "proposed_at"),
        *("decided_by?", "decided_at?", "certificate?", "ground?"),
    ),
}
BEFORE = {
    "ledger_entitlement": ("reference", "enterprise_id", "measure", "budget_year", "body", "amount"),
    "ledger_recovery": ("number", "entitlement_id", "enterprise_id", "amount", "months_kept", "months_required"),
}
KEEP = """
DROP TRIGGER IF EXISTS keep ON {0};
CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON {0} FOR EACH ROW EXECUTE FUNCTION ledger_keep({1});
"""
FILL = """
UPDATE ledger_recovery AS r SET reference = e.reference, measure = e.measure, budget_year = e.budget_year
FROM ledger_entitlement AS e WHERE e.id = r.entitlement_id AND r.reference = ''
"""


def keeping(kept: dict[str, tuple[str, ...]], table: str) -> str:
    """The trigger that refuses a change of the columns named for a table, in place of the one before; none without."""
    if table not in kept:
        return f"DROP TRIGGER keep ON {table}"
    return KEEP.format(table, ", ".join(f"'{name}'" for name in kept[table]))


class Migration(migrations.Migration):
    """Fills the names, then puts the guards on."""

    dependencies: ClassVar = [("ledger", "0003_auto_joined")]
    operations: ClassVar = [
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(APPEND_ONLY, CHANGEABLE),
        *(migrations.RunSQL(keeping(KEPT, table), keeping(BEFORE, table)) for table in KEPT),
    ]
