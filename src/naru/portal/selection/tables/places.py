"""The matching room's tables: applicants against server groups, and the proof of each denial in words.

Drawn from the data of a record, so that a pre-check and a stored matching look the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from naru.domain import call as terms
from naru.portal.selection import words

Key = tuple[str, str]  # vendor, cloud
Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Servers of one vendor at one cloud: how many, how many given; `closed` where a denial rests on it."""

    vendor: str
    cloud: str
    capacity: int
    used: int
    closed: bool

    @property
    def full(self) -> bool:
        """Whether no server is left."""
        return self.used >= self.capacity


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One selected application; `cells` follow the groups: "given", a tier counted from 1, or nothing."""

    number: str
    rank: int
    sector: str
    vendor: str
    cloud: str
    choice: int | None
    code: str
    clause: str
    reason: Data
    cells: tuple[str, ...]
    proof: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortage:
    """A set of server groups with fewer servers than awardees who can use nothing else (Hall set)."""

    groups: str
    servers: int
    numbers: tuple[str, ...]

    @property
    def only(self) -> int:
        """How many depend on the set alone."""
        return len(self.numbers)

    @property
    def short(self) -> int:
        """How many servers are missing."""
        return self.only - self.servers


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One product's matching."""

    product: str
    title: Any
    groups: tuple[Group, ...]
    places: tuple[Place, ...]
    shortages: tuple[Shortage, ...]

    @property
    def served(self) -> int:
        """How many have a server."""
        return sum(bool(place.vendor) for place in self.places)

    @property
    def unserved(self) -> int:
        """How many wait for one."""
        return len(self.places) - self.served

    @property
    def moved(self) -> int:
        """How many stand at another cloud than they wished for first."""
        return sum((place.choice or 1) > 1 for place in self.places)

    @property
    def servers(self) -> int:
        """Servers entered."""
        return sum(group.capacity for group in self.groups)


def of_record(call: terms.Call, record: Data, names: Mapping[str, str]) -> list[Table]:
    """One table per product of a record with matching; `names` maps a supplier's code to its name."""
    entries = {entry["id"]: entry for entry in record["applications"]}
    titles = words.product_titles(call)
    return [
        _table(titles[product["product"]], product["product"], record, entries, names)
        for product in record["products"]
    ]


def proof_words(code: str, certificate: Data | None, names: Mapping[str, str]) -> str:
    """A certificate as a sentence; empty where nothing was denied."""
    if certificate is None:
        return ""
    if not certificate["groups"]:
        return _("이 상품에는 쓸 수 있는 서버가 하나도 공급되지 않았습니다.")
    said = {
        "groups": listed([(group["vendor"], group["cloud"]) for group in certificate["groups"]], names),
        "servers": certificate["servers"],
    }
    if code == "CLOUD_CHANGED":
        return (
            _(
                "더 바라던 서버는 %(groups)s의 %(servers)d대 안에 있습니다. 모두 찼고, 그 자리에 있는 곳은 "
                "서버를 잃거나 더 낮은 희망으로 옮겨야만 비켜 줄 수 있습니다."
            )
            % said
        )
    return (
        _(
            "쓸 수 있는 서버는 %(groups)s의 %(servers)d대뿐입니다. 모두 순위가 앞선 곳에 배정되었고, "
            "그곳들이 쓸 수 있는 서버도 이 안에만 있습니다."
        )
        % said
    )


def listed(groups: Sequence[Key], names: Mapping[str, str]) -> str:
    """Server groups in words: each vendor with its clouds in brackets."""
    clouds: dict[str, list[str]] = {}
    for vendor, cloud in groups:
        clouds.setdefault(names.get(vendor, vendor), []).append(names.get(cloud, cloud))
    return ", ".join(f"{vendor}({'·'.join(found)})" for vendor, found in clouds.items())


