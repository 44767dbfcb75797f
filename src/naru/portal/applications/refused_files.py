"""What is refused about a file or a document, with its clause, the reason and what would mend it (A-02)."""

from naru.domain.decision import Finding, Refused, refusal
from naru.domain.terms import Text


class FileRefused(Refused):
    """The gates refused a file: `findings` holds every reason, `finding` the first (A-02)."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(findings[0])
        self.findings = findings


def file_refused(findings: tuple[Finding, ...]) -> FileRefused:
    """The gates' reasons against a file."""
    return FileRefused(findings)


def file_too_long(limit: int) -> Refused:
    """The file was longer than it may be and was let go as it came in."""
    return refusal(
        "A-02",
        "file_too_large",
        Text(
            ko=f"파일이 {limit // 1_000_000}MB보다 커서 받지 않았습니다. 앞서 올린 파일은 그대로 있습니다.",
            en=f"The file is larger than {limit // 1_000_000} MB and was not taken; the one before stays.",
        ),
        Text(
            ko="쪽수나 해상도를 줄여 다시 올리십시오. 여러 장을 찍었으면 필요한 쪽만 남기십시오.",
            en="Reduce its pages or resolution and upload it again.",
        ),
        limit=limit,
    )


def document_gone(code: str) -> Refused:
    """There is no such document any more."""
    return refusal(
        "A-02",
        "document_gone",
        Text(ko="올린 서류가 없습니다.", en="There is no such document."),
        Text(ko="다른 창에서 지웠을 수 있습니다. 파일을 다시 올리십시오.", en="Upload the file again."),
        document=code,
    )
