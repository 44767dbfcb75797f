"""What a browser calls itself, in words; and what a demo tells: the command for a code, the mail folder."""

import re

from django import template
from django.conf import settings
from django.utils.translation import gettext as _

register = template.Library()

BROWSERS = {
    r"Edg(?:e|A|iOS)?/": "Edge",
    r"Whale/": "Naver Whale",
    r"SamsungBrowser/": "Samsung Internet",
    r"OPR/": "Opera",
    r"(?:Firefox|FxiOS)/": "Firefox",
    r"(?:Chrome|Chromium|CriOS|HeadlessChrome)/": "Chrome",
    r"Safari/": "Safari",
}
SYSTEMS = {
    r"Android": "Android",
    r"iPhone|iPad": "iOS",
    r"Windows": "Windows",
    r"Mac OS X": "macOS",
    r"CrOS": "ChromeOS",
    r"Linux": "Linux",
}


@register.filter
def device(agent: str) -> str:
    """`{{ user_agent|device }}`: Chrome, Windows; an unknown one says so, never the raw header."""
    found = [_first(table, agent) for table in (BROWSERS, SYSTEMS)]
    return ", ".join(name for name in found if name) or _("알 수 없는 기기")


def _first(table: dict[str, str], agent: str) -> str:
    return next((name for pattern, name in table.items() if re.search(pattern, agent)), "")


@register.simple_tag
def demo_command() -> str:
    """The command of this demonstration, empty where none is served."""
    return settings.NARU_DEMO_COMMAND if settings.NARU_DEMO else ""


@register.simple_tag
def demo_mail_folder() -> str:
    """Where the demo's worker writes mail as files, empty where no demo is served."""
    return str(settings.DATA_DIR / "mail") if settings.NARU_DEMO else ""
