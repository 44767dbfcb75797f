"""The outcome (성과): measured values against the KPIs of the application, and a verdict to propose (P-04).

The guide says that an "insufficient" result may limit next year's participation and not what insufficient
is. The rule here is one a reader can redo by hand: how much of the way from baseline to target was covered,
the plain mean over the KPIs, and one threshold. A person decides; see ADR 24.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from naru.domain.basis import found
from naru.domain.decision import Finding, Outcome
from naru.domain.terms import Text, require, unique

Verdict = Literal["achieved", "partly", "insufficient", "not_measured"]
HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kpi:
    """A performance target (성과지표) and its measured value (None until measured), in `unit`, exact."""

    name: str
    unit: str
    direction: Literal["higher", "lower"]
    baseline: Decimal
    target: Decimal
    measured: Decimal | None = None

    def __post_init__(self) -> None:
        better = self.target >= self.baseline if self.direction == "higher" else self.target <= self.baseline
        require(
            better, f'target: {self.target} is worse than {self.baseline} where "{self.direction}" is better'
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiResult:
    """One KPI judged: `achievement` is the part of the way covered (1 at the target), None unmeasured."""

    kpi: Kpi
    achievement: Fraction | None
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalCheck:
    """The proposal for the final check: verdict, mean achievement within 0..1, one finding per KPI."""

    verdict: Verdict
    mean: Fraction
    results: tuple[KpiResult, ...]
    findings: tuple[Finding, ...]


def achievement(kpi: Kpi) -> Fraction | None:
    """The part of the way from baseline to target that was covered; below 0 when it got worse.

    A target equal to the baseline means "keep it": 1 when kept or bettered, else 0.
    """
    if kpi.measured is None:
        return None
    way = Fraction(kpi.target) - Fraction(kpi.baseline)
    if way == 0:
        kept = kpi.measured >= kpi.target if kpi.direction == "higher" else kpi.measured <= kpi.target
        return Fraction(int(kept))
    return (Fraction(kpi.measured) - Fraction(kpi.baseline)) / way


def final_check(kpis: Sequence[Kpi], *, partly_from: Fraction = HALF, closed: bool = False) -> FinalCheck:
    """Propose a verdict. `partly_from` is the threshold, for one KPI and for the mean.

    achieved: every KPI reached its target. partly: the mean, each KPI counted between 0 and 1, is at least
    `partly_from`. insufficient: below. not_measured: a value is missing; once the time to hand in is over
    (`closed`) a missing value counts 0. Raises ValueError without KPIs, or for a name that stands twice.
    """
    require(bool(kpis), "kpis: the application names no KPI, so nothing can be compared")
    require(0 < partly_from <= 1, f"partly_from: {partly_from} is not within 0..1")
    unique("kpis", (kpi.name for kpi in kpis))
    results = tuple(_result(kpi, partly_from, closed=closed) for kpi in kpis)
    counted = [min(Fraction(1), max(Fraction(0), result.achievement or Fraction(0))) for result in results]
    mean = sum(counted, Fraction(0)) / len(counted)
    verdict = _verdict(results, mean, partly_from)
    findings = (*map(_kpi_finding, results), _overall(verdict, mean, partly_from))
    return FinalCheck(verdict=verdict, mean=mean, results=results, findings=findings)


def _result(kpi: Kpi, partly_from: Fraction, *, closed: bool) -> KpiResult:
    covered = achievement(kpi)
    if covered is None:
        return KpiResult(kpi=kpi, achievement=None, verdict="insufficient" if closed else "not_measured")
    if covered >= 1:
        return KpiResult(kpi=kpi, achievement=covered, verdict="achieved")
    return KpiResult(
        kpi=kpi, achievement=covered, verdict="partly" if covered >= partly_from else "insufficient"
    )


def _verdict(results: tuple[KpiResult, ...], mean: Fraction, partly_from: Fraction) -> Verdict:
    verdicts = {result.verdict for result in results}
    if "not_measured" in verdicts:
        return "not_measured"
    if verdicts == {"achieved"}:
        return "achieved"
    return "partly" if mean >= partly_from else "insufficient"


_OUTCOMES: dict[Verdict, Outcome] = {
    "achieved": Outcome.PASSED,
    "partly": Outcome.PERSON,
    "insufficient": Outcome.PERSON,
    "not_measured": Outcome.MISSING,
}
_WORDS: dict[Verdict, Text] = {
    "achieved": Text(ko="달성", en="achieved"),
    "partly": Text(ko="일부 달성", en="partly achieved"),
    "insufficient": Text(ko="미흡", en="insufficient"),
    "not_measured": Text(ko="측정값 없음", en="not measured"),
}


def _percent(part: Fraction) -> str:
    """Whole percent, rounded down, so that 100 is shown only for a target reached."""
    return f"{part * 100 // 1} %"


def _kpi_finding(result: KpiResult) -> Finding:
    kpi, word = result.kpi, _WORDS[result.verdict]
    covered = "-" if result.achievement is None else _percent(result.achievement)
    return found(
        "P-04",
        f"kpi_{result.verdict}",
        _OUTCOMES[result.verdict],
        Text(ko=f"{kpi.name}: {word.ko} ({covered})", en=f"{kpi.name}: {word.en} ({covered})."),
        mend=Text(ko="측정값을 적어 주세요.", en="Enter the measured value.")
        if result.verdict == "not_measured"
        else None,
        kpi=kpi.name,
        unit=kpi.unit,
        direction=kpi.direction,
        baseline=kpi.baseline,
        target=kpi.target,
        measured="" if kpi.measured is None else kpi.measured,
        achievement="" if result.achievement is None else result.achievement,
    )


def _overall(verdict: Verdict, mean: Fraction, partly_from: Fraction) -> Finding:
    word = _WORDS[verdict]
    return found(
        "P-04",
        f"final_{verdict}",
        _OUTCOMES[verdict],
        Text(
            ko=f"결과점검 제안: {word.ko} (평균 {_percent(mean)}, 기준 {_percent(partly_from)})",
            en=f"Final check, proposed: {word.en} (mean {_percent(mean)}, from {_percent(partly_from)}).",
        ),
        mend=Text(ko="빠진 측정값을 적어 주세요.", en="Enter the values that are missing.")
        if verdict == "not_measured"
        else None,
        mean=mean,
        partly_from=partly_from,
    )
