"""Addresses under `administration/`."""

from __future__ import annotations

from django.urls import path

from minassa.web.administration import people, systems

urlpatterns = [
    path("", systems.home, name="admin-home"),
    path("demandes/", people.requests, name="admin-requests"),
    path("demandes/<uuid:uuid>/", people.answer_request, name="admin-request-answer"),
    path("invitations/", people.invitations, name="admin-invitations"),
    path("invitations/<uuid:uuid>/annuler/", people.revoke_invitation, name="admin-invitation-revoke"),
    path("comptes/", people.accounts, name="admin-accounts"),
    path("comptes/<uuid:uuid>/", people.account_page, name="admin-account"),
    path("comptes/<uuid:uuid>/etat/", people.close, name="admin-account-state"),
    path("nominations/<int:appointment>/terminer/", people.end, name="admin-appointment-end"),
    path("organismes/", systems.bodies, name="admin-bodies"),
    path("organismes/<slug:code>/", systems.body_page, name="admin-body"),
    path("interfaces/", systems.clients, name="admin-clients"),
    path("interfaces/<slug:client_id>/cles/", systems.rotate, name="admin-client-rotate"),
    path("interfaces/<slug:client_id>/etat/", systems.switch_client, name="admin-client-state"),
    path("connexions/", systems.sign_ins, name="admin-sign-ins"),
    path("droits/", systems.policy, name="policy"),
]
