"""Addresses of deposits, under the language of the page."""

from __future__ import annotations

from django.urls import path

from minassa.web.deposits.acts import deposit_upload, withdraw_upload
from minassa.web.deposits.lists import firm_uploads, uploads
from minassa.web.deposits.one import upload_page
from minassa.web.deposits.receipts import receipt_pdf
from minassa.web.deposits.sending import send
from minassa.web.deposits.synthetic import synthetic_file

urlpatterns = [
    path("", uploads, name="uploads"),
    path("entreprise/<uuid:enterprise>/", firm_uploads, name="uploads-of"),
    path("entreprise/<uuid:enterprise>/envoyer/", send, name="upload-send"),
    path("entreprise/<uuid:enterprise>/synthetique/", synthetic_file, name="upload-synthetic"),
    path("<uuid:upload>/", upload_page, name="upload"),
    path("<uuid:upload>/deposer/", deposit_upload, name="upload-deposit"),
    path("<uuid:upload>/recepisse.pdf", receipt_pdf, name="upload-receipt"),
    path("<uuid:upload>/retirer/", withdraw_upload, name="upload-withdraw"),
]
