"""The portal's settings: one module, driven by environment variables that start with NARU_.

NARU_SECRET_KEY     needed unless NARU_DEBUG is on; signs sessions
NARU_DEBUG          1 for a trial on one's own machine; default 0
NARU_DATABASE_URL   sqlite:///PATH or postgresql://USER[:PASSWORD]@HOST[:PORT]/NAME; default var/naru.sqlite3
NARU_DATA_DIR       where the database and uploads are kept; default ./var
NARU_CALLS_DIR      call files offered for publishing; default the package's or the repository's calls/
NARU_CATALOGUE_DIR  the model catalogue; default the package's or the repository's catalogue/
NARU_ALLOWED_HOSTS  host names served, with commas; default localhost,127.0.0.1
NARU_DEMO           1 when `naru demo` serves its played year on this machine, over plain HTTP; default 0
NARU_CLOCK_OFFSET   seconds added to the clock of the pages: a demo stays in its played year; default 0
"""

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from naru.portal.ui.databases import database

DEBUG = os.environ.get("NARU_DEBUG", "0") == "1"
# Empty stays empty: Django refuses to sign anything with it, and ui.checks says how to mend it.
SECRET_KEY = os.environ.get("NARU_SECRET_KEY", "a key for trials on one's own machine" if DEBUG else "")
NARU_DEMO = os.environ.get("NARU_DEMO", "0") == "1"  # the pages say so
ALLOWED_HOSTS = os.environ.get("NARU_ALLOWED_HOSTS", "localhost,127.0.0.1").split(",")

DATA_DIR = Path(os.environ.get("NARU_DATA_DIR", "var")).resolve()
DATABASES = {
    "default": database(os.environ.get("NARU_DATABASE_URL", f"sqlite:///{DATA_DIR / 'naru.sqlite3'}"))
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = DATA_DIR / "documents"  # private: never given a URL, each download is a view with permissions
FILE_UPLOAD_PERMISSIONS = 0o600
# The data files stand in the package when it was installed from a wheel, else in the repository beside it.
_PACKAGE, _REPOSITORY = Path(__file__).resolve().parents[1], Path(__file__).resolve().parents[3]
_HOME = _PACKAGE if (_PACKAGE / "catalogue").is_dir() else _REPOSITORY
CALLS_DIR = Path(os.environ.get("NARU_CALLS_DIR", _HOME / "calls"))
CATALOGUE_DIR = Path(os.environ.get("NARU_CATALOGUE_DIR", _HOME / "catalogue"))

STEPS = [  # the year's corridor, lowest room first; a room with urls.py is served
    "ui",
    "audit",
    "accounts",
    "organisations",
    "calls",
    "applications",
    "screening",
    "evaluation",
    "selection",
    "allocation",
    "progress",
    "console",
]
INSTALLED_APPS = [
    *[f"naru.portal.{step}" for step in STEPS],
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "allauth",
    "allauth.account",
    "csp",
    "rules.apps.AutodiscoverRulesConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "naru.portal.urls"
WSGI_APPLICATION = "naru.portal.wsgi.application"
FORM_RENDERER = "naru.portal.ui.renderer.KrdsRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# People: log in by e-mail only
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "naru.portal.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"signup": "naru.portal.accounts.forms.SignupForm"}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
LOGIN_REDIRECT_URL = "/home/"  # sends each role to its own first page
LOGIN_URL = "account_login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Words and time: Korean first, stored in UTC, judged and shown in Asia/Seoul
LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", _("한국어")), ("en", _("영어"))]
USE_TZ = True
TIME_ZONE = "Asia/Seoul"
NARU_CLOCK_OFFSET = timedelta(seconds=int(os.environ.get("NARU_CLOCK_OFFSET", "0")))

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # static files are served from the package: no collecting step

# What a browser may load: our own files, nothing inline
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not (DEBUG or NARU_DEMO)
SESSION_COOKIE_AGE = 12 * 60 * 60
SECURE_PROXY_SSL_HEADER = None if DEBUG or NARU_DEMO else ("HTTP_X_FORWARDED_PROTO", "https")

EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"django.request": {"level": "ERROR"}},
}
