"""The next declaration of an invented firm, to be downloaded and deposited by hand: in a demonstration only."""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from minassa.intake.public import declared
from minassa.nation import Manifest, NationError, declaration
from minassa.registry.models import Enterprise
from minassa.vocabulary.periods import month_of
from minassa.web.access import PageRequest, page
from minassa.web.deposits.subjects import the_enterprise

FILE = "synthetic.json"


@require_GET
@page("upload.send", subject=the_enterprise)
def synthetic_file(_request: PageRequest, enterprise: Enterprise) -> HttpResponse:
    """The CNSS declaration that the firm is to file next, made by the generator of the nation; 404 for another firm."""
    manifest = made_up(enterprise)
    if manifest is None:
        raise Http404
    today = timezone.localdate()
    month = next(iter(declared(enterprise, today).missing), month_of(today))
    try:
        name, content = declaration(manifest, enterprise.affiliation or 0, month)
    except NationError as error:
        raise Http404(_("Rien à déclarer ce mois-là.")) from error
    answer = HttpResponse(content, content_type="text/plain; charset=us-ascii")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def made_up(enterprise: Enterprise) -> Manifest | None:
    """The recipe of the nation of this demonstration, when the firm is the one of it that is late."""
    file = Path(settings.MINASSA_HOME, FILE)
    if not settings.MINASSA_DEMONSTRATION or not file.exists():
        return None
    manifest = Manifest(**json.loads(file.read_text("utf-8")))
    return manifest if manifest.late_firm and manifest.late_firm == enterprise.affiliation else None
