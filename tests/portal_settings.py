"""The portal's settings as the tests run them: fast passwords; an N+1 query in a request is an error."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("NARU_SECRET_KEY", "tests only")

from naru.portal.settings import *  # noqa: F403
from naru.portal.settings import INSTALLED_APPS, MIDDLEWARE

INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
RECEIPT_KEY = Path(tempfile.mkdtemp(prefix="naru-tests-")) / "receipt.pem"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SECURE_PROXY_SSL_HEADER = None
# logging in reads and renews one session, and looks at one address, several times
ZEAL_ALLOWLIST = [{"model": "sessions.Session"}, {"model": "account.EmailAddress"}]
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}
}  # the tests of tasks name a real one
