"""Grounds for exclusion (제외사유): the register, declarations, grounds raised, other support (E-09, E-10).

Where the call's data says `decided_by = "rule"` a hit fails; where the guide says "may", a person decides.
"""

from naru.domain.applicant import OtherSupport
from naru.domain.basis import Basis, found
from naru.domain.call import Call, ExclusionGround, OtherProgramme
from naru.domain.decision import Finding, Outcome
from naru.domain.sanction import Restriction, barred, falls_under
from naru.domain.terms import Text

GROUNDS = "E-09"
DUPLICATE_SUPPORT = "E-10"


def declarations_owed(call: Call) -> tuple[ExclusionGround, ...]:
    """The grounds every applicant has to answer for."""
    return tuple(ground for ground in call.exclusions if ground.source == "declaration")


def judge_exclusions(basis: Basis) -> tuple[Finding, ...]:
    """E-09: a finding for every ground hit, unanswered or raised, or one that none was found."""
    known = {ground.id for ground in basis.call.exclusions}
    if strange := sorted(set(basis.applicant.raised) - known):
        raise ValueError(f"raised: {', '.join(strange)} is no exclusion ground of the call {basis.call.id}")
    hits = [
        *(finding for ground in basis.call.exclusions for finding in _ground(basis, ground)),
        *_entries_of_no_ground(basis, known),
    ]
    if any(finding.clause == GROUNDS for finding in hits):
        return tuple(hits)
    clear = Text(ko="제외사유가 확인되지 않았습니다.", en="No ground for exclusion was found.")
    checked = ", ".join(ground.id for ground in basis.call.exclusions if ground.clause == GROUNDS)
    return (
        *hits,
        found(
            GROUNDS,
            "no_ground_found",
            Outcome.PASSED,
            clear,
            grounds=checked,
            reference_day=basis.day(basis.call.reference_dates.restrictions),
        ),
    )


def judge_duplicate_support(basis: Basis) -> tuple[Finding, ...]:
    """E-10: a finding for each other programme; the call's data says which may never cost the place."""
    programmes = {programme.id: programme for programme in basis.call.other_programmes}
    findings = [_support(basis, entry, programmes) for entry in basis.applicant.other_support]
    ground = _duplicate_ground(basis.call)
    declared = basis.applicant.declared(ground.id) if ground else False
    if declared is None:
        findings.append(_unanswered(DUPLICATE_SUPPORT, ground))
    elif declared and not findings:
        findings.append(
            found(
                DUPLICATE_SUPPORT,
                "support_unnamed",
                Outcome.MISSING,
                Text(ko="어느 사업의 지원인지 적지 않았습니다.", en="The other programme is not named."),
                mend=Text(ko="지원받는 사업을 골라 주세요.", en="Name the other programme."),
            )
        )
    elif not findings:
        findings.append(
            found(
                DUPLICATE_SUPPORT,
                "no_other_support",
                Outcome.PASSED,
                Text(ko="다른 유사 지원이 없습니다.", en="No other support was declared or found."),
            )
        )
    return tuple(findings)


def _hit(ground: ExclusionGround) -> Outcome:
    return Outcome.FAILED if ground.decided_by == "rule" else Outcome.PERSON


def _ground(basis: Basis, ground: ExclusionGround) -> list[Finding]:
    """The hits of one ground, whatever its source; support elsewhere is E-10's own question."""
    findings = []
    if ground.source == "register":
        day = basis.day(ground.as_of)
        entries = barred(basis.register, basis.applicant.unit, day)
        findings += [
            _barred(ground, entry, day.isoformat())
            for entry in entries
            if falls_under(basis.call, entry) == ground.id
        ]
    if ground.id in basis.applicant.raised:
        findings.append(_raised(ground))
    if ground.clause == DUPLICATE_SUPPORT:
        return findings
    declared = basis.applicant.declared(ground.id)
    if declared is None and ground.source == "declaration":
        findings.append(_unanswered(ground.clause, ground))
    elif declared and not findings:
        findings.append(_declared(ground))
    return findings


