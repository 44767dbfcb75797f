"""The staff of the demo (출연진): operators, reviewers, suppliers' people, auditor; the logins."""

from dataclasses import dataclass
from random import Random

from naru.portal.demo import naming

PASSWORD = "naru-demo-2025"  # noqa: S105 - printed on purpose: nobody and nothing real is behind it
REVIEWERS = 25
CLOUDS = {"cloud-a": "가상 클라우드 A", "cloud-b": "가상 클라우드 B", "cloud-c": "가상 클라우드 C"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody with a role; `login` when the address is printed and gets the password."""

    email: str
    name: str
    role: str
    supplier: str = ""
    login: bool = False


def cast(rng: Random, vendors: tuple[str, ...]) -> tuple[Person, ...]:
    """Everybody but the applicants: three operators, reviewers, one person per supplier, an auditor."""
    people = [
        Person(
            email=f"operator{number}@naru.example",
            name=naming.person(rng),
            role="operator",
            login=number < 3,
        )
        for number in (1, 2, 3)
    ]
    people += [
        Person(
            email=f"reviewer{number:02d}@{_reviewer_domain(number)}",
            name=naming.person(rng),
            role="reviewer",
            login=number == 1,
        )
        for number in range(1, REVIEWERS + 1)
    ]
    for role, codes in (("vendor", vendors), ("cloud", tuple(CLOUDS))):
        people += [
            Person(
                email=f"{code}@naru.example",
                name=naming.person(rng),
                role=role,
                supplier=code,
                login=code.endswith("-a"),
            )
            for code in codes
        ]
    people.append(Person(email="auditor@naru.example", name=naming.person(rng), role="auditor", login=True))
    return tuple(people)


def _reviewer_domain(number: int) -> str:
    """Every third reviewer teaches at a campus that applies as well, and may not judge its applications."""
    return (
        f"campus{number:02d}.example"
        if number % 3 == 0 and number <= len(naming.CAMPUSES)
        else "panel.example"
    )
