"""The deciding half of the year, every act pressed at a screen by the person whose act it is (issue 4)."""

import re
import subprocess
import sys
from pathlib import Path

from django.contrib.auth import get_user_model
from simulated_year import EVALUATION, INTAKE, PDF, SCREENING, answers, company, finalised, full, person
from small_world import HOUR, MATCHING, SELECTION

from naru.portal.appeals.models import Appeal
from naru.portal.applications import actions as applications
from naru.portal.audit.models import Event
from naru.portal.evaluation.models import ConflictOfInterest, EvaluationClosing, ReviewAssignment, ScoreSheet
from naru.portal.screening.models import Screening, TechnicalReview
from naru.portal.selection.models import MatchingRun, SelectionRun

ROOT = Path(__file__).parents[2]
FILE = {"name": "확인서.pdf", "mimeType": "application/pdf", "buffer": PDF}
POINTS = {f"points_{name}": points for name, points in full({"purpose": 25, "contents": 42}).items()}
NARU = (sys.executable, "-c", "from naru.cli import main; main()")


class Deciding:
    """One round of eight applications and the screens of everybody who decides about it."""

    def __init__(self, world, seat, clock, folder):
        self.world, self.seat, self.clock, self.folder = world, seat, clock, folder
        self.first, self.second = seat(world.operator), seat(world.operator2)

    def gathered(self):
        """Private and public, two products; one unit twice, one without its document, one odd model."""
        world = self.world.upto("announced")
        world.reviewers.append(person("reviewer4", "reviewer"))
        self.clean = [
            world.year.submitted(n, product=p) for n, p in ((1, "npu-60"), (2, "npu-120"), (3, "npu-120"))
        ]
        self.kept = world.year.submitted(4)
        self.twin = world.year.submitted(5, organisation=self.kept.organisation)
        self.odd = world.year.submitted(6)
        self.bare = self._without_document(7)
        draft = world.student_draft()
        applications.confirm_student(by=world.professor_user, at=INTAKE, application=draft)
        applications.submit(by=world.student, at=INTAKE, application=draft, key="key-student")
        draft.refresh_from_db()
        self.public = draft
        for user in get_user_model().objects.all():  # names nobody could meet by chance in a page
            user.name = f"가상인물{user.pk:03}"
            user.save(update_fields=["name"])

    def _without_document(self, serial):
        owner = person(f"applicant{serial}")
        made = applications.start(
            by=owner, at=INTAKE, call=self.world.call, round_id="1", organisation=company(serial, owner),
            kind="sme", role="company",
        )  # fmt: skip
        applications.save_answers(by=owner, at=INTAKE, application=made, answers=answers(self.world.terms))
        applications.submit(by=owner, at=INTAKE, application=made, key=f"key-{serial}")
        made.refresh_from_db()
        return made

    def seed_and_quotas(self):
        """Before the close and before any score is opened."""
        self.clock(INTAKE)
        self.first.go("/calls/2025-npu/rounds/1/seed/").press("해시 공개").says("추첨 씨앗의 해시")
        self.first.go("/calls/2025-npu/").press("1차 상품별 대수 확정").says("상품별 대수를 확정했습니다.")

    def screening(self):
        self.clock(SCREENING)
        desk = self.first.go("/screening/").press("규칙으로 판단하기").says("8건을 규칙으로 판단했습니다.")
        desk.go(f"/screening/duplicates/{self.kept.unit}/")
        desk.fill(kept=self.kept.pk, reason="먼저 낸 신청을 남기기로 함").press("이대로 정리")
        clean = Screening.objects.filter(proposed="passed", decision="pending").count()
        desk.go("/screening/").press(f"규칙을 모두 통과한 {clean}건 확인하고 확정")
        desk.press(f"{clean}건 적격으로 확정").says(f"{clean}건을 적격으로 확정했습니다.")
        desk.go(f"/screening/{self.bare.screening.pk}/ask/").press("보완 요청 보내기")
        mending = self.seat(self.bare.applicant).go(f"/applications/{self.bare.pk}/corrections/")
        mending.page.set_input_files("#sme_certificate [name=file]", FILE)
        mending.page.wait_for_selector("#sme_certificate [name=valid_until]")
        mending.page.fill("#sme_certificate [name=valid_from]", "2024-04-01")
        mending.page.fill("#sme_certificate [name=valid_until]", "2025-12-31")
        mending.page.click("#sme_certificate form[data-in-place] button")
        mending.says("적힌 유효기간")
        mending.fill(answer="확인서를 올렸습니다.").press("답변 보내기").says("모두 답했습니다")
        desk.go(f"/screening/{self.bare.screening.pk}/").press("지금 자료로 다시 판단")
        desk.fill(decision="eligible", reason="보완 서류를 확인함").press("결정 저장").says(
            "결정을 저장했습니다."
        )

    def technical_review(self):
        desk = (
            self.first.go("/screening/coverage/")
            .press("아직 묻지 않은 신청 8건 모두 요청")
            .says("요청했습니다.")
        )
        vendor = self.seat(self.world.vendor_a).go("/home/")
        assert vendor.path == "/technical-review/"
        for review in TechnicalReview.objects.order_by("pk"):
            odd = review.application == self.odd
            said = ("unsupported", "operator_missing") if odd else ("supported", "runs_today")
            vendor.go(f"/technical-review/{review.pk}/")
            assert review.application.organisation.name not in vendor.text
            vendor.fill(verdict=said[0], reason_code=said[1], note="가상의 검토")
            vendor.press("답변 저장").says("답변을 저장했습니다.")
        desk.go(f"/screening/{self.odd.screening.pk}/")
        desk.fill(technical_decision="exclude", technical_reason="지원하는 반도체사가 없습니다.")
        desk.press("기술검토 결과로 결정").says("결정을 저장했습니다.")

    def evaluation(self):
        """Panels previewed; one reviewer declares an interest and another takes the place."""
        self.clock(EVALUATION)
        desk = self.first.go("/evaluation/panels/")
        desk.fill(per_application=3).press("미리보기").press("이대로 배정").says("배정했습니다.")
        declared = ReviewAssignment.objects.select_related("application").order_by("pk")[0]
        for reviewer in self.world.reviewers:
            score = self.seat(reviewer).go("/evaluation/pledge/2025-npu/").fill(agreed=True).press("서약하기")
            if reviewer == declared.reviewer:
                field = f"interest_{declared.application.organisation_id}"
                score.fill(**{field: "지난해까지 자문했습니다."})
            score.fill(complete=True).press("이대로 밝히기").says("이해관계를 밝혔습니다.")
        assert ConflictOfInterest.objects.get().application == declared.application
        desk.go(f"/evaluation/applications/{declared.application_id}/")
        desk.page.locator("main [name=reviewers]").first.check()
        desk.press("배정", scope="main form[method=post]").says("평가위원 1명을 배정했습니다.")
        again = ReviewAssignment.objects.get(declaration=None, removed_at=None)
        self.seat(again.reviewer).go("/evaluation/declaration/2025-npu/").fill(complete=True).press(
            "이대로 밝히기"
        )

    def sheets(self):
        """Each reviewer fills one sheet and reads it back before it is final; the rest as the demo does."""
        for reviewer in self.world.reviewers:
            mine = ReviewAssignment.objects.filter(reviewer=reviewer, removed_at=None).order_by("pk")
            score = self.seat(reviewer).go(f"/evaluation/mine/{mine[0].pk}/")
            score.fill(**POINTS, comment="근거가 분명합니다.").press("저장하고 확정 전 확인").says("83 / 100")
            score.press("저장된 그대로 확정").says("평가표 확정 확인증")
            for number, assignment in enumerate(mine[1:]):
                finalised(assignment, {"contents": 30 + number}, "가상 의견", EVALUATION + HOUR)
        self.first.go("/evaluation/close/").press("평가 마감").says("평가를 마감했습니다.")
        assert EvaluationClosing.objects.get().closed_by == self.world.operator

    def selection(self):
        """What if, proposed, confirmed by two; the letters wait, and nobody sees a result."""
        self.clock(SELECTION)
        asked = self.first.go("/selection/?reading=none").says("공고대로 되돌리기")
        asked.fill(reason="").press("이 기준으로 모의 결과 저장", status=409).says("C-05")
        self.first.go("/selection/").press("이 기준으로 모의 결과 저장")
        self.run = SelectionRun.objects.get()
        address = f"/selection/runs/{self.run.pk}/"
        self.first.go(f"{address}confirm/").press("이 결과 확정하기").says("확정을 기록했습니다.")
        self.first.go(address).says("이미 확정하셨습니다.")
        self.second.go("/home/").says("선정 확정 (1/2명 확인)")
        self.second.go(f"{address}confirm/").press("이 결과 확정하기").says("확정을 기록했습니다.")
        held = self.first.go(f"{address}mails/").page.locator("main tbody tr").all_inner_texts()
        assert len(held) == 8
        assert {"공개 전 보관" in one for one in held} == {True}
        assert self.public.number not in self.seat(None).go("/calls/2025-npu/results/").text

    def matching(self):
        self.clock(MATCHING)
        group = {"vendor": "vendor-a", "cloud": "cloud-a"}
        for product, count in (("npu-60", 5), ("npu-120", 1)):
            for user in (self.world.vendor_a, self.world.cloud_a):
                desk = self.seat(user).go("/capacity/")
                desk.fill("form.filters[method=post]", product=product, capacity=count, **group).press("저장")
        self.first.go("/matching/").press("배정 실행")
        run = MatchingRun.objects.get()
        for desk in (self.first, self.second):
            desk.go(f"/matching/{run.pk}/confirm/").press("배정 확정").says("확정을 기록했습니다.")

    def published(self):
        self.first.go(f"/selection/runs/{self.run.pk}/publish/").press("공개").says(
            "선정 결과를 공개했습니다."
        )
        page = self.seat(None).go("/calls/2025-npu/results/").says(self.public.number)
        names = [user.name for user in get_user_model().objects.all()]
        assert [name for name in names if name in page.page.content()] == []
        with page.page.expect_download() as coming:
            page.page.get_by_role("link", name="선정 기록(JSON)").click()
        record = self.folder / "record.json"
        coming.value.save_as(record)
        assert [name for name in names if name in record.read_text("utf-8")] == []
        return record

    def appealed(self):
        """One reads of a place and a server; the one whose model no vendor supports objects."""
        first = self.clean[0]
        self.seat(first.applicant).go(f"/applications/{first.pk}/result/").says("선정되었습니다")
        desk = self.seat(self.odd.applicant).go(f"/applications/{self.odd.pk}/result/")
        desk.go(f"/applications/{self.odd.pk}/appeal/")
        desk.page.locator("main [name=grounds]").first.check()
        desk.fill(text="연산자를 바꾼 모델을 냈습니다.").press("이의신청 내기").says("이의신청을 받았습니다.")
        assert Appeal.objects.get().filed_by == self.odd.applicant


