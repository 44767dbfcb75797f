"""The business registration number (사업자등록번호): ten digits, the last one checks the others."""

import re

WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)
DIGITS = re.compile(r"[0-9]{10}")


def normalise(text: str) -> str:
    """`text` without blanks and hyphens. Raises ValueError when it is not ten digits or the check fails."""
    number = re.sub(r"[\s-]", "", text)
    if not DIGITS.fullmatch(number):
        raise ValueError(f"{text!r} is not ten digits; write it as 000-00-00000")
    if int(number[-1]) != check_digit(number[:-1]):
        raise ValueError(f"{text!r} fails its check digit; compare it with the certificate")
    return number


def check_digit(nine: str) -> int:
    """The tenth digit of a number whose first nine digits are `nine`."""
    digits = [int(digit) for digit in nine]
    total = sum(weight * digit for weight, digit in zip(WEIGHTS, digits, strict=True)) + digits[8] * 5 // 10
    return (10 - total % 10) % 10


def printed(number: str) -> str:
    """The number as certificates print it, e.g. 000-00-00000."""
    return f"{number[:3]}-{number[3:5]}-{number[5:]}"


def corporate_number_checks(number: str) -> bool:
    """Whether thirteen digits pass the check of corporate numbers (법인등록번호): weights 1 and 2 in turn.

    A hint only: numbers given out before the rule, or by hand, fail it and are valid.
    """
    digits = [int(digit) for digit in number]
    total = sum(digit * (1 + place % 2) for place, digit in enumerate(digits[:12]))
    return (10 - total % 10) % 10 == digits[12]
