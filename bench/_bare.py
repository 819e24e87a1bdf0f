"""A bare Django view that writes one row, and nothing else: what the steps of the platform are compared to."""

from __future__ import annotations

import os

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from minassa.web.settings import database

settings.configure(
    SECRET_KEY="bare",  # noqa: S106 (nothing is signed here)
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["127.0.0.1"],
    DATABASES={"default": database(os.environ["DATABASE_URL"])},
    MIDDLEWARE=[],
    LOGGING_CONFIG=None,
)
django.setup()


def write(request: HttpRequest) -> HttpResponse:
    """One row, committed."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_bare (body) VALUES (%s)", [request.body.decode()])
    return HttpResponse(status=204)


urlpatterns = [path("", write)]
application = get_wsgi_application()
