"""Text that Streamlit's Markdown shows literally; `tests/browser/test_hostile_text.py` shows it to Streamlit itself."""

from __future__ import annotations

import pytest

from cs_dash.ui.components.text import plain_markdown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Save", "Save"),
        ("Take back the last 3 labels (Ana)!", "Take back the last 3 labels (Ana)!"),
        ("R&D, 12.5 %", "R&D, 12.5 %"),
        ("![p](x)", r"!\[p](x)"),
        ("<b>x</b>", r"\<b>x\</b>"),
        ("*a* _b_ `c` ~~d~~ $e$", r"\*a\* \_b\_ \`c\` \~\~d\~\~ \$e\$"),
        (r"\*", r"\\\*"),
        ("&amp; &#33;", r"\&amp; \&#33;"),
        ("http://a.example www.a.example", "http:|//a.example www|.a.example"),
        ("a@b.example", "a|@b.example"),
        (":red[x] :smile: 10:30", r":|red\[x] :|smile: 10:|30"),
        ("a -> b -- c", "a -|> b -|- c"),
        ("# a", "|# a"),
        ("1. a", "|1. a"),
        ("a\n\n- b", "a - b"),
    ],
)
def test_what_markdown_would_read_is_broken_without_a_trace(text: str, shown: str) -> None:
    """Here | is the sign without width."""
    assert plain_markdown(text) == shown.replace("|", "\u2060")
