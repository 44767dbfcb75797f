"""A-01 and A-05 on the form: each consent asked and kept on its own, a needed one waited for; the model."""

import pytest
from refusing import refusal

from naru.domain.consent import full_text
from naru.portal.applications import actions
from naru.portal.applications.answers import DocumentDates, ModelAnswer
from naru.portal.applications.models import ConsentAnswer, Receipt
from naru.portal.audit.actions import fingerprint
from naru.portal.ui import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(client, draft, answers, attach, applicant_user, at, monkeypatch):
    """form(**consents): everything filled in and attached, and the consents answered on their page."""
    monkeypatch.setattr(clock, "now", lambda: at)
    client.force_login(applicant_user)
    actions.save_answers(by=applicant_user, at=at, application=draft, answers=answers(consents={}))
    attach(draft, "sme_certificate", dates=DocumentDates(valid_until=at.date().replace(year=2026)))

    def answer(**given):
        words = {f"consent_{code}": f"{'yes' if yes else 'no'}-1" for code, yes in given.items()}
        return client.post(f"/applications/{draft.pk}/edit/consents/", words | {"base": "{}"})

    return answer


@pytest.mark.requirement("A-01")
@pytest.mark.parametrize("answered", [False, None])
def test_a_needed_consent_that_is_refused_or_open_keeps_the_application_out(
    client, form, draft, terms, applicant_user, at, answered
):
    """A needed consent that is refused, or not answered, keeps the application from being submitted."""
    needed = [one.id for one in terms.consents if one.required and one.asked_of("private")]
    for code in needed:
        others = dict.fromkeys(needed, True)
        del others[code]
        form(**others, **({} if answered is None else {code: answered}))
        client.post(f"/applications/{draft.pk}/submit/", {"key": code})
        press = {"by": applicant_user, "at": at, "application": draft, "key": code}
        assert refusal(actions.submit, **press)[1] == "application_incomplete"
        ConsentAnswer.objects.filter(application=draft).delete()
    assert not Receipt.objects.exists()


@pytest.mark.requirement("A-01")
def test_each_consent_is_a_row_of_its_own_with_the_hash_and_version_of_its_words(
    client, form, draft, terms, applicant_user, at
):
    """Every consent is kept on its own: who answered, when, and the hash and version of the words shown."""
    asked = [one for one in terms.consents if one.asked_of("private")]
    form(**{one.id: one.required for one in asked})
    rows = {row.code: row for row in ConsentAnswer.objects.filter(application=draft)}
    assert rows.keys() == {one.id for one in asked}
    for one in asked:
        row = rows[one.id]
        assert (row.given, row.text_version, row.text_sha256) == (
            one.required,
            one.version,
            fingerprint(full_text(one)),
        )
        assert (row.answered_by, row.answered_at, row.call_version.number) == (applicant_user, at, 1)
    assert len({row.text_sha256 for row in rows.values()}) == len(asked)
    client.post(f"/applications/{draft.pk}/submit/", {"key": "k"})
    assert Receipt.objects.get().number == "2025-npu-0001"


@pytest.mark.requirement("A-05")
@pytest.mark.parametrize(("name", "told"), [("YOLOv8n", "표에 있음"), ("our own net", "표에 없음")])
def test_a_model_outside_the_table_is_said_to_be_so_and_still_taken(
    client, form, draft, answers, applicant_user, at, name, told
):
    """The form says whether a model is in the table; one outside it is handed in all the same."""
    assert told in client.get("/applications/model-verdict/", {"row-name": name}).content.decode()
    models = (ModelAnswer(name=name, primary=True),)
    actions.save_answers(by=applicant_user, at=at, application=draft, answers=answers(models=models))
    client.post(f"/applications/{draft.pk}/submit/", {"key": "k"})
    assert [model["name"] for model in Receipt.objects.get().content["models"]] == [name]
