"""The settings of the project: all of them, read from the environment, safe where the environment is silent."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from hearth.web.config import environment
from hearth.web.config.databases import database

WEB = Path(__file__).resolve().parents[1]
HEARTH_ENVIRONMENT = environment.environment()
HEARTH_FOLDER = environment.folder()
HEARTH_DEMO = environment.flag("HEARTH_DEMO") or HEARTH_ENVIRONMENT == "demo"
DEBUG = environment.flag("HEARTH_DEBUG")
environment.refuse_in_production(HEARTH_ENVIRONMENT, demo=HEARTH_DEMO, debug=DEBUG)
PRODUCTION = HEARTH_ENVIRONMENT == "production"
SECRET_KEY = environment.secret_key(HEARTH_ENVIRONMENT)
ALLOWED_HOSTS = environment.several("HEARTH_HOSTS") or ["localhost", "127.0.0.1", "[::1]"]


def _today() -> date | None:
    value = environment.text("HEARTH_TODAY")
    if not value or PRODUCTION:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ImproperlyConfigured(f"HEARTH_TODAY is {value!r}: write a day as 2026-03-31.") from None


HEARTH_TODAY = _today()

INSTALLED_APPS = [
    "hearth.web.design",
    "hearth.web.access",
    "hearth.web.children",
    "hearth.web.health",
    "hearth.web.education",
    "hearth.web.leaving_care",
    "hearth.web.safety",
    "hearth.web.intake",
    "hearth.web.work",
    "simple_history",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

ROOT_URLCONF = "hearth.web.config.urls"
WSGI_APPLICATION = "hearth.web.config.wsgi.application"
DATABASES = {"default": database(environment.text("HEARTH_DATABASE_URL"), HEARTH_FOLDER)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "access.User"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = HEARTH_FOLDER / "static"
MEDIA_ROOT = HEARTH_FOLDER / "files"

SIMPLE_HISTORY_DATE_INDEX = False
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
