"""Filing an appeal: once, in time, by who applied; withdrawn and filed again under the same number."""

import pytest
from django.core.files.storage import default_storage
from made_files import pdf
from refusing import one_event, refusal
from selecting import HOUR, SELECTING

from naru.portal.appeals import actions
from naru.portal.appeals.models import Appeal, AppealFile
from naru.portal.applications import actions as applications
from naru.portal.applications.judging import judge
from naru.portal.applications.models import StoredFile
from naru.portal.applications.refused_files import FileRefused
from naru.portal.mail.models import Mail

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R-06")]
PUBLISHED = SELECTING + HOUR
DAY = HOUR * 24


def test_an_appeal_has_a_number_a_due_date_a_mail_and_one_event(stage):
    """Whoever objects gets a receipt with the number and the day of the answer."""
    appeal, event = one_event(actions.file, **stage.filing(3))
    assert (appeal.number, appeal.state, appeal.told) == ("2025-npu-0003-A", "filed", "waiting")
    assert appeal.due_at.isoformat() == "2025-04-11T00:00:00+09:00"  # 14 days after 27 March, to midnight
    mail = Mail.objects.get(name="appeals/filed")
    assert (mail.to, appeal.number in mail.subject) == (appeal.filed_by.email, True)
    assert event.facts["against"] == "outcome"
    assert "이의" not in str(event.facts)


def test_the_same_press_twice_is_one_appeal(stage):
    given = stage.filing(3)
    first = actions.file(**given)
    assert actions.file(**given) == first
    assert (Appeal.objects.count(), Mail.objects.filter(name="appeals/filed").count()) == (1, 1)


def test_a_second_appeal_beside_an_open_one_is_refused(stage):
    stage.file(3)
    assert refusal(actions.file, **stage.filing(3)) == ("R-06", "open_already")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"at": PUBLISHED + 31 * DAY}, "window_over"),
        ({"at": PUBLISHED - HOUR}, "not_announced"),
        ({"against": "screening"}, "not_against_that"),
        ({"grounds": []}, "ground_missing"),
        ({"text": " "}, "text_missing"),
    ],
)
def test_what_may_not_be_filed_is_refused_with_its_reason(stage, changes, code):
    assert refusal(actions.file, **stage.filing(3, **changes)) == ("R-06", code)


def test_nobody_files_for_others(stage):
    stranger = stage.one(4).applicant
    assert refusal(actions.file, **stage.filing(3, by=stranger)) == ("R-06", "not_your_application")


def test_who_was_left_out_by_screening_objects_to_that(stage):
    changes = {"against": "screening", "grounds": ["eligibility_fact"]}
    assert stage.file(6, **changes).told == "ineligible"


def test_withdrawn_it_is_filed_again_under_its_number_and_both_texts_stay(stage):
    appeal = stage.file(3, text="처음 글")
    _done, event = one_event(actions.withdraw, by=appeal.filed_by, at=PUBLISHED + 2 * DAY, appeal=appeal)
    assert event.action == "appeals.withdraw"
    again = stage.file(3, at=PUBLISHED + 3 * DAY, text="다시 쓴 글")
    assert (again.pk, again.number, again.state, again.text) == (
        appeal.pk,
        appeal.number,
        "filed",
        "다시 쓴 글",
    )
    assert [one["text"] for one in again.earlier] == ["처음 글"]
    assert again.withdrawn_at is None


def test_an_answered_appeal_is_neither_withdrawn_nor_filed_again(stage):
    appeal = stage.answer(stage.file(3), "rejected")
    given = {"by": appeal.filed_by, "at": PUBLISHED + 3 * DAY, "appeal": appeal}
    assert refusal(actions.withdraw, **given) == ("R-06", "wrong_state")
    assert refusal(actions.file, **stage.filing(3)) == ("R-06", "answered_already")


def test_only_who_applied_withdraws(stage):
    appeal = stage.file(3)
    given = {"by": stage.operator, "at": PUBLISHED + 2 * DAY, "appeal": appeal}
    assert refusal(actions.withdraw, **given) == ("R-06", "not_your_application")


def test_files_go_through_the_gates_and_stay_while_the_appeal_names_them(stage):
    appeal = stage.file(3, files=[judge(pdf(), "가상 근거.pdf")])
    kept = AppealFile.objects.get(appeal=appeal)
    assert (kept.filename, kept.file.verdict) == ("가상 근거.pdf", "accepted")
    assert default_storage.exists(kept.file.content.name)
    assert applications.remove_unneeded_files(by=None, at=PUBLISHED + 60 * DAY) == ()
    assert StoredFile.objects.count() == 1


def test_a_refused_file_refuses_the_whole_appeal(stage):
    with pytest.raises(FileRefused):
        stage.file(3, files=[judge(b"MZ not a document", "가상.pdf")])
    assert Appeal.objects.count() == 0


def test_five_files_are_the_most(stage):
    files = [judge(pdf(), f"가상 {n}.pdf") for n in range(6)]
    assert refusal(actions.file, **stage.filing(3, files=files)) == ("R-06", "too_many_files")
