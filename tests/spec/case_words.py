"""The one translator from the cases' own words to the glossary's: pub, priv, sku, usage, etc, app."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from naru.domain.bound import Bound
from naru.domain.terms import Bonus, Criterion, Element, Scoring, Text

SECTORS = {"pub": "public", "priv": "private", "public": "public", "private": "private"}
CRITERIA = {"usage": "contents", "etc": "other", "purpose": "purpose", "need": "need", "field": "field"}
POINTS = {"purpose": 30, "field": 5, "contents": 50, "need": 10, "other": 5}
THEIRS = {ours: theirs for theirs, ours in CRITERIA.items()}


def criteria(points=None):
    text = Element(ko="평가항목", en="criterion")
    return tuple(
        Criterion(id=key, title=text, points=most, elements=(text,), clause="R-03")
        for key, most in (points or POINTS).items()
    )


def scoring(config):
    return Scoring(
        method="mean_of_totals",
        trim_from=config.get("trim_min", 5),
        min_reviews=1,
        rounding=Decimal("0.01"),
        clause="R-03",
    )


def bonus(config):
    return Bonus(
        id="youth",
        title=Text(ko="청년", en="youth"),
        points=Fraction(config["bonus"]),
        kind="birth_date",
        born_on_or_after=date(1985, 2, 12),
        evidence=("corporate_register",),
        parties=("private",),
        clipped_at_total=False,
        counts_for_min_score=False,
        clause="E-07",
    )


def bound(config, reading):
    return Bound(
        reading=reading,
        op="<" if config.get("strict", True) else "<=",
        share=Fraction(str(config.get("public_share", "1/2"))),
    )


def hundredths(value):
    return int(Fraction(str(value)) * 100)
