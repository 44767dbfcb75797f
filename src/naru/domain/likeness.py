"""Which listed family has an architecture of given dimensions (A-05): the same is listed, a like one near.

What a model is trained for (its head, its labels) and how long a text it is meant for (`context`) do not make
another architecture; every other dimension does. Nothing is listed by its name.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from naru.domain.analysis import FamilyMatch
from naru.domain.architecture import Dimensions, Kind, Value
from naru.domain.reference import Reference

TASK = frozenset({"head", "labels", "context"})
PLACES = 4


def family_of_dimensions(
    kind: Kind,
    dimensions: Dimensions,
    like: Sequence[str],
    references: Mapping[str, Reference],
    titles: Mapping[str, str],
) -> FamilyMatch:
    """The nearest listed family of a model.

    Args:
        kind: of the architecture.
        dimensions: as `domain.architecture.KEYS` names them.
        like: keys of families built the same way, the nearest of kin first; empty where there is none.
        references: the catalogue's references by family.
        titles: the printed name of each family.
    """
    same = _same(kind, dimensions, like, references)
    if same:
        key, variant = same[0]
        also = dict.fromkeys(other for other, _variant in same if other != key)
        return FamilyMatch(
            match="listed", key=key, name=titles[key], variant=variant, distance=0.0, also=tuple(also)
        )
    if not like:
        return FamilyMatch(match="none")
    key, *others = like
    away, variant = min(
        (distance(one.dimensions, dimensions), one.name)
        for one in references[key].variants
        if one.architecture == kind
    )
    return FamilyMatch(
        match="near",
        key=key,
        name=titles[key],
        variant=variant,
        distance=max(round(float(away), PLACES), 10**-PLACES),
        also=tuple(others),
    )


def distance(one: Dimensions, other: Dimensions) -> Fraction:
    """How far two architectures are apart: the mean over dimensions of how far each is, 0 to 1."""
    names = (set(one) | set(other)) - TASK
    return sum((_apart(one.get(name), other.get(name)) for name in names), Fraction()) / max(len(names), 1)


def _apart(one: Value | None, other: Value | None) -> Fraction:
    if one == other:
        return Fraction(0)
    if type(one) is int and type(other) is int:
        return Fraction(abs(one - other), max(one, other))
    return Fraction(1)


def _same(
    kind: Kind, dimensions: Dimensions, like: Sequence[str], references: Mapping[str, Reference]
) -> list[tuple[str, str]]:
    """(family, variant) of the same dimensions: those trained alike first, then the order of `like`."""
    found = [
        (variant.dimensions.get("head") == "classifier", key, variant.name)
        for key, reference in references.items()
        for variant in reference.variants
        if variant.architecture == kind and not distance(variant.dimensions, dimensions)
    ]
    judges = dimensions.get("head") == "classifier"
    rank = {key: place for place, key in enumerate(like)}
    found.sort(key=lambda one: (one[0] is not judges, rank.get(one[1], len(rank)), one[1]))
    return [(key, name) for _judges, key, name in found]
