"""What an operator gives: a call file (chosen or uploaded), the reason of an amendment, a seed."""

import secrets
from hashlib import sha256
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.signing import Signer
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from naru.codec.call import CallFileError, parse_call
from naru.domain.call import Call

MAX_BYTES = 1_000_000


def offered() -> list[tuple[str, str]]:
    """The call files of the repository, by name."""
    return [(path.name, path.name) for path in sorted(Path(settings.CALLS_DIR).glob("*.toml"))]


def mark_of(*shown: str) -> str:
    """The signed hash of what a preview showed to whom: the confirmation brings it back."""
    digests = [sha256(one.encode()).hexdigest() for one in shown]
    return Signer(salt="calls.preview").signature(":".join(digests))


class CallFileForm(forms.Form):
    """One call file: chosen from those at hand, uploaded, or, after the preview, its text again.

    `seen` is the mark of the preview: only what was shown is put in force.
    """

    chosen = forms.ChoiceField(label=_("공고 파일"), required=False, help_text=_("calls 폴더에 있는 파일"))
    upload = forms.FileField(label=_("또는 파일 올리기"), required=False, help_text=_("TOML 파일 (UTF-8)"))
    text = forms.CharField(required=False, widget=forms.HiddenInput, max_length=MAX_BYTES, strip=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=128)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["chosen"].choices = [("", _("고르십시오")), *offered()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The call, or one error per problem of the file."""
        answers = super().clean() or self.cleaned_data
        name, text = self._source(answers)
        text = text.replace("\r\n", "\n")  # browsers send line ends of their own
        if not text:
            raise forms.ValidationError(_("공고 파일을 고르거나 올려 주십시오."))
        try:
            answers["terms"] = parse_call(text, name)
        except CallFileError as error:
            raise forms.ValidationError([str(problem) for problem in error.problems]) from error
        answers["text"] = text
        return answers

    def _source(self, answers: dict[str, Any]) -> tuple[str, str]:
        if answers.get("text"):
            return "preview", answers["text"]
        upload = answers.get("upload")
        if upload:
            if upload.size > MAX_BYTES:
                raise forms.ValidationError(_("공고 파일이 너무 큽니다 (1MB까지)."))
            try:
                return upload.name, upload.read().decode("utf-8")
            except UnicodeDecodeError as error:
                raise forms.ValidationError(_("UTF-8 글이 아닙니다. UTF-8로 저장해 주십시오.")) from error
        if answers.get("chosen"):
            path = Path(settings.CALLS_DIR) / answers["chosen"]
            return path.name, path.read_text(encoding="utf-8")
        return "", ""

    def terms(self) -> Call:
        """The call of the file."""
        terms: Call = self.cleaned_data["terms"]
        return terms

    def was_shown(self, mark: str) -> bool:
        """Whether the confirmation brings the mark of this very preview."""
        return constant_time_compare(self.cleaned_data["seen"], mark)


class AmendForm(CallFileForm):
    """A changed call file and the reason applicants will read."""

    reason = forms.CharField(label=_("변경 사유"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    field_order = ["chosen", "upload", "reason", "text", "seen"]


class SeedForm(forms.Form):
    """The lottery's seed: a random one is proposed; the operator keeps a copy."""

    seed = forms.CharField(
        label=_("추첨 씨앗"),
        min_length=16,
        max_length=128,
        help_text=_("16글자가 넘는 무작위 값. 결과를 공개할 때까지 화면에 다시 나오지 않습니다."),
    )

    @staticmethod
    def proposal() -> dict[str, str]:
        """A fresh random seed."""
        return {"seed": secrets.token_hex(32)}


class CloseForm(forms.Form):
    """Another close of a round, with the reason everybody reads; `seen` is the mark of the preview."""

    closes_at = forms.DateTimeField(
        label=_("새 접수 마감 (한국시간)"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("이 시각 정각부터는 받지 않습니다. 지금의 마감보다 앞이면 조기 마감입니다."),
    )
    reason = forms.CharField(label=_("사유"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=128)
