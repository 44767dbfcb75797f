"""The portal's addresses: each room with a `urls` module brings its own whole paths."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    *[
        path("", include(f"naru.portal.{step}.urls"))
        for step in settings.STEPS
        if find_spec(f"naru.portal.{step}.urls")
    ],
]
