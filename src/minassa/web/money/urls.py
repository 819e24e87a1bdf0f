"""Addresses under `comptes/`."""

from __future__ import annotations

from django.urls import path

from minassa.web.money import (
    accounts,
    batches,
    costs,
    entitlements,
    envelopes,
    execution,
    firm,
    proposing,
    receiving,
    reconciling,
    recoveries,
    rib,
    trial,
)

urlpatterns = [
    path("", execution.state, name="money-state"),
    path("couts/", costs.costs, name="money-costs"),
    path("balance/", trial.trial, name="money-trial"),
    path("entreprise/", firm.my_account, name="money-mine"),
    path("entreprise/<uuid:enterprise>/", firm.firm_account, name="money-firm"),
    path("entreprise/<uuid:enterprise>/rib/", rib.rib, name="money-rib"),
    path("entreprise/<uuid:enterprise>/rib/proposer/", rib.rib_propose, name="money-rib-propose"),
    path("credits/", envelopes.envelopes, name="money-envelopes"),
    path("credits/ouvrir/", envelopes.envelope_open, name="money-envelope-open"),
    path("credits/<int:envelope>/", envelopes.envelope, name="money-envelope"),
    path("credits/<int:envelope>/changer/", envelopes.envelope_change, name="money-envelope-change"),
    path("credits/<int:envelope>/reporter/", envelopes.envelope_carry, name="money-envelope-carry"),
    path("droits/", entitlements.entitlements, name="money-entitlements"),
    path("droits/<int:entitlement>/", entitlements.entitlement, name="money-entitlement"),
    path("droits/<int:entitlement>/suspendre/", entitlements.entitlement_suspend, name="money-entitlement-suspend"),
    path("droits/<int:entitlement>/lever/", entitlements.entitlement_release, name="money-entitlement-release"),
    path("lots/", batches.batches, name="money-batches"),
    path("lots/nouveau/", proposing.batch_new, name="money-batch-new"),
    path("lots/proposer/", proposing.batch_propose, name="money-batch-propose"),
    path("lots/<str:number>/", batches.batch, name="money-batch"),
    path("lots/<str:number>/valider/", batches.batch_validate, name="money-batch-validate"),
    path("lots/<str:number>/refuser/", batches.batch_refuse, name="money-batch-refuse"),
    path("lots/<str:number>/fichier/", batches.batch_send, name="money-batch-send"),
    path("banque/", reconciling.bank, name="money-bank"),
    path("banque/recevoir/", receiving.bank_receive, name="money-bank-receive"),
    path("banque/fichiers/<int:file>/", reconciling.bank_file, name="money-bank-file"),
    path("banque/mouvements/<int:entry>/regler/", reconciling.finding_settle, name="money-finding-settle"),
    path("rib/", accounts.accounts, name="money-accounts"),
    path("rib/payeur/", accounts.payer_set, name="money-payer-set"),
    path("rib/<uuid:account>/confirmer/", accounts.account_confirm, name="money-account-confirm"),
    path("rib/<uuid:account>/refuser/", accounts.account_refuse, name="money-account-refuse"),
    path("restitutions/", recoveries.recoveries, name="money-recoveries"),
    path("restitutions/<str:number>/", recoveries.recovery, name="money-recovery"),
    path("restitutions/<str:number>/plan/", recoveries.recovery_plan, name="money-recovery-plan"),
]