def _barred(ground: ExclusionGround, entry: Restriction, day: str) -> Finding:
    until = entry.ends or "..."
    return found(
        ground.clause,
        f"barred_{ground.id}",
        _hit(ground),
        Text(
            ko=f"{day} 기준 등록부의 제한: {ground.title.ko} ({entry.starts}~{until})",
            en=f"In the register on {day}: {ground.title.en} ({entry.starts} to {until}).",
        ),
        unit=entry.unit,
        ground=entry.ground,
        starts=entry.starts,
        ends=entry.ends or "",
        source=entry.source,
        reference_day=day,
    )


def _raised(ground: ExclusionGround) -> Finding:
    return found(
        ground.clause,
        f"raised_{ground.id}",
        _hit(ground),
        Text(ko=f"제기된 제외사유: {ground.title.ko}", en=f"A ground was raised: {ground.title.en}."),
    )


def _declared(ground: ExclusionGround) -> Finding:
    """What an applicant says against itself is put to a person even where a rule decides on the register."""
    outcome = _hit(ground) if ground.source == "declaration" else Outcome.PERSON
    return found(
        ground.clause,
        f"declared_{ground.id}",
        outcome,
        Text(
            ko=f"신청자가 해당한다고 밝힌 제외사유: {ground.title.ko}",
            en=f"Declared by the applicant: {ground.title.en}.",
        ),
    )


def _unanswered(clause: str, ground: ExclusionGround | None) -> Finding:
    title = ground.title if ground else Text(ko="중복 지원", en="duplicate support")
    return found(
        clause,
        "declaration_missing",
        Outcome.MISSING,
        Text(ko=f"답하지 않은 확인 사항: {title.ko}", en=f"Not answered: {title.en}."),
        mend=Text(ko="해당 여부에 답해 주세요.", en="Say whether it applies to you."),
        declaration=ground.id if ground else "",
    )


def _entries_of_no_ground(basis: Basis, known: set[str]) -> list[Finding]:
    """An entry the call has no ground for is shown to a person, never passed over."""
    day = basis.day(basis.call.reference_dates.restrictions)
    return [
        found(
            GROUNDS,
            "register_entry_of_no_ground",
            Outcome.PERSON,
            Text(
                ko="등록부에 이 공고가 정하지 않은 제한이 있습니다.",
                en="The register holds an entry for which the call names no ground.",
            ),
            ground=entry.ground,
            starts=entry.starts,
            ends=entry.ends or "",
            source=entry.source,
        )
        for entry in barred(basis.register, basis.applicant.unit, day)
        if falls_under(basis.call, entry) not in known
    ]


def _duplicate_ground(call: Call) -> ExclusionGround | None:
    grounds = (ground for ground in call.exclusions if ground.clause == DUPLICATE_SUPPORT)
    return next((ground for ground in grounds if ground.source == "declaration"), None)


def _support(basis: Basis, entry: OtherSupport, programmes: dict[str, OtherProgramme]) -> Finding:
    programme = programmes.get(entry.programme)
    ground = _duplicate_ground(basis.call)
    if programme is None:
        code, outcome = "support_unknown", Outcome.PERSON
        reason = Text(
            ko="공고가 정하지 않은 다른 지원입니다. 유사한지 사람이 판단합니다.",
            en="The call does not name this programme; a person decides whether it is similar.",
        )
    elif programme.duplicate_support == "never_excludes":
        code, outcome = "support_never_excludes", Outcome.PASSED
        reason = Text(
            ko=f"제외사유가 되지 않는 지원입니다: {programme.title.ko}",
            en=f"Never a ground for exclusion: {programme.title.en}.",
        )
    elif entry.state == "applied":
        code, outcome = "similar_support_applied", Outcome.PASSED
        reason = Text(
            ko=f"신청만 한 상태이며 선정되면 알려야 합니다: {programme.title.ko}",
            en=f"Applied for, not selected; a selection must be told: {programme.title.en}.",
        )
    else:
        undeclared = entry.source == "register" and ground and not basis.applicant.declared(ground.id)
        code = "duplicate_support_undeclared" if undeclared else "duplicate_support"
        outcome = _hit(ground) if ground else Outcome.PERSON
        reason = Text(
            ko=f"유사 사업에 선정되었습니다: {programme.title.ko}",
            en=f"Selected elsewhere as well: {programme.title.en}.",
        )
    return found(
        DUPLICATE_SUPPORT,
        code,
        outcome,
        reason,
        programme=entry.programme,
        state=entry.state,
        source=entry.source,
    )
