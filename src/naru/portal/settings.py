"""The portal's settings: one module, driven by environment variables that start with NARU_.

NARU_SECRET_KEY     needed unless NARU_DEBUG is on; signs sessions
NARU_SECRET_KEY_FALLBACKS  former keys, with blanks between: what was made under them still opens
NARU_DEBUG          1 for a trial on one's own machine; default 0
NARU_DATABASE_URL   sqlite:///PATH or postgresql://USER[:PASSWORD]@HOST[:PORT]/NAME; default var/naru.sqlite3
NARU_DATA_DIR       where the database and uploads are kept; default ./var
NARU_CALLS_DIR      call files offered for publishing; default the package's or the repository's calls/
NARU_CATALOGUE_DIR  the model catalogue; default the package's or the repository's catalogue/
NARU_CLAMD          a ClamAV daemon, /path/to/clamd.ctl or HOST:PORT, asked about every upload; default none
NARU_ALLOWED_HOSTS  host names served, with commas; default localhost,127.0.0.1
NARU_PROXIES        how many proxies stand before the portal and name the visitor's address; 1, on trial 0
NARU_SITE_URL       the portal's address in mails, without a slash at its end; default http://127.0.0.1:8000
NARU_EMAIL_URL      the mail server: smtp+tls://USER:PASSWORD@HOST:587, smtps or smtp; default files
NARU_MAIL_FROM      the sender of every mail, e.g. naru <npu@example.org>; default naru <naru@localhost>
NARU_TAX_SERVICE_KEY  the key to the tax service's business status; without one every status is "unknown"
NARU_TAX_SERVICE_URL  its address; default https://api.odcloud.kr/api/nts-businessman/v1
NARU_DEMO           1 when `naru demo` serves its played year on this machine, over plain HTTP; default 0
NARU_DEMO_COMMAND   what `naru demo` tells people to type for a code of the second factor; no default
NARU_RECEIPT_KEY    the key receipts are signed with (Ed25519, PEM); default NARU_DATA_DIR/keys/receipt.pem
NARU_TRUSTED_PROXY  addresses, with commas, whose X-Request-Start is believed; default none
NARU_PROXY_SECONDS  how long before our own clock that header is believed at most; default 30
NARU_CLOCK_OFFSET   seconds added to the clock of the pages: a demo stays in its played year; default 0
"""

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from naru.portal.mail.address import email
from naru.portal.ui.databases import database

DEBUG = os.environ.get("NARU_DEBUG", "0") == "1"
# Empty stays empty: Django refuses to sign anything with it, and ui.checks says how to mend it.
SECRET_KEY = os.environ.get("NARU_SECRET_KEY", "a key for trials on one's own machine" if DEBUG else "")
NARU_DEMO = os.environ.get("NARU_DEMO", "0") == "1"  # the pages say so
NARU_DEMO_COMMAND = os.environ.get("NARU_DEMO_COMMAND", "")
SECRET_KEY_FALLBACKS = os.environ.get("NARU_SECRET_KEY_FALLBACKS", "").split()
ALLOWED_HOSTS = os.environ.get("NARU_ALLOWED_HOSTS", "localhost,127.0.0.1").split(",")

