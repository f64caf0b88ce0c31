"""Where the console's built files lie."""

from pathlib import Path

import lingqu

_PACKAGE = Path(lingqu.__file__).parent


def folder() -> Path | None:
    """Find the built console: inside the installed package, or beside the source where it is built."""
    candidates = (_PACKAGE / "console", _PACKAGE.parent.parent / "web" / "apps" / "console" / "dist")
    return next((found for found in candidates if (found / "index.html").is_file()), None)
