"""A filled HWPX form that somebody hands in: the gates, then its cells, both in a limited child process."""

from naru import sandbox
from naru.documents.form_labels import FilledForm
from naru.documents.gates import Limits, gate
from naru.documents.verdicts import Verdict
from naru.documents.words import CLAUSE
from naru.domain.decision import Finding, Outcome
from naru.domain.terms import Text

TASK = "naru.documents.form_cells.read_cells"
LIMITS = Limits(max_bytes=5_000_000, kinds=frozenset({"hwpx"}))
UNREADABLE = Finding(
    clause=CLAUSE,
    code="form_unreadable",
    outcome=Outcome.FAILED,
    reason=Text(ko="신청서 파일을 읽지 못했습니다.", en="The form's file could not be read."),
    mend=Text(
        ko="내려받은 양식을 한글에서 열어 HWPX로 다시 저장한 뒤 올리거나, 화면에서 직접 적어 주십시오.",
        en="Open the form in Hancom Office, save it as HWPX again and upload it, or fill in the pages.",
    ),
)


def read_filled(content: bytes, filename: str) -> FilledForm | tuple[Finding, ...]:
    """The cells of a filled form, or every reason why it is not read; nor is a quarantined one."""
    verdict = gate(content, filename, limits=LIMITS)
    if verdict.verdict is not Verdict.ACCEPTED:
        return verdict.reasons
    result = sandbox.run(TASK, content, limits=LIMITS.child)
    if result.stopped is not None:
        return (UNREADABLE,)
    try:
        return FilledForm.of(result.value)
    except (KeyError, TypeError, ValueError):  # a parser that was taken over may answer anything
        return (UNREADABLE,)
