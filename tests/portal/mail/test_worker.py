"""The worker's round: everything goes once, a failure is one mail's own, and nothing is ever lost."""

from datetime import timedelta

import pytest
from django.core import mail as django_mail

from naru.portal.audit.models import Event
from naru.portal.mail import actions, posting, queries, tasks
from naru.portal.mail.models import Mail
from naru.portal.mail.retries import LEASE, WAITS, next_try

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def deliver():
    """One round, as the worker runs it."""
    return tasks.deliver.call()


def states():
    return {row.to.partition("@")[0]: row.state for row in queries.with_state()}


def test_a_korean_mail_arrives_whole(mail, clock, server, settings):
    settings.DEFAULT_FROM_EMAIL = "나루 <npu@example.test>"
    body = "안녕하십니까, 홍길동 님.\n.\n접수번호: 2025-NPU-0001 — " + "가" * 2000 + "\n"
    mail(subject="[나루] 신청서를 접수했습니다 — 2025-NPU-0001", body=body)
    assert deliver() == 1
    ((recipients, letter),) = server.letters
    assert recipients == ["kim@example.test"]
    assert letter["Subject"] == "[나루] 신청서를 접수했습니다 — 2025-NPU-0001"
    assert letter["From"] == "나루 <npu@example.test>"
    assert letter["To"] == "kim@example.test"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content().replace("\r\n", "\n") == body
    assert max(len(line) for line in letter.as_bytes().splitlines()) <= 998  # RFC 5322, 2.1.1


def test_a_doubled_mail_is_known_by_its_message_id(mail, clock):
    one, other = mail("kim"), mail("lee")
    assert posting.message(one).extra_headers == posting.message(Mail.objects.get(pk=one.pk)).extra_headers
    ids = [posting.message(row).extra_headers["Message-ID"] for row in (one, one, other)]
    assert ids[0] == ids[1] != ids[2]
    assert ids[0].endswith("@localhost>")


def test_the_oldest_goes_first_over_one_connection(mail, clock, server, at):
    for name, minutes in {"second": 2, "first": 1, "third": 3}.items():
        mail(name, at=at - (10 - minutes) * MINUTE)
    assert (deliver(), server.to, server.connections) == (3, ["first", "second", "third"], 1)
    assert states() == {"first": "sent", "second": "sent", "third": "sent"}
    assert deliver() == 0  # nothing goes twice


def test_more_than_a_batch_goes_in_one_round(mail, clock, server):
    for number in range(tasks.BATCH + 5):
        mail(f"p{number}")
    assert deliver() == tasks.BATCH + 5
    assert Event.objects.filter(action="mail.take").count() == 2
    assert Event.objects.filter(action="mail.settle").count() == 2


def test_one_refused_mail_blocks_no_other(mail, clock, server, at):
    server.refuse["gone@example.test"] = "550 no such user here"
    server.hang_up.add("breaks@example.test")
    for minutes, name in enumerate(["gone", "kim", "breaks", "lee"]):
        mail(name, at=at - (10 - minutes) * MINUTE)
    assert (deliver(), server.to) == (2, ["kim", "lee"])
    assert states() == {"gone": "failing", "kim": "sent", "breaks": "failing", "lee": "sent"}
    gone = Mail.objects.get(to="gone@example.test")
    assert gone.last_error == "SMTPRecipientsRefused: 550 no such user here"
    assert (gone.attempts, gone.leased_until) == (1, None)
    assert timedelta() < gone.next_try_at - at - WAITS[0] < MINUTE


def test_a_server_away_is_asked_once_and_everything_waits(mail, clock, settings, at):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens there
    for number in range(3):
        mail(f"p{number}")
    assert deliver() == 0
    assert set(states().values()) == {"failing"}
    assert {row.last_error.partition(":")[0] for row in Mail.objects.all()} == {"ConnectionRefusedError"}


def test_waits_grow_and_end_after_days_with_the_reason_kept(mail, clock, server):
    server.refuse["kim@example.test"] = "451 come back later"
    mail()
    waited, gaps = timedelta(), []
    for _ in range(50):
        clock(waited)
        deliver()
        row = Mail.objects.get()
        if row.given_up_at:
            break
        gaps.append(next_try(row.attempts, row.queued_at) - row.queued_at)
        waited += gaps[-1] + MINUTE / 6
        clock(waited - MINUTE)
        assert deliver() == 0
        assert Mail.objects.get().attempts == row.attempts  # not a minute too early
    assert tuple(gaps) == WAITS
    assert list(WAITS[:-1]) == sorted(WAITS[:-1])
    assert timedelta(days=3) < waited < timedelta(days=5)
    assert row.attempts == len(WAITS) + 1
    assert "451" in row.last_error
    assert states() == {"kim": "given_up"}
    clock(waited + timedelta(days=30))
    assert (deliver(), server.letters) == (0, [])


