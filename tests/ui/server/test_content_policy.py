"""What a page may fetch and run; `test_safe_server.py` holds that every page is told."""

from __future__ import annotations

from cs_dash.ui.server import index_html
from cs_dash.ui.server.content_policy import content_policy


def directives() -> dict[str, list[str]]:
    parts = (part.split() for part in content_policy().split("; "))
    return {name: values for name, *values in parts}


def test_nothing_comes_from_elsewhere_and_no_text_is_run() -> None:
    policy = directives()
    assert policy["default-src"] == ["'none'"]
    for name in ("script-src", "style-src", "img-src", "font-src", "connect-src"):
        assert policy[name][0] == "'self'"
    assert all(value.startswith("'sha256-") for value in policy["script-src"][1:])
    others = {value for values in policy.values() for value in values if not value.startswith("'")}
    assert others == {"data:"}  # names no machine
    assert "data:" not in policy["script-src"] + policy["connect-src"]


def test_every_script_of_the_first_html_may_run() -> None:
    scripts = index_html.INLINE_SCRIPT.findall(index_html.index_html())
    assert len(scripts) == len(directives()["script-src"]) - 1 == 2
    assert "./shell.js?" in index_html.index_html()
    assert index_html.index_html().count("<script>") == 2
