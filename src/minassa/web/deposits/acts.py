"""Acts on one file: its deposit, its withdrawal."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minassa.intake.models import Upload
from minassa.intake.public import UploadRefused, deposit, withdraw
from minassa.web.access import PageRequest, page
from minassa.web.deposits.subjects import the_upload


@require_POST
@page("upload.deposit", subject=the_upload)
def deposit_upload(request: PageRequest, upload: Upload) -> HttpResponse:
    """Ask for the deposit of a file, then back to its page."""
    try:
        deposit(request.actor, upload, timezone.now())
        messages.success(request, _("Le dépôt est demandé : il sera fait dans les instants qui viennent."))
    except UploadRefused as refusal:
        messages.error(request, refusal.message)
    return HttpResponseRedirect(reverse("upload", args=[upload.uuid]))


@require_POST
@page("upload.send", subject=the_upload)
def withdraw_upload(request: PageRequest, upload: Upload) -> HttpResponse:
    """Take back a file that was not deposited, then back to the list."""
    try:
        withdraw(request.actor, upload, timezone.now())
        messages.success(request, _("Le fichier est retiré, son contenu effacé."))
    except UploadRefused as refusal:
        messages.error(request, refusal.message)
    return HttpResponseRedirect(reverse("uploads-of", args=[upload.enterprise.uuid]))
