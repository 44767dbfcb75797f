"""What the call asks an applicant to declare and to fill in, and which answer each declaration needs."""

from naru.domain import call as domain

INFERENCE_ONLY = "inference_only"
MODEL_TRAINED = "model_trained"
SUPPORT_STATES = ("applied", "selected")


def use_codes(terms: domain.Call) -> tuple[str, ...]:
    """The declarations on use that must be answered yes (C-06)."""
    trained = (MODEL_TRAINED,) if terms.use.trained_model_only else ()
    inference = (INFERENCE_ONLY,) if terms.use.inference_only else ()
    return (*inference, *trained)


def ground_codes(terms: domain.Call) -> tuple[str, ...]:
    """The exclusion grounds an applicant declares, E-10's own included."""
    return tuple(ground.id for ground in terms.exclusions if ground.source == "declaration")


def declaration_text(terms: domain.Call, code: str) -> str:
    """The Korean sentence an answer is given to; its hash is stored beside the answer."""
    if code in (INFERENCE_ONLY, MODEL_TRAINED):
        return terms.clause(terms.use.clause).text.ko
    for ground in terms.exclusions:
        if ground.id == code:
            return ground.title.ko
    programme, _, state = code.partition(":")
    for other in terms.other_programmes:
        if other.id == programme:
            return f"{other.title.ko} ({state})"
    raise KeyError(code)
