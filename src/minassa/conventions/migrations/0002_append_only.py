"""What is signed stays: revisions, commitments, measures and lines are never changed, nor what an act froze."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

TABLES = (*("revision", "commitment", "milestone", "signature", "measure", "declared", "advanceline", "imputation"),)
GUARD = """
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON conventions_{0} FOR EACH ROW
    EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON conventions_{0} EXECUTE FUNCTION minassa_refuse_change();
"""
RELEASE = "DROP TRIGGER refuse_change ON conventions_{0}; DROP TRIGGER refuse_truncate ON conventions_{0};"

FROZEN = {
    "convention": (
        ("uuid", "reference", "enterprise_id", "drafted_by", "drafted_at"),
        # Terms are written again as long as nobody proposed them, and never once signed.
        "OLD.state <> 'draft' AND (OLD.draft, OLD.terms_digest) IS DISTINCT FROM (NEW.draft, NEW.terms_digest)",
    ),
    "amendment": (
        (
            *("uuid", "convention_id", "number", "kind", "commitment", "before", "after", "effective_on", "ground"),
            *("digest", "proposed_by", "proposed_at", "side"),
        ),
        "OLD.state <> 'proposed' OR (OLD.agreed_by <> '' AND OLD.agreed_by <> NEW.agreed_by)",
    ),
    "advance": (
        (
            *("uuid", "reference", "convention_id", "milestone_id", "measure", "run", "known_until", "versions"),
            *("offer_digest", "line_count", "amount", "lines_digest", "proposed_by", "proposed_at"),
        ),
        "OLD.state <> 'proposed'",
    ),
    "hearing": (
        (
            *("uuid", "line_id", "convention_id", "reason", "months_kept", "months_required", "base", "amount", "run"),
            *("opened_by", "opened_at", "reply_until"),
        ),
        "OLD.state NOT IN ('open', 'replied') OR (OLD.replied_by <> '' AND OLD.reply <> NEW.reply)",
    ),
}
"""What never changes of a row that moves, and the other changes that are refused it."""
MOVING = """
CREATE TRIGGER refuse_change BEFORE UPDATE ON conventions_{0} FOR EACH ROW
    WHEN ((({1}) IS DISTINCT FROM ({2})) OR {3}) EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_delete BEFORE DELETE ON conventions_{0} FOR EACH ROW EXECUTE FUNCTION minassa_refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON conventions_{0} EXECUTE FUNCTION minassa_refuse_change();
"""
NOT_MOVING = "".join(
    f"DROP TRIGGER {name} ON conventions_{{0}};" for name in ("refuse_change", "refuse_delete", "refuse_truncate")
)


def _moving(table: str, names: tuple[str, ...], refused: str) -> str:
    old, new = (", ".join(f'{side}."{name}"' for name in names) for side in ("OLD", "NEW"))
    return MOVING.format(table, old, new, f"({refused})")


class Migration(migrations.Migration):
    """Puts the guards on."""

    dependencies: ClassVar = [("conventions", "0001_initial"), ("journal", "0001_extensions")]
    operations: ClassVar = [
        *(migrations.RunSQL(GUARD.format(table), RELEASE.format(table)) for table in TABLES),
        *(migrations.RunSQL(_moving(table, *given), NOT_MOVING.format(table)) for table, given in FROZEN.items()),
    ]
