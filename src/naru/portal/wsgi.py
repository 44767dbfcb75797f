"""What a WSGI server (gunicorn) calls."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "naru.portal.settings")
application = get_wsgi_application()
