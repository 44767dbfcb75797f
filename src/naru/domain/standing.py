"""An applicant's standing: its kind, unit and age (E-01 to E-04, E-06, E-08); its use (C-06, A-05)."""

from naru.domain.basis import Basis, found
from naru.domain.call import Call, Kind
from naru.domain.decision import Finding, Outcome
from naru.domain.periods import YEAR, last_day_after
from naru.domain.terms import Text


def may_apply(call: Call, kind: str) -> Finding:
    """E-03, before any form: passed for a kind the call admits, failed with the clause for any other."""
    party = call.party_of(kind)
    if party is not None:
        return found(
            "E-03",
            "kind_not_excluded",
            Outcome.PASSED,
            Text(ko="신청할 수 있는 대상입니다.", en="This kind of applicant may apply."),
            kind=kind,
            sector=party.id,
        )
    for excluded in call.excluded_kinds:
        if excluded.id == kind:
            return found(
                excluded.clause,
                "kind_excluded",
                Outcome.FAILED,
                Text(
                    ko=f"지원 대상이 아닙니다: {excluded.title.ko}",
                    en=f"Not supported by this call: {excluded.title.en}.",
                ),
                mend=Text(
                    ko="신청할 수 있는 기업이나 대학·대학병원에 속해 있으면 그 자격으로 신청해 주세요.",
                    en="If you belong to a company, university or hospital that may apply, apply as that.",
                ),
                kind=kind,
            )
    return found(
        "E-03",
        "kind_unknown",
        Outcome.FAILED,
        Text(ko="이 공고가 정한 신청 자격이 아닙니다.", en="The call admits no such kind of applicant."),
        mend=Text(ko="공고에 있는 신청 자격을 골라 주세요.", en="Choose one of the kinds the call names."),
        kind=kind,
    )


def judge_standing(basis: Basis) -> tuple[Finding, ...]:
    """The findings of E-01 to E-04, E-06 and E-08, in that order."""
    return (
        _private(basis),
        _public(basis),
        may_apply(basis.call, basis.applicant.kind),
        _unit(basis),
        _startup_age(basis),
        _variant(basis),
    )


def judge_use(basis: Basis) -> tuple[Finding, ...]:
    """The findings of C-06 and A-05."""
    return (_inference_only(basis), _models(basis))


def _other_sector(clause: str) -> Finding:
    return found(
        clause,
        "other_sector",
        Outcome.NOT_APPLICABLE,
        Text(ko="이 부문의 신청자가 아닙니다.", en="The applicant is not of this sector."),
    )


def _private(basis: Basis) -> Finding:
    applicant, party = basis.applicant, basis.call.party_of(basis.applicant.kind)
    if party is None or party.unit != "company":
        return _other_sector("E-01")
    if party.legal_forms and applicant.legal_form not in party.legal_forms:
        return found(
            "E-01",
            "legal_form_missing",
            Outcome.MISSING,
            Text(
                ko="법인인지 개인사업자인지 알 수 없습니다.",
                en="Whether it is a corporation or a sole proprietor is not said.",
            ),
            mend=Text(ko="법인 또는 개인사업자를 골라 주세요.", en="Choose corporation or sole proprietor."),
            kind=applicant.kind,
        )
    return found(
        "E-01",
        "kind_admitted",
        Outcome.PASSED,
        Text(ko="민간부문의 신청 자격에 해당합니다.", en="The kind is admitted in the private sector."),
        kind=applicant.kind,
        legal_form=applicant.legal_form or "",
    )


def _public(basis: Basis) -> Finding:
    applicant, party = basis.applicant, basis.call.party_of(basis.applicant.kind)
    if party is None or party.unit != "professor":
        return _other_sector("E-02")
    if applicant.role == "company":
        code, outcome = "role_missing", Outcome.MISSING
        reason = Text(ko="재직자인지 학생인지 알 수 없습니다.", en="Staff or student is not said.")
        mend = Text(ko="재직자 또는 학생을 골라 주세요.", en="Choose staff or student.")
    elif applicant.role == "student" and not applicant.professor_confirmed:
        code, outcome = "professor_confirmation_missing", Outcome.MISSING
        reason = Text(
            ko="학생의 신청을 지도교수가 아직 확인하지 않았습니다.",
            en="The supervising professor has not confirmed the student's application.",
        )
        mend = Text(ko="지도교수에게 확인을 요청해 주세요.", en="Ask the professor to confirm it.")
    else:
        code, outcome = "kind_admitted", Outcome.PASSED
        reason = Text(ko="공공부문의 신청 자격에 해당합니다.", en="Admitted in the public sector.")
        mend = None
    return found("E-02", code, outcome, reason, mend=mend, kind=applicant.kind, role=applicant.role)


