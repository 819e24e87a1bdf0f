"""Addresses under `compte/`: ours, then those of django-allauth (sign-in, password, second factor, identity)."""

from __future__ import annotations

from django.urls import include, path
from django.views.generic import RedirectView

from minassa.web.account import alerts, entering, own

urlpatterns = [
    path("", own.settings_page, name="account-home"),
    path("alertes/", alerts.alerts, name="account-alerts"),
    path("sessions/", own.sessions, name="account-sessions"),
    path("sessions/terminer/", own.end_sessions, name="account-sessions-end"),
    path("demander/", entering.request_account, name="account-request"),
    path("demander/recue/", entering.requested, name="account-requested"),
    path("invitation/<str:token>/", entering.invitation, name="account-invitation"),
    path("identite-inconnue/", entering.unknown_identity, name="account-unknown-identity"),
    # The address of an account is the one that was invited: nobody adds another.
    path("email/", RedirectView.as_view(pattern_name="account-home"), name="account_email"),
    path("", include("allauth.urls")),
]
