"""`naru portal adduser kim@example.org --name 김나루 --role operator`: an installation's first people."""

import os
from getpass import getpass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.urls import reverse

from naru.portal.accounts import actions
from naru.portal.accounts.models import Role
from naru.portal.ui import clock


class Command(BaseCommand):
    """Enter a user with roles, through the same actions as everywhere."""

    help = "Add a user; the password is asked for, or taken from NARU_PASSWORD."

    def add_arguments(self, parser: CommandParser) -> None:
        """E-mail, name, roles."""
        parser.add_argument("email")
        parser.add_argument("--name", required=True)
        parser.add_argument("--role", action="append", default=[], choices=Role.values)

    @transaction.atomic
    def handle(self, *_args: Any, **options: Any) -> None:
        """Add the user or say what is wrong."""
        password = os.environ.get("NARU_PASSWORD") or getpass("password: ")
        at = clock.now()
        staff = Role.OPERATOR.value in options["role"]
        try:
            user = actions.create_user(
                by=None,
                at=at,
                email=options["email"],
                name=options["name"],
                password=password,
                is_staff=staff,
                verified=True,  # whoever runs this command vouches for the address
            )
            for role in options["role"]:
                actions.grant_role(by=None, at=at, user=user, role=role)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{user.email}: {', '.join(sorted(user.roles))}")
        if user.needs_second_factor:
            address = settings.NARU_SITE_URL + reverse("account_login")
            self.stdout.write(
                f"second factor: at the first log-in ({address}) the portal asks this person to scan "
                "a QR code with an authenticator app (TOTP); nothing else opens before. Have a phone at hand."
            )