def _unit(basis: Basis) -> Finding:
    applicant, party = basis.applicant, basis.call.party_of(basis.applicant.kind)
    if party is None:
        return _other_sector("E-04")
    mend = None
    if not applicant.unit:
        code, outcome = "unit_missing", Outcome.MISSING
        reason = Text(ko="기업 또는 교수를 알 수 없습니다.", en="The company or professor is not known.")
        mend = Text(ko="기업 또는 지도교수를 적어 주세요.", en="Name the company or the professor.")
    elif applicant.sets_held >= party.sets_per_unit:
        code, outcome = "unit_holds_its_share", Outcome.FAILED
        reason = Text(ko="이미 서버를 받은 기업·교수입니다.", en="The unit already holds its server.")
    elif applicant.same_unit:
        excluded = basis.call.selection.duplicates == "exclude_all"
        code, outcome = "duplicate_held", Outcome.FAILED if excluded else Outcome.PERSON
        reason = Text(
            ko="같은 기업·교수의 다른 신청이 있어 정리될 때까지 보류합니다.",
            en="Another application of the same unit is live; this one is held until it is resolved.",
        )
        mend = Text(ko="하나만 남기고 철회해 주세요.", en="Withdraw all but one.")
    elif applicant.same_person:
        code, outcome = "person_behind_two_units", Outcome.PERSON
        reason = Text(
            ko="대표자나 법인등록번호가 같은 다른 기업의 신청이 있습니다. 같은 기업인지 사람이 판단합니다.",
            en="Another company with the same representative or corporate number applies; a person decides.",
        )
    else:
        code, outcome = "unit_single", Outcome.PASSED
        reason = Text(ko="같은 기업·교수의 다른 신청이 없습니다.", en="The unit has no other application.")
    return found(
        "E-04",
        code,
        outcome,
        reason,
        mend=mend,
        unit=applicant.unit,
        others=", ".join(sorted({*applicant.same_unit, *applicant.same_person})),
        sets_held=applicant.sets_held,
        sets_per_unit=party.sets_per_unit,
    )


def _startup_age(basis: Basis) -> Finding:
    """Seven years from the start of business; the day of the anniversary is still within.

    The day business started does not count, so seven years end with the anniversary itself; a business
    started on 28 February of a common year therefore runs to 29 February of a leap year.
    """
    applicant, rule = basis.applicant, basis.call.reference_dates
    if applicant.kind != "startup":
        return found(
            "E-06",
            "not_a_startup",
            Outcome.NOT_APPLICABLE,
            Text(ko="창업기업으로 신청하지 않았습니다.", en="The applicant does not apply as a startup."),
        )
    started, day = applicant.business_started_on, basis.day(rule.startup_age)
    if started is None:
        return found(
            "E-06",
            "business_start_missing",
            Outcome.MISSING,
            Text(ko="사업 개시일이 없습니다.", en="The day business started is not given."),
            mend=Text(ko="사업 개시일을 적어 주세요.", en="Enter the day business started."),
        )
    last = last_day_after(started, rule.startup_years * YEAR)
    mend = None
    if started > day:
        code, outcome = "business_not_started", Outcome.FAILED
        reason = Text(ko=f"{day}까지 사업을 개시하지 않았습니다.", en=f"Business had not started by {day}.")
    elif day > last:
        code, outcome = "startup_too_old", Outcome.FAILED
        reason = Text(
            ko=f"{day} 기준으로 사업 개시 뒤 {rule.startup_years}년이 지났습니다.",
            en=f"More than {rule.startup_years} years had passed since the start of business on {day}.",
        )
        mend = Text(
            ko="중소기업 확인서나 벤처기업 확인서가 있으면 그 자격으로 신청해 주세요.",
            en="With an SME or venture certificate, apply on that ground instead.",
        )
    else:
        code, outcome = "startup_age_met", Outcome.PASSED
        reason = Text(
            ko=f"{day} 기준으로 사업 개시 뒤 {rule.startup_years}년 이내입니다.",
            en=f"On {day} business had run for {rule.startup_years} years at most.",
        )
    return found(
        "E-06",
        code,
        outcome,
        reason,
        mend=mend,
        business_started_on=started,
        last_day=last,
        reference_day=day,
    )