def _table(
    title: Any, product: str, record: Data, entries: Mapping[str, Data], names: Mapping[str, str]
) -> Table:
    rulings = sorted(
        (one for one in record["rulings"] if one["product"] == product and one["server"]),
        key=lambda one: one["rank"],
    )
    certificates = {one["id"]: one for one in record["certificates"] if one["product"] == product}
    supply: dict[Key, int] = {
        (one["vendor"], one["cloud"]): one["capacity"]
        for one in record["capacities"]
        if one["product"] == product
    }
    used = dict.fromkeys(supply, 0)
    for one in rulings:
        if one["server"]["vendor"]:
            used[one["server"]["vendor"], one["server"]["cloud"]] += 1
    depend = _dependent(rulings, entries, certificates, list(supply))
    closed = {(g["vendor"], g["cloud"]) for one in certificates.values() for g in one["groups"]}
    return Table(
        product=product,
        title=title,
        groups=tuple(
            Group(
                vendor=names.get(vendor, vendor),
                cloud=names.get(cloud, cloud),
                capacity=capacity,
                used=used[vendor, cloud],
                closed=(vendor, cloud) in closed,
            )
            for (vendor, cloud), capacity in supply.items()
        ),
        places=tuple(
            _place(one, entries[one["id"]], list(supply), certificates, names, depend) for one in rulings
        ),
        shortages=tuple(_shortages(rulings, entries, certificates, list(supply), names)),
    )


def _place(
    ruling: Data,
    entry: Data,
    groups: Sequence[Key],
    certificates: Mapping[str, Data],
    names: Mapping[str, str],
    depend: Mapping[str, Sequence[int]],
) -> Place:
    server = ruling["server"]
    given = (server["vendor"], server["cloud"])
    proof = proof_words(server["finding"]["code"], certificates.get(server["certificate"]), names)
    if proof and not server["vendor"] and (ranks := depend.get(server["certificate"])):
        line = _("이 서버 말고는 쓸 수 없는 선정자가 %(all)d곳이고, 그 가운데 %(above)d곳이 순위가 앞섭니다.")
        above = sum(rank < ruling["rank"] for rank in ranks)
        proof += " " + line % {"all": len(ranks), "above": above}
    return Place(
        number=ruling["id"],
        rank=ruling["rank"],
        sector=entry["sector"],
        vendor=names.get(server["vendor"], server["vendor"] or ""),
        cloud=names.get(server["cloud"], server["cloud"] or ""),
        choice=server["choice"],
        code=server["finding"]["code"],
        clause=server["finding"]["clause"],
        reason=server["finding"]["reason"],
        cells=tuple("given" if group == given else _tier(entry, group) for group in groups),
        proof=proof,
    )


def _tier(entry: Data, group: Key) -> str:
    """The awardee's wish for a group, counted from 1; clouds not named come last; "" where it cannot run."""
    vendor, cloud = group
    if vendor not in entry["vendors"]:
        return ""
    clouds = entry["clouds"]
    return str(clouds.index(cloud) + 1 if cloud in clouds else len(clouds) + 1)


def _dependent(
    rulings: Sequence[Data],
    entries: Mapping[str, Data],
    certificates: Mapping[str, Data],
    groups: Sequence[Key],
) -> dict[str, list[int]]:
    """For each certificate the ranks of those who can use its servers and no others."""
    usable = [(one["rank"], {g for g in groups if g[0] in entries[one["id"]]["vendors"]}) for one in rulings]
    found = {}
    for name, certificate in certificates.items():
        inside = {(group["vendor"], group["cloud"]) for group in certificate["groups"]}
        found[name] = [rank for rank, own in usable if own and own <= inside]
    return found


def _shortages(
    rulings: Sequence[Data],
    entries: Mapping[str, Data],
    certificates: Mapping[str, Data],
    groups: Sequence[Key],
    names: Mapping[str, str],
) -> list[Shortage]:
    """The saturated sets behind those without a server, the worst first; empty where no server fits."""
    behind = {one["server"]["certificate"] for one in rulings if not one["server"]["vendor"]} - {None}
    allowed = {
        one["id"]: {group for group in groups if group[0] in entries[one["id"]]["vendors"]} for one in rulings
    }
    found = []
    for name in sorted(behind):
        inside = {(group["vendor"], group["cloud"]) for group in certificates[name]["groups"]}
        found.append(
            Shortage(
                groups=listed(sorted(inside), names),
                servers=certificates[name]["servers"],
                numbers=tuple(
                    key
                    for key, usable in allowed.items()
                    if usable <= inside and bool(usable) == bool(inside)
                ),
            )
        )
    return sorted(found, key=lambda one: -one.short)
