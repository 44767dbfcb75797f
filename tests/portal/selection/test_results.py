"""What the public and an applicant read: the list of results and the letter."""

import json
from datetime import UTC, datetime

import pytest
from selecting import SELECTING, entry
from selection_steps import confirmed, matched, published, words

from naru.codec.verification import verify
from naru.portal.calls import queries as calls
from naru.portal.selection import actions
from naru.portal.selection.models import ServerGroup


@pytest.mark.requirement("R-06")
def test_before_publication_the_list_says_when(client, ready):
    ready.entered(entry(1))
    ready.closed()
    confirmed(ready)
    answer = client.get("/calls/2025-npu/results/")
    shown = words(answer)
    assert "아직 공개하지 않았습니다" in shown
    english = client.get("/calls/2025-npu/results/", headers={"accept-language": "en"}).content.decode()
    assert '<span lang="ko">' in english
    assert calls.seed_of(ready.call, "1").commitment in shown
    assert calls.seed_of(ready.call, "1").seed not in shown
    assert "2025-npu-0001" not in shown
    for kind in ("selection", "matching"):
        assert client.get(f"/calls/2025-npu/results/1/{kind}.json").status_code == 404


@pytest.mark.requirement("R-06")
def test_the_published_list_has_numbers_and_no_people(client, ready):
    rows = ready.entered(entry(1, 90), entry(2, 80, sector="public"))
    ready.closed()
    run = published(ready)
    answer = client.get("/calls/2025-npu/results/")
    shown = words(answer)
    assert [row.application.number for row in answer.context["page"]] == ["2025-npu-0001", "2025-npu-0002"]
    for row in rows.values():
        assert row.organisation.name not in shown
        assert row.applicant.name not in shown
    assert run.record["lottery"]["seed"] in shown
    assert answer.context["objection_ends"] == datetime(2025, 4, 25, 14, 59, tzinfo=UTC)
    record = client.get("/calls/2025-npu/results/1/selection.json")
    assert verify(json.loads(record.content)) is None
    assert client.get("/calls/2025-npu/results/1/matching.json").status_code == 404
    ready.supplied(1)
    matched(ready, run)
    assert verify(json.loads(client.get("/calls/2025-npu/results/1/matching.json").content)) is None
    narrowed = client.get("/calls/2025-npu/results/", {"number": "0002", "status": "waiting"})
    assert [row.application.number for row in narrowed.context["page"]] == ["2025-npu-0002"]


@pytest.mark.requirement("R-06")
def test_a_letter_is_the_applicants_own_and_waits_for_publication(client, ready, reviewer):
    rows = ready.entered(entry(1, 90), entry(2, 80, sector="public"))
    ready.closed()
    mine, other = rows["2025-npu-0001"], rows["2025-npu-0002"]
    run = confirmed(ready)
    client.force_login(mine.applicant)
    assert "아직 결과를 공개하지 않았습니다" in words(client.get(f"/applications/{mine.pk}/result/"))
    actions.publish(by=ready.operator, at=SELECTING, run=run)
    shown = words(client.get(f"/applications/{mine.pk}/result/"))
    assert "90.00점" in shown
    assert "순위에 따라 선정되었습니다" in shown
    assert client.get(f"/applications/{other.pk}/result/").status_code == 404
    client.force_login(reviewer)
    assert client.get(f"/applications/{mine.pk}/result/").status_code == 403
    client.force_login(other.applicant)
    shown = words(client.get(f"/applications/{other.pk}/result/"))
    assert "예비 순번 1번" in shown
    assert "C-05" in shown
    client.force_login(ready.operator)
    assert client.get(f"/applications/{mine.pk}/result/").status_code == 200


@pytest.mark.requirement("R-07")
def test_the_letter_gives_the_server_or_its_proof(client, ready):
    rows = ready.entered(entry(1, 95), entry(2, 90))
    ready.closed()
    run = published(ready)
    ready.supplied(0)
    ServerGroup.objects.filter(product="npu-60", vendor__code="vendor-a", cloud__code="cloud-x").update(
        capacity=1
    )
    matched(ready, run)
    served, denied = rows["2025-npu-0001"], rows["2025-npu-0002"]
    client.force_login(served.applicant)
    shown = words(client.get(f"/applications/{served.pk}/result/"))
    assert "가상 클라우드 엑스" in shown
    assert "(1순위 희망)" in shown
    client.force_login(denied.applicant)
    answer = client.get(f"/applications/{denied.pk}/result/")
    assert "1대뿐입니다" in answer.context["letter"].proof
    assert "증명 npu-60/1번" in words(answer)


def test_who_did_not_come_to_selection_reads_why(client, ready):
    rows = ready.entered(entry(1), entry(2))
    out = rows["2025-npu-0002"]
    screening = out.screening
    screening.decision = "ineligible"
    screening.save()
    screening.findings.create(
        order=1,
        clause="E-05",
        code="certificate_expired",
        outcome="failed",
        reason_ko="끝난 확인서",
        reason_en="x",
    )
    ready.closed()
    published(ready)
    client.force_login(out.applicant)
    shown = words(client.get(f"/applications/{out.pk}/result/"))
    assert "선정평가에 오르지 않은 신청" in shown
    assert "끝난 확인서" in shown
