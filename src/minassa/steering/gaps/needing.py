"""What the gaps kept last leave open, for those who plan seats below."""

from __future__ import annotations

from django.conf import settings

from minassa.steering.gaps.kept import latest_gaps
from minassa.talent.seats.sought import Needed, needed


def needed_now() -> Needed | None:
    """Posts that the gaps kept last leave open; None where none is kept, or the history was too short."""
    kept = latest_gaps(settings.MINASSA_HOME)
    return None if kept is None or kept.cube is None else needed(kept.cube, kept.document)
