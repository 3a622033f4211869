"""The settings of the project: all of them, read from the environment, safe where the environment is silent."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from hearth.web.config import environment
from hearth.web.config.databases import database
from hearth.web.config.logs import logging_settings
from hearth.web.config.outside import email, open_id_connect
from hearth.web.config.security import content_security_policy

WEB = Path(__file__).resolve().parents[1]
HEARTH_ENVIRONMENT = environment.environment()
HEARTH_FOLDER = environment.folder()
HEARTH_DEMO = environment.flag("HEARTH_DEMO") or HEARTH_ENVIRONMENT == "demo"
DEBUG = environment.flag("HEARTH_DEBUG")
environment.refuse_in_production(HEARTH_ENVIRONMENT, demo=HEARTH_DEMO, debug=DEBUG)
PRODUCTION = HEARTH_ENVIRONMENT == "production"
SECRET_KEY = environment.secret_key(HEARTH_ENVIRONMENT)
ALLOWED_HOSTS = environment.hosts(HEARTH_ENVIRONMENT)


def _today() -> date | None:
    value = environment.text("HEARTH_TODAY")
    if not value or PRODUCTION:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ImproperlyConfigured(f"HEARTH_TODAY is {value!r}: write a day as 2026-03-31.") from None


HEARTH_TODAY = _today()
HEARTH_AUTHORITY = environment.authority()
HEARTH_AUTHORITY_NAME = environment.text("HEARTH_AUTHORITY_NAME", "Made-up council" if HEARTH_DEMO else "")

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
    "hearth.web.carers",
    "hearth.web.figures",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_htmx",
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
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "hearth.web.config.logs.RequestLines",
    "hearth.web.config.security.PrivatePages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "hearth.web.children.sheets.keeping.KeepTyping",
    "hearth.web.access.middleware.NotTooMuch",
    "hearth.web.access.middleware.PlainLetters",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "hearth.web.access.middleware.SessionLimits",
    "hearth.web.access.middleware.PolicyMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
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
                "hearth.web.access.context.page",
            ],
            "builtins": [
                "hearth.web.design.templatetags.links",
                "hearth.web.design.templatetags.words",
                "hearth.web.design.templatetags.components",
                "hearth.web.design.templatetags.form_parts",
                "hearth.web.children.templatetags.child_pages",
                "hearth.web.work.templatetags.worklists",
            ],
        },
    }
]

FORM_RENDERER = "hearth.web.design.renderer.Renderer"
ROOT_URLCONF = "hearth.web.config.urls"
WSGI_APPLICATION = "hearth.web.config.wsgi.application"
DATABASES = {"default": database(environment.text("HEARTH_DATABASE_URL"), HEARTH_FOLDER)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "access.User"

# The tries counted for throttling, shared by every process that serves.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "access_throttle"}}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = HEARTH_FOLDER / "static"
MEDIA_ROOT = HEARTH_FOLDER / "files"

SIMPLE_HISTORY_DATE_INDEX = False
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "hearth.web.config.files.StaticFiles"},
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG

# Sign-in: a code by e-mail, a passkey, or the council's own account; no passwords, and nobody adds themselves.
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
AUTHENTICATION_BACKENDS = ["hearth.web.access.backend.Backend"]
ACCOUNT_ADAPTER = "hearth.web.access.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "request_login_code": "20/m/ip,5/5m/key",
    "reauthenticate": "10/m/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if environment.flag("HEARTH_BEHIND_PROXY") else 0
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Hearth: "
MFA_ADAPTER = "hearth.web.access.adapters.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Hearth"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
SOCIALACCOUNT_ADAPTER = "hearth.web.access.adapters.SocialAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = open_id_connect()

# Sessions: kept in the database so that they can be ended from here; minutes without use, hours at the longest.
SESSION_ENGINE = "hearth.web.access.sessions"
SESSION_IDLE_SECONDS = 60 * environment.whole("HEARTH_SESSION_IDLE_MINUTES", 30)
SESSION_LONGEST_SECONDS = 3600 * environment.whole("HEARTH_SESSION_LONGEST_HOURS", 10)
SESSION_COOKIE_AGE = SESSION_LONGEST_SECONDS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "hearth.web.design.errors.forgery"
CSRF_TRUSTED_ORIGINS = environment.several("HEARTH_ORIGINS")

# What a page is to say next names children: it is kept with the session, and ends with it, not in the browser.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# In production everything travels encrypted; the proxy in front says so.
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_NAME = "__Host-hearth" if PRODUCTION else "hearth"
CSRF_COOKIE_NAME = "__Host-hearth-form" if PRODUCTION else "hearth-form"
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = ["^health$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if environment.flag("HEARTH_BEHIND_PROXY") else None
SECURE_HSTS_SECONDS = 31536000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = content_security_policy(environment.text("HEARTH_OPENID_URL"))
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
HEARTH_UPLOAD_MB = environment.whole("HEARTH_UPLOAD_MB", 300)
HEARTH_DRAFT_DAYS = environment.whole("HEARTH_DRAFT_DAYS", 60)
"""Days for which what somebody began to write is kept after it was last saved."""
HEARTH_LOADS_APART = True

EMAIL = email()
EMAIL_BACKEND = EMAIL.backend
EMAIL_HOST, EMAIL_PORT = EMAIL.host, EMAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = EMAIL.user, EMAIL.password
EMAIL_USE_TLS = EMAIL.is_encrypted
DEFAULT_FROM_EMAIL = environment.text("HEARTH_EMAIL_FROM", "hearth@localhost")
EMAIL_TIMEOUT = 10

LOGGING = logging_settings(is_plain=DEBUG)
