"""A picture of a chart stands by itself: title, what is drawn, events, scope and source are in it as text."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from cs_dash.charts import Chart, ChartEvent
from cs_dash.look.captioned_picture import WIDTH, captioned_svg, wrapped
from cs_dash.look.scope_text import period_text, scope_text
from cs_dash.scope import Scope
from tests.look import samples
from tests.look.test_chart_images import size, texts


@pytest.mark.parametrize("form", samples.FORMS)
def test_a_picture_has_title_subtitle_scope_and_source(form: Callable[[], Chart]) -> None:
    chart = form()
    drawing = captioned_svg(chart, scope="Oct 2025 to Sep 2026, all accounts", source="Data as of 30 Sep 2026, load 14")
    lines = texts(drawing)
    assert lines[0] == chart.title
    assert lines[1] == chart.subtitle
    assert {"Oct 2025 to Sep 2026, all accounts", "Data as of 30 Sep 2026, load 14"} <= set(lines)
    width, height = size(drawing)
    assert width == WIDTH
    rows = [float(node.attrib["y"]) for node in ElementTree.fromstring(drawing) if node.tag.endswith("text")]
    assert rows == sorted(rows)
    assert rows[-1] < height


def test_events_are_named_because_paper_has_no_tooltips() -> None:
    events = (ChartEvent(dt.date(2025, 12, 3), "Invite link"), ChartEvent(dt.date(2025, 11, 9), "Bulk edit"))
    lines = texts(captioned_svg(replace(samples.bars(), events=events), scope="", source=""))
    assert "9 Nov 2025: Bulk edit; 3 Dec 2025: Invite link" in lines


def test_hostile_titles_stay_text() -> None:
    title = '</text><script>alert(1)</script> & "quoted"'
    drawing = captioned_svg(replace(samples.bars(), title=title), scope="<b>", source="&amp;")
    assert texts(drawing)[0] == title
    assert {"<b>", "&amp;"} <= set(texts(drawing))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("short", ["short"]),
        ("92.4\u202f% of\n accounts", ["92.4\u202f% of", "accounts"]),
        ("客户留存率从九月到十月上升", ["客户留存率从", "九月到十月上", "升"]),
        ("abcdefghijklmnopqrstuvw", ["abcdefghijkl", "mnopqrstuvw"]),
    ],
)
def test_text_is_wrapped_at_spaces_between_chinese_letters_and_inside_long_words(text: str, lines: list[str]) -> None:
    assert wrapped(text, 6.8) == lines
    assert "".join(lines).replace(" ", "") == "".join(text.split(" ")).replace("\n", "").replace(" ", "")


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (dt.date(2025, 10, 1), dt.date(2026, 10, 1), "Oct 2025 to Sep 2026"),
        (dt.date(2026, 9, 1), dt.date(2026, 10, 1), "Sep 2026"),
        (dt.date(2025, 10, 5), dt.date(2026, 10, 1), "5 Oct 2025 to 30 Sep 2026"),
        (dt.date(2026, 9, 30), dt.date(2026, 10, 1), "30 Sep 2026"),
        (None, dt.date(2026, 10, 1), "up to 30 Sep 2026"),
        (None, None, ""),
    ],
)
def test_a_period_in_words(start: dt.date | None, end: dt.date | None, text: str) -> None:
    assert period_text(Scope("custom", start, end)) == text


def test_a_scope_in_words_names_its_filters_and_counts_what_it_does_not_name() -> None:
    scope = Scope("12m", as_of=dt.date(2026, 9, 30)).resolved(None)
    assert scope_text(scope) == "Oct 2025 to Sep 2026, all accounts"
    assert scope_text(scope.with_filter("segment", ("SMB",))) == "Oct 2025 to Sep 2026, Segment: SMB"
    many = scope.with_filter("region", tuple(f"R{n}" for n in range(9)))
    assert scope_text(many).endswith("Region: R0, R1, R2, R3, R4, R5 and 3 more")