def test_what_no_waiting_can_mend_is_given_up_at_once(mail, clock):
    mail("kim", subject="접수\r\nBcc: everybody@example.test")
    mail("lee")
    assert deliver() == 1
    assert states() == {"kim": "given_up", "lee": "sent"}
    assert [letter.to for letter in django_mail.outbox] == [["lee@example.test"]]
    assert Mail.objects.get(to="kim@example.test").last_error.startswith("BadHeaderError")


@pytest.mark.parametrize("address", ["kim@example.test\r\nBcc: y@example.test", "two words", ""])
def test_an_address_that_is_none_harms_nobody(mail, clock, server, address):
    mail("kim", to=address)
    mail("lee")
    deliver()
    assert server.to == ["lee"]
    assert Mail.objects.exclude(to="lee@example.test").get().sent_at is None


def test_what_was_sent_before_a_worker_was_stopped_is_noted(mail, clock, server, monkeypatch):
    """SystemExit is how the library's worker leaves when it is told twice to stop."""
    for name in ("kim", "lee", "park"):
        mail(name)
    sent = posting._sent

    def stopped(row, connection):
        if row.to == "lee@example.test":
            raise SystemExit(1)
        return sent(row, connection)

    monkeypatch.setattr(posting, "_sent", stopped)
    with pytest.raises(SystemExit):
        deliver()
    monkeypatch.undo()
    assert states() == {"kim": "sent", "lee": "waiting", "park": "waiting"}
    assert deliver() == 0  # the two are leased until the lease ends
    clock(LEASE + MINUTE)
    assert (deliver(), server.to) == (2, ["kim", "lee", "park"])


def test_a_machine_failing_between_sending_and_noting_sends_again_never_not(mail, clock, server, at):
    mail()
    taken = actions.take(by=None, at=at, limit=20)
    assert [outcome.error for outcome in posting.send(taken)] == [""]  # sent, and here the machine fails
    assert deliver() == 0
    clock(LEASE + MINUTE)
    assert (deliver(), server.to) == (1, ["kim", "kim"])
    first, second = (letter["Message-ID"] for _to, letter in server.letters)
    assert first == second  # the receiving side can tell


def test_two_that_take_one_after_the_other_never_take_the_same(mail, at):
    for number in range(5):
        mail(f"p{number}")
    first, second = (actions.take(by=None, at=at, limit=3) for _ in range(2))
    assert len({row.pk for row in [*first, *second]}) == len(first) + len(second) == 5
    assert actions.take(by=None, at=at, limit=3) == []


def test_a_batch_is_one_event_and_an_idle_round_none(mail, clock, server):
    server.refuse["lee@example.test"] = "550 no"
    rows = [mail("kim"), mail("lee")]
    deliver()
    deliver()
    told = list(Event.objects.order_by("pk").values_list("action", "chain__key", "actor", "facts"))
    assert told == [
        ("mail.take", "mail", None, {"mails": [row.pk for row in rows]}),
        ("mail.settle", "mail", None, {"sent": [rows[0].pk], "failed": [rows[1].pk], "given_up": []}),
    ]


def test_an_operator_may_have_it_tried_again_now(mail, clock, server, operator, at):
    server.refuse["kim@example.test"] = "550 no"
    row = mail(attempts=len(WAITS), last_error="earlier")
    deliver()
    assert states() == {"kim": "given_up"}
    server.refuse.clear()
    actions.retry(by=operator, at=at, mail=row)
    event = Event.objects.latest("pk")
    assert (event.action, event.actor, event.facts) == (
        "mail.retry", operator, {"attempts": len(WAITS) + 1, "given_up": True},
    )  # fmt: skip
    assert states() == {"kim": "failing"}
    assert (deliver(), server.to) == (1, ["kim"])
    with pytest.raises(actions.AlreadySentError):
        actions.retry(by=operator, at=at, mail=row)


def test_a_retry_does_not_double_what_is_on_its_way(mail, operator, at):
    row = mail()
    actions.take(by=None, at=at, limit=1)
    actions.retry(by=operator, at=at, mail=row)
    assert actions.take(by=None, at=at, limit=1) == []


def test_the_next_due_is_the_first_that_is_free(mail, at):
    assert queries.next_due() is None
    mail(next_try_at=at + 5 * MINUTE)
    mail(leased_until=at + 2 * MINUTE, next_try_at=at + 9 * MINUTE)
    mail(sent_at=at)
    mail(given_up_at=at)
    assert queries.next_due() == at + 5 * MINUTE
    mail()
    assert queries.next_due() == at
