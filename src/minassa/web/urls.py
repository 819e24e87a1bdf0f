"""Addresses of the platform: pages under their language, the API under `/api/v1/`."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/v1/", include("minassa.web.api.urls")),
    *i18n_patterns(
        path("interface/", include("minassa.web.api.pages")),
        path("donnees/", include("minassa.web.opendata.urls")),
        path("", include("minassa.web.public.urls")),
        path("", include("minassa.web.estimate.urls")),
        path("reconversion/", include("minassa.web.reconversion.urls")),
        path("", include("minassa.web.home.urls")),
        path("depots/", include("minassa.web.deposits.urls")),
        path("dossiers/", include("minassa.web.cases.urls")),
        path("demandes/restitutions/", include("minassa.web.restitutions.urls")),
        path("demandes/", include("minassa.web.claims.urls")),
        path("controles/", include("minassa.web.control.urls")),
        path("mes-primes/", include("minassa.web.workers.urls")),
        path("conventions/", include("minassa.web.conventions.urls")),
        path("enquetes/", include("minassa.web.surveys.urls")),
        path("plateformes/", include("minassa.web.platforms.urls")),
        path("engagements/", include("minassa.web.commitments.urls")),
        path("recommandations/", include("minassa.web.recommendations.urls")),
        path("consultations/", include("minassa.web.consultations.urls")),
        path("du-terrain-a-la-decision/", include("minassa.web.chain.urls")),
        path("bannette/", include("minassa.web.inbox.urls")),
        path("comptes/", include("minassa.web.money.urls")),
        path("", include("minassa.web.committees.urls")),
        path("preuve/", include("minassa.web.verification.urls")),
        path("compte/", include("minassa.web.account.urls")),
        path("entreprises/", include("minassa.web.enterprises.urls")),
        path("formation/", include("minassa.web.training.urls")),
        path("essais/", include("minassa.web.trials.urls")),
        path("", include("minassa.web.territories.urls")),
        path("formation/cohortes/", include("minassa.web.cohorts.urls")),
        path("visa-talent/", include("minassa.web.visas.urls")),
        path("metiers/", include("minassa.web.titles.urls")),
        path("pilotage/", include("minassa.web.cockpit.urls")),
        path("analyse/", include("minassa.web.analysis.urls")),
        path("indicateurs/", include("minassa.web.indicators.urls")),
        path("tensions/", include("minassa.web.gaps.urls")),
        path("export/", include("minassa.web.exports.urls")),
        path("rapports/", include("minassa.web.reports.urls")),
        path("evaluation/", include("minassa.web.evaluation.urls")),
        path("referentiel/", include("minassa.web.reference.urls")),
        path("recherche/", include("minassa.web.search.urls")),
        path("administration/", include("minassa.web.administration.urls")),
    ),
]
