"""Names of people and organisations that do not exist (가상): every organisation's name says so."""

from random import Random

from naru.domain.registration import check_digit

SURNAMES = tuple("김이박최정강조윤장임한오서신권황안송류홍")
GIVEN = (
    "가람", "가온", "나래", "누리", "다솜", "다온", "도담", "라온", "마루", "미르", "보람", "빛나", "사랑",
    "새론", "샛별", "소담", "시내", "슬기", "아라", "여울", "예솔", "우람", "윤슬", "이든", "잔디", "조은",
    "초롱", "하늘", "한결", "한별", "해찬", "햇살",
)  # fmt: skip
PLACES = (
    "달무지개", "별고을", "솔바람", "물안개", "은하수", "무지개", "새벽빛", "꽃구름", "돌담길", "반딧불",
    "소나기", "너울", "노을빛", "봄비", "첫눈", "산울림", "바람꽃", "구름다리", "해돋이", "달맞이",
)  # fmt: skip
TRADES = (
    "비전", "보이스", "로보틱스", "메디", "애그리", "모빌리티", "시큐어", "데이터", "에듀", "물류", "팩토리",
    "미디어", "번역", "관제", "핀테크", "리테일", "에너지", "드론", "스포츠", "게임",
)  # fmt: skip
CAMPUSES = (
    "달빛섬", "구름산", "별내울", "솔가람", "꽃마루", "물빛골", "바람골", "새들녘", "은모래", "푸른재",
    "하늘못", "돌여울", "단풍골", "눈꽃재", "이슬마을", "갈대섬", "금빛들", "참빛골", "산들녘", "햇무리",
)  # fmt: skip
DEPARTMENTS = (
    "컴퓨터공학과",
    "인공지능학과",
    "전자공학과",
    "산업공학과",
    "영상의학과",
    "의공학과",
    "언어학과",
    "로봇공학과",
)


def person(rng: Random) -> str:
    """A person's name."""
    return rng.choice(SURNAMES) + rng.choice(GIVEN)


def company(index: int, *, corporation: bool) -> str:
    """A company's name, different for every `index` below 400."""
    place = PLACES[index % len(PLACES)]
    trade = TRADES[(index // len(PLACES) + index) % len(TRADES)]
    return f"(주)가상 {place} {trade}" if corporation else f"가상 {place} {trade}"


def university(index: int) -> str:
    """A university's name; `index` below 20."""
    return f"가상 {CAMPUSES[index]}대학교"


def hospital(index: int) -> str:
    """A university hospital's name; `index` below 20."""
    return f"가상 {CAMPUSES[index]}대학교병원"


def campus_domain(name: str) -> str:
    """The mail domain of a university or hospital; a campus shares one with its hospital."""
    place = next(place for place, campus in enumerate(CAMPUSES) if f" {campus}대학교" in name)
    return f"campus{place + 1:02d}.example"


def business_number(index: int, *, corporation: bool) -> str:
    """Ten digits with a valid check digit under office number 000, which no tax office has."""
    nine = f"000{81 if corporation else 11}{index:04d}"
    return f"{nine}{check_digit(nine)}"
