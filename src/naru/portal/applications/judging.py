"""The gates before the act: a file is judged while nothing is locked, and only a judged file can be stored.

The gates cost up to five seconds and the scanner's wait. An action that called them would hold its rows that
long, and on SQLite every writer of the portal; so they are asked here, and the actions take what is answered.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile

from naru.documents import GateVerdict, Limits, Suggestion, Verdict, gate, name_fits
from naru.portal.accounts.models import User
from naru.portal.applications import reasons
from naru.portal.applications.editing import must_take
from naru.portal.applications.models import Application, StoredFile
from naru.portal.audit.actions import fingerprint

LIMITS = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A file under its name with what the gates say of exactly these bytes; made in this module only.

    Raises ValueError for a verdict of other bytes.
    """

    content: bytes
    filename: str
    verdict: GateVerdict

    def __post_init__(self) -> None:
        """Refuse a verdict that was given to something else."""
        if fingerprint(self.content) != self.verdict.sha256:
            raise ValueError(f"the verdict on {self.verdict.sha256} is of other bytes")


def judge_upload(
    *,
    by: User,
    at: datetime,
    application: Application,
    code: str,
    upload: UploadedFile[bytes],
    until: datetime | None = None,
) -> Judged:
    """Judge what somebody sends, unless the action would refuse it anyhow. Raises Refused as `must_take`."""
    must_take(by, application, at, code, until)
    return judge(upload.read(), upload.name or "")


def judge(content: bytes, filename: str) -> Judged:
    """Judge a file; of bytes kept already under such a name the verdict kept with them is the answer."""
    kept = StoredFile.objects.filter(sha256=fingerprint(content)).first()
    if kept is not None and name_fits(filename, kept.media_type):
        verdict = _verdict_of(kept)
    else:
        verdict = gate(content, filename, limits=LIMITS)
    return Judged(content=content, filename=filename, verdict=verdict)


def judge_again(file: StoredFile) -> Judged:
    """Judge stored bytes anew, under the name of the first document that holds them."""
    name = file.documents.values_list("filename", flat=True).first() or file.sha256
    with file.content.open("rb") as stream:
        content = stream.read()
    return Judged(content=content, filename=name, verdict=gate(content, name, limits=LIMITS))


def _verdict_of(kept: StoredFile) -> GateVerdict:
    """What was said when these bytes were judged; where a date was read is not kept."""
    return GateVerdict(
        verdict=Verdict(kept.verdict),
        reasons=reasons.findings(kept.reasons),
        media_type=kept.media_type,
        sha256=kept.sha256,
        suggestions=tuple(
            Suggestion(field=field, value=date.fromisoformat(value), words="")
            for field, value in kept.suggestions.items()
        ),
    )
