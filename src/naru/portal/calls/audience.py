"""Who is told when a round's close moves: each later step names its people, once, in `AppConfig.ready`.

The corridor lets calls know no applications, so those bring the addresses.
"""

from collections.abc import Callable, Iterable

from naru.portal.calls.models import Call

Reader = tuple[str, str]  # e-mail address, language
Provider = Callable[[Call, str], Iterable[Reader]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Add people to tell: `provider(call, round_id)` gives their addresses and languages."""
    if provider not in _providers:
        _providers.append(provider)


def readers(call: Call, round_id: str) -> list[Reader]:
    """Everybody to tell of a round, each address once, in order of address."""
    found = {email: language for provide in _providers for email, language in provide(call, round_id)}
    return sorted(found.items())
