"""The parts of an application a correction may be about, besides its documents."""

from django.utils.translation import gettext_lazy as _

PARTS = [
    ("plan", _("사용계획서")),
    ("kpis", _("성과지표")),
    ("models", _("모델")),
    ("declarations", _("확인 사항")),
    ("other", _("그 밖의 항목")),
]
