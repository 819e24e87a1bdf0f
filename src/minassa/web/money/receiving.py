"""Files of the bank are given from a page: taken in once each, or refused by a sentence that says what to do."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from minassa.ledger.models import BankFile
from minassa.ledger.public import LARGEST_BANK_FILE, findings, receive_bank_file, refusal_in_words
from minassa.web.access import PageRequest, page

FIELD: Final = "files"
MOST: Final = 20
"""Files of one form."""


@require_POST
@page("bank.read")
def bank_receive(request: PageRequest) -> HttpResponse:
    """Take in what the bank answered: pain.002, camt.053, camt.054, in any order."""
    given = request.FILES.getlist(FIELD)[:MOST]
    if not given:
        messages.error(request, _("Choisissez le fichier que la banque vous a envoyé."))
    for one in given:
        _receive(request, one)
    return redirect("money-bank")


def _receive(request: PageRequest, given: UploadedFile[bytes]) -> None:
    # A byte more than the ledger accepts is enough for it to say that the file is too large.
    content = given.read(LARGEST_BANK_FILE + 1)
    kept = receive_bank_file(request.actor, content, timezone.now())
    if kept.refusal:
        messages.error(request, refusal_in_words(kept.refusal))
    else:
        messages.success(request, _said(kept))


def _said(kept: BankFile) -> str:
    lines, left = kept.entries.count(), findings().filter(file=kept).count()
    read = ngettext("%(lines)d mouvement lu", "%(lines)d mouvements lus", lines) % {"lines": lines}
    if not left:
        return _("%(read)s dans ce fichier (%(kind)s), rien à régler.") % {"read": read, "kind": kept.message}
    rest = ngettext("%(left)d à régler", "%(left)d à régler", left) % {"left": left}
    return _("%(read)s dans ce fichier (%(kind)s), dont %(rest)s.") % {"read": read, "kind": kept.message, "rest": rest}
