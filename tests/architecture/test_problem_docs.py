"""docs/problems has a page for each refusal, as it is."""

from tools.problem_docs import FOLDER, pages


def test_the_pages_are_current() -> None:
    written = {file.name: file.read_text(encoding="utf-8") for file in FOLDER.glob("*.md")}
    assert written == dict(pages()), "run `make problems`"


def test_a_page_says_what_happened_in_both_languages() -> None:
    page = pages()["common.stale.md"]
    assert page.startswith("# common.stale\n\nHTTP 412 · Changed meanwhile · 数据已被他人修改\n\n")
    assert "Load it again and repeat your change." in page
    assert "请重新载入后再次提交。" in page