def actors():
    """(action, name) of every act of the two rooms where two must agree, in order."""
    events = Event.objects.filter(action__startswith="selection.").select_related("actor").order_by("pk")
    return [(event.action.partition(".")[2], event.actor.email.partition("@")[0]) for event in events]


def verified(record):
    """(exit code, what was said) of the command anybody may run on the file."""
    command = [*NARU, "selection", "verify", str(record)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_a_round_is_decided_through_the_screens_and_its_record_recomputed(world, seat, clock, tmp_path):
    year = Deciding(world, seat, clock, tmp_path)
    year.gathered()
    year.seed_and_quotas()
    year.screening()
    year.technical_review()
    year.evaluation()
    year.sheets()
    year.selection()
    year.matching()
    record = year.published()
    year.appealed()
    assert actors() == [
        ("propose", "operator"),
        ("confirm", "operator"),
        ("confirm", "operator2"),
        *[("enter_capacity", "vendor-a"), ("enter_capacity", "cloud-a")] * 2,
        ("run_matching", "operator"),
        ("confirm_matching", "operator"),
        ("confirm_matching", "operator2"),
        ("publish", "operator"),
    ]
    code, said = verified(record)
    assert code == 0, said
    told = record.read_text("utf-8")
    changed, places = re.subn(r'("field": )4', r"\g<1>3", told, count=1)
    assert places == 1
    record.write_text(changed, "utf-8")
    assert verified(record)[0] == 1
    assert (
        ScoreSheet.objects.filter(state="final").count()
        == ReviewAssignment.objects.filter(removed_at=None).count()
    )