def _kind(basis: Basis) -> Kind | None:
    kinds = (kind for party in basis.call.parties for kind in party.kinds)
    return next((kind for kind in kinds if kind.id == basis.applicant.kind), None)


def _variant(basis: Basis) -> Finding:
    kind = _kind(basis)
    if kind is None or not kind.variants:
        return found(
            "E-08",
            "kind_has_no_types",
            Outcome.NOT_APPLICABLE,
            Text(ko="유형을 나누지 않는 신청 자격입니다.", en="This kind of applicant has no types."),
        )
    accepted = {variant.id: variant.title for variant in kind.variants}
    title = accepted.get(basis.applicant.variant)
    if title is None:
        return found(
            "E-08",
            "venture_type_missing",
            Outcome.MISSING,
            Text(ko="벤처기업 유형이 없습니다.", en="The type of venture is not given."),
            mend=Text(
                ko="유형을 골라 주세요: " + ", ".join(entry.ko for entry in accepted.values()),
                en="Choose one: " + ", ".join(entry.en for entry in accepted.values()) + ".",
            ),
            given=basis.applicant.variant,
        )
    return found(
        "E-08",
        "venture_type_accepted",
        Outcome.PASSED,
        Text(ko=f"인정되는 유형입니다: {title.ko}", en=f"An accepted type: {title.en}."),
        type=basis.applicant.variant,
    )


def _inference_only(basis: Basis) -> Finding:
    applicant, use = basis.applicant, basis.call.use
    asked = {"inference_only": applicant.inference_only} if use.inference_only else {}
    if use.trained_model_only:
        asked["model_trained"] = applicant.model_trained
    facts = {name: "" if answer is None else str(answer).lower() for name, answer in asked.items()}
    mend = None
    if not asked:
        code, outcome = "use_unbounded", Outcome.NOT_APPLICABLE
        reason = Text(ko="용도를 제한하지 않는 공고입니다.", en="The call does not bound the use.")
    elif False in asked.values():
        code, outcome = "training_intended", Outcome.FAILED
        reason = Text(
            ko="학습을 마친 모델의 추론에만 쓸 수 있습니다.",
            en="The server is lent for inference with a model already trained.",
        )
        mend = Text(
            ko="학습을 마친 모델로 추론만 하는 계획이면 신청할 수 있습니다.",
            en="Apply with a plan that only runs inference on a model already trained.",
        )
    elif None in asked.values():
        code, outcome = "use_undeclared", Outcome.MISSING
        reason = Text(ko="용도를 서약하지 않았습니다.", en="The use is not declared.")
        mend = Text(ko="추론 전용 서약에 답해 주세요.", en="Answer the declaration on inference only.")
    else:
        code, outcome = "inference_declared", Outcome.PASSED
        reason = Text(ko="추론에만 쓰기로 서약했습니다.", en="Use for inference only is declared.")
    return found(use.clause, code, outcome, reason, mend=mend, **facts)


def _models(basis: Basis) -> Finding:
    models = basis.applicant.models
    mend = None
    if not models:
        code, outcome = "model_missing", Outcome.MISSING
        reason = Text(ko="모델을 고르지 않았습니다.", en="No model is chosen.")
        mend = Text(ko="지원 모델 표에서 모델을 골라 주세요.", en="Choose a model from the support table.")
    elif all(model.match == "listed" for model in models):
        code, outcome = "models_listed", Outcome.PASSED
        reason = Text(ko="모델이 모두 지원 표에 있습니다.", en="Every model is in the support table.")
    elif any(model.match == "none" for model in models):
        code, outcome = "model_not_listed", Outcome.PERSON
        reason = Text(
            ko="지원 표에 없는 모델이 있습니다. 제한될 수 있어 사람이 판단합니다.",
            en="A model is not in the support table; support may be limited, so a person decides.",
        )
    else:
        code, outcome = "model_near_listed", Outcome.PERSON
        reason = Text(
            ko="지원 표의 모델과 가까운 모델이 있습니다. 반도체사의 확인이 필요합니다.",
            en="A model is near a listed one; a vendor must say whether it is supported.",
        )
    chosen = ", ".join(f"{model.name} ({model.match})" for model in models)
    return found("A-05", code, outcome, reason, mend=mend, models=chosen)
