"""Django's name for this room."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """The outbox (보낼 메일); every step above writes here, its page is the console's."""

    name = "naru.portal.mail"
    label = "mail"

    def ready(self) -> None:
        """A written mail wakes the worker; the settings are checked for a way out."""
        from naru.portal.audit import tasks as audit
        from naru.portal.mail import checks, outbox, tasks  # noqa: F401 - importing the checks registers them

        outbox.woken_by(tasks.wake)
        outbox.woken_by(audit.wake)  # a portal that writes to people publishes where its record stands
