"""The play: every act of the year in order, and what has to be true when the curtain falls."""

from collections.abc import Callable
from random import Random

from django.db import connection

from naru.domain.call import Call
from naru.portal.audit.models import Event
from naru.portal.demo import post
from naru.portal.demo.acts import (
    allocation,
    appeals,
    evaluation,
    final,
    intake,
    opening,
    screening,
    selection,
    survey,
    use,
)
from naru.portal.demo.player import Player, one_transaction
from naru.portal.demo.profiles import population
from naru.portal.demo.year import Act, Year

SEED = 2025
ACTS: tuple[tuple[str, str, Act], ...] = (  # id, what the bar says, the act
    ("call", "사업공고 · the call", opening.open_the_year),
    ("intake", "신청 접수 · intake", intake.take_in),
    ("screening", "서류심사·기술검토 · screening", screening.screen),
    ("evaluation", "선정평가 · evaluation", evaluation.evaluate),
    ("selection", "선정 · selection", selection.select),
    ("matching", "배정 · matching", selection.match),
    ("allocation", "할당 · allocation", allocation.allocate),
    ("appeals", "이의신청 · appeals", appeals.object_to),
    ("use", "이용 · months of use", use.use),
    ("final", "결과점검 · final checks", final.check),
    ("cases", "참여제한 심의 · cases", final.give_notice),
    ("return", "회수 · servers returned", final.return_servers),
    ("close", "종료 · close", final.close),
    ("survey", "설문·성과조사 · survey", survey.ask),
)
NAMES = tuple(name for name, _title, _act in ACTS)


def play_year(
    terms: Call,
    *,
    begin: Callable[[str], Callable[[], object]],
    under_subscribed: bool = False,
    until: str = "",
) -> Year:
    """Play the acts on an empty database, up to and with the act `until` (all when empty).

    `begin` is told each act's title and returns what hears after every action. Raises AssertionError when an
    act wrote more or fewer audit events than it took actions.
    """
    rng = Random(SEED)
    year = Year(
        player=Player(rng=rng),
        rng=rng,
        terms=terms,
        profiles=population(rng, under_subscribed=under_subscribed),
    )
    before = Event.objects.count()
    for name, title, act in ACTS:
        year.player.tell = begin(title)
        with one_transaction():
            act(year)
            post.deliver(year)
        written = Event.objects.count() - before
        taken = year.player.taken.total()
        if written != taken:
            raise AssertionError(f"{name}: {taken} actions were taken but {written} audit events written")
        if name == until:
            break
    return year


def hurry() -> None:
    """Do without waiting for the disk while the database is built: a half-built one is thrown away."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = OFF")
