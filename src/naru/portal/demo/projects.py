"""Projects of the demo: which model for what, with its plan, targets and words. All invented."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random


@dataclass(frozen=True, slots=True, kw_only=True)
class Idea:
    """What a model is used for: family of the catalogue, the model's own name, a title and its subject."""

    family: str
    model: str
    title: str
    subject: str
    product: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A KPI of a project, as the form asks for it."""

    name: str
    unit: str
    direction: str
    baseline: Decimal
    target: Decimal
    how_measured: str


def _idea(family: str, model: str, title: str, subject: str, product: str = "npu-60") -> Idea:
    return Idea(family=family, model=model, title=title, subject=subject, product=product)


IDEAS = (
    _idea("yolo", "yolov8m", "공장 영상 불량 검출", "생산 라인의 표면 흠집"),
    _idea("yolo", "yolov9c", "교차로 보행자 안전 관제", "교차로의 보행자와 차량"),
    _idea("mobilenet", "mobilenet_v3_large", "매장 진열 상태 인식", "진열대의 빈 자리"),
    _idea("resnext", "resnext50_32x4d", "작물 병해충 판별", "잎과 열매의 병해"),
    _idea("unet", "unet", "항공 사진 산림 구획", "산림의 경계와 나무 종류"),
    _idea("retinaface", "retinaface_resnet50", "출입 관리 얼굴 검출", "출입문의 얼굴 위치"),
    _idea("regnet", "regnet_y_8gf", "폐기물 분류", "재활용품의 재질"),
    _idea("convnext", "convnext_base", "피부 사진 판독 보조", "피부 병변의 종류"),
    _idea("deit", "deit_base", "도장 면 검사", "도장 면의 기포"),
    _idea("r3d_18", "r3d_18", "낙상 감지", "병실 안의 낙상"),
    _idea("deeplabv3", "deeplabv3_resnet50", "도로 노면 손상 구획", "노면의 균열"),
    _idea("wav2vec2", "wav2vec2-base", "설비 소리 이상 진단", "펌프와 모터의 소리"),
    _idea("whisper", "whisper-small", "상담 음성 받아쓰기", "전화 상담의 음성"),
    _idea("distilbert_base", "distilbert-base", "민원 문장 분류", "민원 글의 주제"),
    _idea("bge_m3", "bge-m3", "사내 문서 검색", "기술 문서의 뜻"),
    _idea("t5", "t5-base", "회의록 요약", "회의의 결정 사항"),
    _idea("efficientnet", "efficientnet_b4", "치과 영상 판독 보조", "치아 엑스선"),
    _idea("whisper", "whisper-large-v3", "다국어 회의 통역 자막", "여러 말이 섞인 회의", "npu-120"),
    _idea("qwen", "qwen2.5-7b", "법령 질의응답", "법령과 판례", "npu-120"),
    _idea("gemma", "gemma-2-9b", "학습 도우미 대화", "수학 문제 풀이", "npu-120"),
    _idea("vit_large", "vit-large", "병리 영상 판독 보조", "조직 표본", "npu-120"),
    _idea("kobart_base", "kobart-base", "뉴스 요약", "긴 기사", "npu-120"),
    _idea("stable_diffusion", "stable-diffusion-v1.5", "웹툰 배경 생성", "웹툰의 배경", "npu-120"),
    _idea("bge_reranker", "bge-reranker-large", "논문 검색 순위 조정", "논문의 초록", "npu-120"),
    _idea("eeve_korean_10_8b", "eeve-korean-10.8b", "고전 문헌 풀이", "옛 문헌", "npu-240"),
    _idea("solar_10_7b", "solar-10.7b", "의무 기록 정리", "진료 기록의 글", "npu-240"),
    _idea("llama2", "llama-2-13b", "코드 검토 도우미", "프로그램의 변경 내용", "npu-240"),
    _idea("llava_v1_6_mistral_7b", "llava-v1.6-mistral-7b", "영상 설명 글", "화면 해설", "npu-240"),
    _idea("exaone_3_0", "exaone-3.0-7.8b", "특허 문장 번역", "특허 명세서", "npu-240"),
)  # fmt: skip
UNLISTED = _idea("", "own-graph-transformer", "신약 후보 물질 탐색", "분자의 구조")
NOBODYS = _idea("motionbert", "motionbert", "재활 운동 자세 교정", "관절의 움직임")


def plan(idea: Idea, rng: Random, *, strong: bool) -> Mapping[str, str]:
    """The usage plan by section; a strong one is longer and names figures."""
    cameras, users = rng.randrange(2, 60), rng.randrange(5, 300) * 10
    detail = (
        f" 지금은 한 건에 {rng.randrange(80, 400)}ms가 걸리고, 하루 {users}건을 다룹니다." if strong else ""
    )
    return {
        "purpose": f"{idea.subject}을(를) 다루는 {idea.title} 서비스를 12월까지 시험 운영합니다.{detail}",
        "field": f"{idea.title}: {idea.subject}.",
        "contents": (
            f"학습을 마친 {idea.model} 모델을 변환하고 INT8로 최적화해 입력 {cameras}개를 함께 처리합니다. "
            + (
                "정확도 손실은 검증 자료 1,000건으로 매주 확인하고, 처리량은 부하 시험으로 잽니다."
                if strong
                else ""
            )
        ),
        "need": f"지금 장비로는 {cameras}개 입력을 동시에 처리할 수 없고 전력 비용이 큽니다.",
        "other": "4월 모델 선정, 5월 분석, 6월 변환, 7~9월 최적화, 10~12월 추론 서비스 시험.",
    }


def targets(rng: Random) -> tuple[Target, ...]:
    """One to three KPIs."""
    rate = rng.randrange(8, 40)
    pool = (
        Target(
            name="처리량",
            unit="건/초",
            direction="higher",
            baseline=Decimal(rate),
            target=Decimal(rate * rng.randrange(2, 5)),
            how_measured="같은 입력 1,000건을 세 번 처리한 평균",
        ),
        Target(
            name="지연 시간",
            unit="ms",
            direction="lower",
            baseline=Decimal(rng.randrange(180, 400)),
            target=Decimal(rng.randrange(30, 120)),
            how_measured="부하 시험에서 95번째 백분위수",
        ),
        Target(
            name="전력",
            unit="W",
            direction="lower",
            baseline=Decimal(rng.randrange(250, 450)),
            target=Decimal(rng.randrange(60, 150)),
            how_measured="한 시간 동안 잰 평균",
        ),
    )
    return pool[: rng.choice((1, 2, 2, 3))]
