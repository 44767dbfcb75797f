"""English translations: `messages.py compile` turns .po into .mo, `messages.py check` lists what is wrong.

Wrong is a string without English, and one that two steps translate differently: Django shows one of them
everywhere.
Source strings are Korean (ADR 0030); each step keeps `locale/en/LC_MESSAGES/django.po` of its own, so that
two steps never edit one file. Standard library, except that `check` reads templates with Django's lexer.
"""

import ast
import re
import struct
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

PORTAL = Path(__file__).parent.parent / "src" / "naru" / "portal"
FUNCTIONS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
IN_CONTEXT = {"pgettext", "pgettext_lazy"}  # the context first, then the string
KEYWORDS = ("msgctxt", "msgid_plural", "msgid", "msgstr[0]", "msgstr[1]", "msgstr")
KOREAN = re.compile(r"[\uac00-\ud7a3]")


def entries(path: Path) -> dict[str, str]:
    """Translations of a .po file by gettext's key (context, singular and plural joined as gettext does).

    Raises ValueError with file and line for a line that is no part of a .po file.
    """
    found: dict[str, str] = {}
    entry: dict[str, str] = {}
    part = ""
    for number, line in enumerate([*path.read_text("utf-8").splitlines(), ""], start=1):
        text = line.strip()
        keyword = next((name for name in KEYWORDS if text.startswith(f"{name} ")), "")
        if (
            not text
            or text.startswith("#")
            or (keyword in {"msgctxt", "msgid"} and {"msgstr", "msgstr[0]"} & entry.keys())
        ):
            _finish(entry, found)
        if keyword:
            part, text = keyword, text.removeprefix(keyword).strip()
            entry[part] = ""
        if text.startswith('"') and text.endswith('"') and part and len(text) > 1:
            entry[part] += ast.literal_eval(text)
        elif text and not text.startswith("#"):
            raise ValueError(f"{path}:{number}: {text!r} is neither a keyword nor a quoted string")
    return found


def _finish(entry: dict[str, str], found: dict[str, str]) -> None:
    """Put a complete entry among `found` under gettext's key and start a new one."""
    if "msgid" in entry:
        key = entry["msgid"]
        if "msgid_plural" in entry:
            key += "\0" + entry["msgid_plural"]
        if "msgctxt" in entry:
            key = entry["msgctxt"] + "\4" + key
        text = entry.get("msgstr", "\0".join(entry.get(f"msgstr[{form}]", "") for form in (0, 1)))
        if text.strip("\0"):
            found[key] = text
    entry.clear()


def catalogue(translations: dict[str, str]) -> bytes:
    """The .mo file of `translations`: gettext's binary format, version 0, keys sorted, no hash table."""
    pairs = sorted((key.encode(), text.encode()) for key, text in translations.items())
    keys, texts = (b"".join(pair[side] + b"\0" for pair in pairs) for side in (0, 1))
    tables: list[list[int]] = [[], []]
    for side, start in ((0, 28 + 16 * len(pairs)), (1, 28 + 16 * len(pairs) + len(keys))):
        for pair in pairs:
            tables[side] += [len(pair[side]), start]
            start += len(pair[side]) + 1  # noqa: PLW2901 - a running offset
    header = [0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 28 + 16 * len(pairs)]
    numbers = [*header, *tables[0], *tables[1]]
    return struct.pack(f"<{len(numbers)}I", *numbers) + keys + texts


def compile_all(root: Path = PORTAL) -> list[Path]:
    """Write every .mo that is older than its .po; return those written."""
    written = []
    for source in sorted(root.rglob("locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns:
            content = catalogue(entries(source))
            fresh = target.with_suffix(f".{id(content)}.new")  # two test workers may compile at once
            fresh.write_bytes(content)
            fresh.replace(target)
            written.append(target)
    return written


def strings(path: Path) -> Iterator[str]:
    """The source strings that a module or template asks a translation for, by gettext's key."""
    text = path.read_text("utf-8")
    if path.suffix in {".html", ".txt"}:
        from django.utils.translation.template import templatize

        text = templatize(text, origin=str(path))
        word = r"""(u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*")"""
        for call in re.finditer(rf"n?(p?)gettext\({word}(?:,\s*{word})?", text):
            said = ast.literal_eval(call.group(2))
            yield f"{said}\4{ast.literal_eval(call.group(3))}" if call.group(1) else said
        for call in re.finditer(r"""(?<!\w)_\(("[^"]*"|'[^']*')\)""", text):
            yield ast.literal_eval(call.group(1))
        return
    for node in ast.walk(ast.parse(text, str(path))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            count = 2 if name in IN_CONTEXT else 1 if name in FUNCTIONS else 0
            given = [one.value for one in node.args[:count] if isinstance(one, ast.Constant)]
            if count and len(given) == count and all(isinstance(one, str) for one in given):
                yield "\4".join(str(one) for one in given)


def missing(root: Path = PORTAL) -> dict[str, list[str]]:
    """By file: Korean source strings without an English translation in any step's catalogue."""
    translated = {
        key.split("\0", 1)[0]
        for source in root.rglob("locale/en/LC_MESSAGES/*.po")
        for key in entries(source)
    }
    files = [path for path in sorted(root.rglob("*")) if path.suffix in {".py", ".html", ".txt"}]
    found: dict[str, list[str]] = {}
    for path in files:
        if "migrations" not in path.parts:
            wanted = {text for text in strings(path) if KOREAN.search(text)} - translated
            if wanted:
                found[str(path.relative_to(root))] = sorted(wanted)
    return found


def differing(root: Path = PORTAL) -> dict[str, dict[str, list[str]]]:
    """By source string: its English texts where there is more than one, each with the steps it stands in."""
    texts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for source in sorted(root.rglob("locale/en/LC_MESSAGES/*.po")):
        for key, text in entries(source).items():
            if key:  # the header is no string
                texts[key][text].append(source.relative_to(root).parts[0])
    return {key: dict(found) for key, found in texts.items() if len(found) > 1}


def main(arguments: list[str]) -> int:
    """Exit 0 when done or nothing is wrong, 1 when translations are missing or differ, 2 for wrong usage."""
    if arguments == ["compile"]:
        compile_all()
        return 0
    if arguments != ["check"]:
        print(__doc__, file=sys.stderr)
        return 2
    import django
    from django.conf import settings

    settings.configure(USE_I18N=True)
    django.setup()
    lacking = missing()
    for name, texts in lacking.items():
        for text in texts:
            print(f"{name}: no English for {text!r}")
    unlike = differing()
    for text, found in unlike.items():
        said = "; ".join(f"{english!r} in {', '.join(steps)}" for english, steps in found.items())
        print(f"{text!r} has two English texts, agree on one or give one a context: {said}")
    return 1 if lacking or unlike else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
