"""The outbox: written in the act's transaction, in the reader's language, once per key."""

import pytest
from django.db import transaction

from naru.portal.mail import actions, outbox, queries
from naru.portal.mail.models import Mail

TEXT = "{% load i18n %}{% translate '영어' %}: {{ title }}\n\n{{ site }}/x/\n"


@pytest.fixture(autouse=True)
def _template(settings):
    loaders = [("django.template.loaders.locmem.Loader", {"mail/tried.txt": TEXT})]
    settings.TEMPLATES = [
        {"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {"loaders": loaders}}
    ]


def _put(at, **changed):
    given = {"to": "kim@example.test", "language": "en", "name": "tried", "context": {"title": "A & B"}}
    return outbox.put(**given | changed, at=at)


@pytest.mark.django_db
def test_the_first_line_is_the_subject_and_nothing_is_escaped(at):
    made = _put(at)
    assert (made.subject, made.body) == ("[naru] English: A & B", "http://127.0.0.1:8000/x/\n")
    assert _put(at, language="ko").subject == "[나루] 영어: A & B"


@pytest.mark.django_db
def test_a_key_is_written_once(at):
    assert _put(at, key="receipt:1") == _put(at, key="receipt:1", to="other@example.test")
    assert Mail.objects.count() == 1


@pytest.mark.django_db
def test_a_subject_cannot_grow_header_lines(at):
    assert _put(at, context={"title": "x\r\nBcc: y@example.test"}).subject == "[naru] English: x"


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_refuses(at):
    with pytest.raises(transaction.TransactionManagementError):
        _put(at)


@pytest.mark.django_db
def test_held_mails_wait_for_their_act_and_go_together(at, make_user):
    act = make_user("act")
    letters = [
        outbox.Letter(to=f"{name}@example.test", language="en", name="tried", context={}, about=act)
        for name in ("kim", "lee")
    ]
    with transaction.atomic():
        outbox.put_many(letters, at=at, batch=act, held=True)
    assert list(queries.due(at)) == []
    assert queries.next_due() is None
    assert list(queries.about(act)) == []  # an applicant's own page shows what was said, not what will be
    assert [mail.state for mail in queries.of_batch(act)] == ["held", "held"]
    mail = Mail.objects.first()
    with pytest.raises(actions.StillHeldError):
        actions.retry(by=act, at=at, mail=mail)
    with transaction.atomic():
        assert outbox.release(act, at=at) == 2
    assert queries.due(at).count() == queries.about(act).count() == 2
    with transaction.atomic():
        assert outbox.release(act, at=at) == outbox.drop(act) == 0


@pytest.mark.django_db
def test_held_mails_are_taken_back_unsaid(at, make_user):
    act, other = make_user("act"), make_user("other")
    letters = [
        outbox.Letter(to="kim@example.test", language="en", name="tried", context={}, about=about)
        for about in (act, other)
    ]
    with transaction.atomic():
        outbox.put_many(letters, at=at, batch=act, held=True)
        assert outbox.drop(act, about=[other]) == 1
        assert outbox.drop(act) == 1
    assert not Mail.objects.exists()
