"""Where servers come from: one small interface, one module per engine; no Django.

An engine is chosen by its name (`Server.engine` in the portal, `--engine` on the command line).
"""

from collections.abc import Callable, Mapping

from naru.engines.base import Engine, Notebook
from naru.engines.manual import ManualEngine

ENGINES: Mapping[str, Callable[[Notebook], Engine]] = {ManualEngine.name: ManualEngine}


def engine(name: str, notebook: Notebook) -> Engine:
    """The engine called `name`, keeping what it must remember in `notebook`.

    Raises ValueError naming the engines there are.
    """
    try:
        return ENGINES[name](notebook)
    except KeyError:
        known = ", ".join(sorted(ENGINES))
        raise ValueError(f"engine: there is no {name!r}; choose one of: {known}") from None
