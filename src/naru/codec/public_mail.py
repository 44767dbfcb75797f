"""The public mail providers as text: `catalogue/public-mail.toml`, read once per process."""

import tomllib
from functools import cache
from pathlib import Path


@cache
def public_mail(path: Path) -> frozenset[str]:
    """The domains of the file; ValueError when it is not one list of domains in lower case."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    domains = data.get("domains")
    if set(data) != {"schema", "domains"} or data["schema"] != 1 or not isinstance(domains, list):
        raise ValueError(f"{path.name}: needs schema = 1 and domains, and nothing else")
    wrong = [one for one in domains if not isinstance(one, str) or one != one.lower() or "." not in one]
    if wrong:
        raise ValueError(f"{path.name}: domains: {wrong} are no domains in lower case")
    return frozenset(domains)
