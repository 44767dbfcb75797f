"""A test client whose people have passed the second factor, as their sessions say after a real log-in."""

import time

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.userkit import user_id_to_str
from django.test import Client

from naru.portal.accounts import seen

OWNER = "account_authentication_methods_user"


class SeatedClient(Client):
    """`force_login` logs in as the log-in pages do: password and code, just now."""

    def force_login(self, user, backend=None):
        """Log in; the session holds what allauth leaves there."""
        super().force_login(user, backend)
        session = self.session
        now = time.time()
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [
            {"method": "password", "at": now, "email": user.email},
            {"method": "mfa", "at": now, "type": "totp", "id": 0},
        ]
        session[OWNER] = user_id_to_str(user)
        session[seen.KEY] = int(now)
        session.save()
