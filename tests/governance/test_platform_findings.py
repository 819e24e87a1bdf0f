"""A finding of a P2I that the secretariat brings before the CTO: a remedy is required with a date, or it is closed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from minassa.governance.errors import GovernanceError, UnknownSubject
from minassa.governance.public import waiting_findings
from minassa.platforms.models import Finding, FindingState
from minassa.platforms.public import escalate, number
from minassa.registry.models import Account
from minassa.registry.public import actor_of
from tests.governance.world import SITTING, Members, appointed, items_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def escalated() -> Finding:
    now = timezone.now()
    day = timezone.localdate()
    finding = Finding.objects.create(
        place=101, point="safety", severity="major", said="Issue bloquée (exemple).", found_on=day, touched_at=now
    )
    escalate(actor_of(_secretary()), finding, "Sans réponse (exemple).", now)
    return finding


def _secretary() -> Account:
    return appointed("secretariat-p2i", "cto", "secretariat")


def test_the_cto_requires_a_remedy_or_closes(cto: Members, escalated: Finding) -> None:
    assert waiting_findings().get() == escalated
    subject = str(escalated.uuid)
    with pytest.raises(GovernanceError):
        cto.drafted(("platform_finding", subject, "require", {"ground": " "}))
    session = cto.opened(("platform_finding", subject, "require", {"ground": "Dégager l'issue (exemple)."}))
    assert not waiting_findings().exists()
    cto.decided(items_of(session)[0], **dict.fromkeys(cto.rows, "for"))
    escalated.refresh_from_db()
    assert (escalated.state, escalated.remedy) == (FindingState.AGREED, "Dégager l'issue (exemple).")
    assert escalated.remedy_due_on == SITTING.date() + timedelta(days=number("decided_remedy_days"))
    assert escalated.remedy_by.startswith("sitting:")
    with pytest.raises(UnknownSubject):
        cto.drafted(("platform_finding", subject, "close", {"ground": "encore"}))
