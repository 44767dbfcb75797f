"""Log in, log out, sign up (allauth); one's own account; the operators' page of people."""

from allauth.account import urls as allauth
from allauth.mfa.base import views as codes
from django.urls import include, path

from naru.portal.accounts.views import factor, own

own_account = [
    path("", own.home, name="account_home"),
    path("sessions/", own.sessions, name="usersessions_list"),
    path("sessions/end/", own.end_sessions, name="account_end_sessions"),
    path("2fa/", factor.index, name="mfa_index"),
    path("2fa/authenticate/", codes.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", codes.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", factor.enrol, name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", factor.remove, name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", factor.codes, name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", factor.renew, name="mfa_generate_recovery_codes"),
]
urlpatterns = [
    path("accounts/", include(own_account)),
    path("accounts/", include(allauth)),
    path("", include("naru.portal.accounts.people_urls")),
]
