"""The model catalogue as the portal reads it: once per process, from the catalogue's folder."""

from functools import cache

from django.conf import settings

from naru.codec.catalogue import read_catalogue
from naru.domain.catalogue import Catalogue


@cache
def catalogue() -> Catalogue:
    """The families of the support table, their members' names, and well-known models that are not in it."""
    return read_catalogue(settings.CATALOGUE_DIR / "families.toml")
