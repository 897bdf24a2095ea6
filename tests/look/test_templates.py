"""Templates: everything is escaped, nothing is silently empty."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, TemplateNotFound, UndefinedError

from cs_dash.look import templates
from cs_dash.look.templates import FOLDER, Markup, bold, compile_templates, environment, render

HOSTILE = "<script>alert('\"&')</script>"
FILES = sorted(FOLDER.rglob("*.html"))


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Environment:
    """The environment with two templates of the test's own."""
    own = environment().overlay(
        loader=DictLoader({"line.html": "<p>{{ text }}</p>\n", "box.html": "<div>{{ body }}{{ note | bold }}</div>"})
    )
    monkeypatch.setattr(templates, "environment", lambda: own)
    return own


def test_what_a_template_is_given_is_escaped(written: Environment) -> None:
    line = render("line.html", text=HOSTILE)
    assert "<script" not in line
    assert line == "<p>&lt;script&gt;alert(&#39;&#34;&amp;&#39;)&lt;/script&gt;</p>"


def test_a_rendered_template_goes_into_another_as_it_is(written: Environment) -> None:
    line = render("line.html", text="R & D")
    assert isinstance(line, Markup)
    assert render("box.html", body=line, note="up **4 %** <b>") == (
        "<div><p>R &amp; D</p>up <b>4 %</b> &lt;b&gt;</div>"
    )


def test_a_name_that_is_not_given_is_an_error(written: Environment) -> None:
    with pytest.raises(UndefinedError, match="'text' is undefined"):
        render("line.html", words="x")
    with pytest.raises(TemplateNotFound):
        render("lines.html")


def test_figures_between_stars_are_bold_also_over_lines() -> None:
    assert bold("NRR is **103\n%**, **2** up") == "NRR is <b>103\n%</b>, <b>2</b> up"
    assert bold(f"**{HOSTILE}**").count("<") == 2


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_template_compiles_and_never_switches_escaping_off(path: Path) -> None:
    environment().get_template(path.relative_to(FOLDER).as_posix())
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\|\s*safe\b|autoescape", text)


def test_all_templates_are_compiled_before_a_visitor_comes() -> None:
    assert compile_templates() == len([*FOLDER.rglob("*.html"), *FOLDER.rglob("*.css")])
