"""Write docs/problems anew, a page per refusal: `make problems`."""

import importlib
import pkgutil
import sys
from collections.abc import Mapping
from pathlib import Path

import lingqu
from lingqu.runtime.http.refusals import described, index_markdown, markdown

FOLDER = Path(__file__).parent.parent / "docs" / "problems"


def pages() -> Mapping[str, str]:
    """Give every page by its file's name."""
    for found in pkgutil.walk_packages(lingqu.__path__, "lingqu."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)
    items = described()
    return {"README.md": index_markdown(items)} | {f"{code}.md": markdown(item) for code, item in items.items()}


def main() -> None:
    """Write the pages and take away those whose refusal is gone."""
    FOLDER.mkdir(exist_ok=True)
    wanted = pages()
    for file in FOLDER.glob("*.md"):
        if file.name not in wanted:
            file.unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    print(f"wrote {len(wanted)} pages", file=sys.stderr)


if __name__ == "__main__":
    main()
