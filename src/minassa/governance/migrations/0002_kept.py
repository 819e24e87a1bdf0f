"""What the database refuses by itself: votes changed, an agenda changed after its convocation, a recused voter."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

REFUSE = "EXECUTE FUNCTION minassa_refuse_change()"
APPEND_ONLY = ("attendance", "recusal", "secretrequest", "ballot", "dissent", "derogationuse")
GUARD = f"""
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON governance_{{0}} FOR EACH ROW {REFUSE};
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON governance_{{0}} {REFUSE};
"""
RELEASE = "DROP TRIGGER refuse_change ON governance_{0}; DROP TRIGGER refuse_truncate ON governance_{0};"

KEPT = {
    "session": (
        "OLD.agenda_digest <> ''",
        ("uuid", "committee", "reference", "planned_at", "place", "rules", "seats", "agenda_digest", "convened_at"),
    ),
    "item": (
        "OLD.digest <> ''",
        (
            *("uuid", "session_id", "rank", "kind", "subject", "decision", "proposal", "title", "enterprises"),
            *("hands", "digest", "consent_list_id"),
        ),
    ),
    "membership": ("true", ("committee", "seat", "account_id", "titular", "since")),
    "interest": ("true", ("account_id", "enterprise_id", "group_id", "nature", "since", "declared_at", "declared_by")),
    "derogation": (
        "true",
        (
            *("uuid", "reference", "enterprise_id", "item_id", "measure", "condition", "place", "reason"),
            *("starts", "ends", "granted_at"),
        ),
    ),
}
"""What is never changed in these tables, once the condition holds."""
ENDS = {
    "session": "OLD.state IN ('sealed', 'cancelled')",
    "item": "OLD.state IN ('adopted', 'rejected', 'put_off')",
    "derogation": "OLD.closed_at IS NOT NULL",
}
"""When a row has reached its end, it is not changed at all."""
DELETED = {
    "session": "true",
    "item": "OLD.digest <> ''",
    "membership": "true",
    "interest": "true",
    "derogation": "true",
}


def kept(table: str) -> str:
    """The triggers that keep a table."""
    when, names = KEPT[table]
    old, new = (", ".join(f"{side}.{name}" for name in names) for side in ("OLD", "NEW"))
    ended = f" OR ({ENDS[table]})" if table in ENDS else ""
    return f"""
CREATE TRIGGER refuse_change BEFORE UPDATE ON governance_{table} FOR EACH ROW
    WHEN ((({when}) AND ({old}) IS DISTINCT FROM ({new})){ended}) {REFUSE};
CREATE TRIGGER refuse_delete BEFORE DELETE ON governance_{table} FOR EACH ROW WHEN ({DELETED[table]}) {REFUSE};
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON governance_{table} {REFUSE};
"""


def loose(table: str) -> str:
    """Takes these triggers off."""
    return "".join(
        f"DROP TRIGGER {name} ON governance_{table};" for name in ("refuse_change", "refuse_delete", "refuse_truncate")
    )


AGENDA = """
CREATE FUNCTION governance_agenda_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM governance_session WHERE id = NEW.session_id AND state = 'draft';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'frozen: the agenda of session % is closed', NEW.session_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER agenda_open BEFORE INSERT ON governance_item FOR EACH ROW EXECUTE FUNCTION governance_agenda_open();
"""
AGENDA_RELEASE = "DROP TRIGGER agenda_open ON governance_item; DROP FUNCTION governance_agenda_open();"

BALLOT = """
CREATE FUNCTION governance_may_vote() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM governance_item WHERE id = NEW.item_id AND state = 'voting' AND secret = NEW.secret
        AND (consent_list_id IS NULL OR pulled_by <> '');
    IF NOT FOUND THEN
        RAISE EXCEPTION 'refused: no such vote is open on item %', NEW.item_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    PERFORM FROM governance_recusal r JOIN governance_item i ON i.id = r.item_id
        WHERE r.membership_id = NEW.membership_id
          AND (i.id = NEW.item_id OR i.consent_list_id = NEW.item_id AND i.pulled_by = '');
    IF FOUND THEN
        RAISE EXCEPTION 'refused: membership % is recused from item %', NEW.membership_id, NEW.item_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER may_vote BEFORE INSERT ON governance_ballot FOR EACH ROW EXECUTE FUNCTION governance_may_vote();
"""
BALLOT_RELEASE = "DROP TRIGGER may_vote ON governance_ballot; DROP FUNCTION governance_may_vote();"

TALLY = f"""
CREATE TRIGGER refuse_change BEFORE UPDATE ON governance_tally FOR EACH ROW
    WHEN (OLD.id <> NEW.id OR OLD.item_id <> NEW.item_id
          OR NEW.in_favour < OLD.in_favour OR NEW.against < OLD.against OR NEW.abstained < OLD.abstained
          OR NEW.in_favour + NEW.against + NEW.abstained <> OLD.in_favour + OLD.against + OLD.abstained + 1) {REFUSE};
CREATE TRIGGER refuse_delete BEFORE DELETE ON governance_tally FOR EACH ROW {REFUSE};
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON governance_tally {REFUSE};
"""
"""A vote raises one total by one, nothing else changes."""


class Migration(migrations.Migration):
    """Puts the guards on."""

    dependencies: ClassVar = [("governance", "0001_initial"), ("journal", "0001_extensions")]
    operations: ClassVar = [
        *(migrations.RunSQL(GUARD.format(table), RELEASE.format(table)) for table in APPEND_ONLY),
        *(migrations.RunSQL(kept(table), loose(table)) for table in KEPT),
        migrations.RunSQL(AGENDA, AGENDA_RELEASE),
        migrations.RunSQL(BALLOT, BALLOT_RELEASE),
        migrations.RunSQL(TALLY, loose("tally")),
    ]
