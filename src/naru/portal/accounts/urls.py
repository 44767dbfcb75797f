"""Log in, log out, sign up (allauth)."""

from django.urls import include, path

urlpatterns = [path("accounts/", include("allauth.account.urls"))]
