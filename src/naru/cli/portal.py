"""`naru portal ...`: Django's own management commands (migrate, runserver, shell, adduser, ...)."""

import os
import sys
from pathlib import Path
from typing import Any

import typer

PASS_THROUGH: dict[str, Any] = {
    "allow_extra_args": True,
    "ignore_unknown_options": True,
    "help_option_names": [],
}


def prepare() -> None:
    """Name the settings, make the data folder and start Django; needed before any import of a model."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "naru.portal.settings")
    import django
    from django.conf import settings

    Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
    django.setup()


def portal(context: typer.Context) -> None:
    """Run a management command of the portal, e.g. `naru portal migrate`; alone, it lists them."""
    prepare()
    from django.core.management import execute_from_command_line

    execute_from_command_line([f"{Path(sys.argv[0]).name} portal", *context.args])
