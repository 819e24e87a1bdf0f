"""Addresses under `comptes/`."""

from __future__ import annotations

from django.urls import path

from minassa.web.money import batches, envelopes, firm, receiving, reconciling

urlpatterns = [
    path("entreprise/", firm.my_account, name="money-mine"),
    path("entreprise/<uuid:enterprise>/", firm.firm_account, name="money-firm"),
    path("credits/", envelopes.envelopes, name="money-envelopes"),
    path("credits/ouvrir/", envelopes.envelope_open, name="money-envelope-open"),
    path("credits/<int:envelope>/", envelopes.envelope, name="money-envelope"),
    path("credits/<int:envelope>/changer/", envelopes.envelope_change, name="money-envelope-change"),
    path("credits/<int:envelope>/reporter/", envelopes.envelope_carry, name="money-envelope-carry"),
    path("lots/", batches.batches, name="money-batches"),
    path("lots/<str:number>/", batches.batch, name="money-batch"),
    path("lots/<str:number>/valider/", batches.batch_validate, name="money-batch-validate"),
    path("lots/<str:number>/refuser/", batches.batch_refuse, name="money-batch-refuse"),
    path("lots/<str:number>/fichier/", batches.batch_send, name="money-batch-send"),
    path("banque/", reconciling.bank, name="money-bank"),
    path("banque/recevoir/", receiving.bank_receive, name="money-bank-receive"),
    path("banque/fichiers/<int:file>/", reconciling.bank_file, name="money-bank-file"),
    path("banque/mouvements/<int:entry>/regler/", reconciling.finding_settle, name="money-finding-settle"),
]
