"""Settings of the platform, from DATABASE_URL, MINASSA_HOME, MINASSA_ADDRESS, MINASSA_PRODUCTION, or their defaults."""

from __future__ import annotations

import os
import secrets
import zoneinfo
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from minassa.web.account.openid import providers
from minassa.web.keys import field_keys, head_keys, kept

# Morocco's hours of 2026 are in the package tzdata, while a system installed before may still hold the former ones.
zoneinfo.reset_tzpath(to=())
HERE = Path(__file__).resolve().parent
MINASSA_HOME = Path(os.environ.get("MINASSA_HOME", "var")).resolve()
MINASSA_PRODUCTION = os.environ.get("MINASSA_PRODUCTION") == "1"
# The demonstration has invented accounts whose codes are shown; a production platform never does.
MINASSA_DEMONSTRATION = not MINASSA_PRODUCTION
MINASSA_DEMONSTRATION_PASSWORD = (
    kept(MINASSA_HOME, "demonstration", lambda: secrets.token_urlsafe(9)) if MINASSA_DEMONSTRATION else ""
)
MINASSA_ADDRESS = os.environ.get("MINASSA_ADDRESS", "http://127.0.0.1:8000")

DEBUG = False
SECRET_KEY = kept(MINASSA_HOME, "django")
MINASSA_FIELD_KEYS = field_keys(MINASSA_HOME)
MINASSA_INDEX_KEY = kept(MINASSA_HOME, "index")
MINASSA_HEAD_KEYS = head_keys(MINASSA_HOME)
MINASSA_FILES = MINASSA_HOME / "files"
ALLOWED_HOSTS = [urlsplit(MINASSA_ADDRESS).hostname or "127.0.0.1", "127.0.0.1", "localhost", "testserver"]
CSRF_TRUSTED_ORIGINS = [MINASSA_ADDRESS]


def database(url: str) -> dict[str, Any]:
    """Django's settings for a `postgresql://user:password@host:port/name?host=/socket/folder` address."""
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    return {
        "ENGINE": "minassa.statements.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "minassa",
        "USER": unquote(parts.username or "") or query.get("user", [""])[0],
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", [unquote(parts.hostname or "")])[0],
        "PORT": str(parts.port or query.get("port", [""])[0]),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"prepare_threshold": 2},  # for prepared cursors alone: Django's own bind in the client
    }


DATABASES = {"default": database(os.environ.get("DATABASE_URL", "postgresql:///minassa"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "registry.Account"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "minassa.journal",
    "minassa.registry",
    "minassa.ledger",
    "minassa.reforms",
    "minassa.intake",
    "minassa.onestop",
    "minassa.claims",
    "minassa.conventions",
    "minassa.skills",
    "minassa.titles",
    "minassa.training",
    "minassa.surveys",
    "minassa.platforms",
    "minassa.consultations",
    "minassa.exports",
    "minassa.markets",
    "minassa.visas",
    "minassa.commitments",
    "minassa.commissions",
    "minassa.ventures",
    "minassa.governance",
    "minassa.steering",
    "minassa.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "minassa.web.account.sessions.SessionLimits",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "minassa.web.urls"
WSGI_APPLICATION = "minassa.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "minassa.web.enterprises.acting.acting",
                "minassa.web.framing.frame",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("français")), ("ar", _("arabe")), ("en", _("anglais"))]
LOCALE_PATHS = sorted((HERE / "locale").glob("*/"))
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Africa/Casablanca"

STATIC_URL = "/static/"
STATIC_ROOT = MINASSA_HOME / "static"
STATICFILES_DIRS = [HERE / "static"] if (HERE / "static").exists() else []

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_ADAPTER = "minassa.web.account.adapters.Accounts"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # the other sessions end; this one goes on
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ADAPTER = "minassa.web.account.adapters.SecondFactor"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "minassa.web.account.codes.EnterForm",
    "reauthenticate": "minassa.web.account.codes.ConfirmForm",
}
SOCIALACCOUNT_ADAPTER = "minassa.web.account.adapters.OutsideIdentity"
SOCIALACCOUNT_PROVIDERS = providers(os.environ)
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "minassa_cache"}}
DEFAULT_FROM_EMAIL = os.environ.get("MINASSA_MAIL_FROM", "ne-pas-repondre@minassa.example")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MINASSA_PRODUCTION else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = MINASSA_HOME / "mail"  # outside production letters are files
EMAIL_HOST = os.environ.get("MINASSA_MAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("MINASSA_MAIL_PORT", "25"))

SESSION_ENGINE = "minassa.web.account.session_store"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
MINASSA_SESSION_IDLE = 3600
MINASSA_SESSION_LONGEST = 12 * 3600
SESSION_COOKIE_SECURE = MINASSA_PRODUCTION
CSRF_COOKIE_SECURE = MINASSA_PRODUCTION
# By this beginning browsers take them over HTTPS alone, from this very host alone; a demonstration has no HTTPS.
SESSION_COOKIE_NAME = "__Host-sessionid" if MINASSA_PRODUCTION else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if MINASSA_PRODUCTION else "csrftoken"
CSRF_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = MINASSA_PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if MINASSA_PRODUCTION else 0
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