DATA_DIR = Path(os.environ.get("NARU_DATA_DIR", "var")).resolve()
DATABASES = {
    "default": database(os.environ.get("NARU_DATABASE_URL", f"sqlite:///{DATA_DIR / 'naru.sqlite3'}"))
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
RECEIPT_KEY = Path(os.environ.get("NARU_RECEIPT_KEY", DATA_DIR / "keys" / "receipt.pem"))
MEDIA_ROOT = DATA_DIR / "documents"  # private: never given a URL, each download is a view with permissions
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
NARU_UPLOAD_BYTES = 20_000_000  # of one file; the browser is told, and a longer one is let go as it comes in
FILE_UPLOAD_HANDLERS = [
    "naru.portal.ui.uploads.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# The data files stand in the package when it was installed from a wheel, else in the repository beside it.
_PACKAGE, _REPOSITORY = Path(__file__).resolve().parents[1], Path(__file__).resolve().parents[3]
_HOME = _PACKAGE if (_PACKAGE / "catalogue").is_dir() else _REPOSITORY
CALLS_DIR = Path(os.environ.get("NARU_CALLS_DIR", _HOME / "calls"))
CATALOGUE_DIR = Path(os.environ.get("NARU_CATALOGUE_DIR", _HOME / "catalogue"))

STEPS = [  # the year's corridor, lowest room first; a room with urls.py is served
    "ui",
    "audit",
    "mail",
    "accounts",
    "organisations",
    "calls",
    "questions",
    "applications",
    "screening",
    "evaluation",
    "selection",
    "appeals",
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
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "rules.apps.AutodiscoverRulesConfig",
]
MIDDLEWARE = [
    "naru.portal.ui.arrival.arrival_middleware",  # first: the instant a request arrived decides
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
    "naru.portal.accounts.second_factor.SecondFactorMiddleware",
    "naru.portal.accounts.auditors.AuditorMiddleware",
    "naru.portal.accounts.seen.SeenMiddleware",
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
    "naru.portal.accounts.backend.Backend",
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"  # nobody is logged in under an address that is not theirs
ACCOUNT_CHANGE_EMAIL = True  # one address; a new one replaces it when it is confirmed
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # in the browser that signed up, nowhere else
ACCOUNT_ADAPTER = "naru.portal.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "naru.portal.accounts.forms.LoginForm",
    "signup": "naru.portal.accounts.forms.SignupForm",
    "reset_password": "naru.portal.accounts.forms.ResetPasswordForm",
}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
MFA_ADAPTER = "naru.portal.accounts.adapter.MfaAdapter"
MFA_FORMS = {
    "authenticate": "naru.portal.accounts.forms.AuthenticateForm",
    "reauthenticate": "naru.portal.accounts.forms.ReauthenticateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # who is logged in has a confirmed address; a pending change is no obstacle
MFA_REAUTHENTICATION_REQUIRED = False  # our own views ask, and more strictly: second_factor.must_be_fresh
MFA_TOTP_ISSUER = "Naru"
MFA_TOTP_TOLERANCE = 1  # periods of 30 s: clocks of phones drift, people type slowly
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
NARU_TRUSTED_PROXY = os.environ.get("NARU_TRUSTED_PROXY", "")
NARU_PROXY_SECONDS = int(os.environ.get("NARU_PROXY_SECONDS", "30"))
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
SECURE_HSTS_SECONDS = 0 if DEBUG or NARU_DEMO else 365 * 24 * 60 * 60
# Log-in limits count by address: behind a proxy the visitor's is the one the outermost of ours has named
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("NARU_PROXIES", "0" if DEBUG or NARU_DEMO else "1"))
# Limits and used codes must be known to every process of the portal
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "naru_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# What is done later: rows of the database, run by `naru portal db_worker`
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# The tax service's word on business numbers: evidence only, "unknown" without a key
NARU_TAX_SERVICE_KEY = os.environ.get("NARU_TAX_SERVICE_KEY", "")
NARU_TAX_SERVICE_URL = os.environ.get("NARU_TAX_SERVICE_URL", "https://api.odcloud.kr/api/nts-businessman/v1")
NARU_SITE_URL = os.environ.get("NARU_SITE_URL", "http://127.0.0.1:8000")

# Mail: rows of the outbox, sent by the same worker; without a server they are files, and pages say so
globals().update(email(os.environ.get("NARU_EMAIL_URL") or f"file://{quote(str(DATA_DIR / 'mail'))}"))
EMAIL_TIMEOUT = 10  # seconds a mail server may take to answer
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("NARU_MAIL_FROM", "naru <naru@localhost>")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"django.request": {"level": "ERROR"}},
}
