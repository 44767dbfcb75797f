"""`naru portal loadfaq calls/faq/2025-npu.toml --by kim@example.org`: a file of questions and answers."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from naru.codec.faq import FaqFileError, parse_faq
from naru.portal.accounts.models import User
from naru.portal.calls.models import Call
from naru.portal.questions import actions
from naru.portal.questions.seeds import contents
from naru.portal.ui import clock


class Command(BaseCommand):
    """Load entries through the same action as everywhere; what stands there already is left alone."""

    help = "Put the entries of a FAQ file on the portal; known questions are left as operators edited them."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and in whose name."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", required=True, help="e-mail of an operator")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load the file or say what is wrong with it."""
        path: Path = options["file"]
        operator = User.objects.filter(email=options["by"].lower()).first()
        if operator is None or not operator.has_role("operator"):
            raise CommandError(f"--by: {options['by']} is no operator of this portal")
        try:
            file = parse_faq(path.read_text(encoding="utf-8"), path.name)
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{path}: cannot be read: {error}") from error
        except FaqFileError as error:
            raise CommandError("\n".join([path.name, *error.problems])) from error
        call = Call.objects.filter(slug=file.call).first()
        if call is None:
            raise CommandError(f"call: {file.call} is not published here")
        made = actions.load_entries(by=operator, at=clock.now(), call=call, contents=contents(file))
        self.stdout.write(f"{len(made)} of {len(file.entries)} entries loaded")
