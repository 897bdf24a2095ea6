"""Streamlit's elements that take words, with all words shown as they are.

Streamlit reads labels, help texts and some options as Markdown, also where they are hidden: an account that is called
`![](http://...)` would make every browser ask that address for a picture. Here nothing is Markdown; pages use these
elements, and a test fails where one uses Streamlit's own.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import wraps
from typing import Any, TypeVar, cast

import streamlit as st

from cs_dash.ui.components.text import plain_markdown
from cs_dash.ui.state.reader import for_this_reader

Element = TypeVar("Element", bound=Callable[..., Any])


def _literal(element: Element, *words: str) -> Element:
    """Return an element that shows these parameters literally; `format_func` stands for the options."""
    signature = inspect.signature(element)

    @wraps(element)
    def with_literal_words(*args: object, **options: object) -> object:
        bound = signature.bind(*args, **options)
        for name in words:
            value = bound.arguments.get(name)
            if name == "format_func":
                bound.arguments[name] = _literal_options(value or str)
            elif value is not None:
                bound.arguments[name] = plain_markdown(value)
        return element(*bound.args, **bound.kwargs)

    return cast("Element", with_literal_words)


def _literal_options(format_option: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda option: plain_markdown(format_option(option))


button = _literal(st.button, "label", "help")
checkbox = _literal(st.checkbox, "label", "help")
date_input = _literal(st.date_input, "label", "help")
_download_button = _literal(st.download_button, "label", "help")
expander = _literal(st.expander, "label")
file_uploader = _literal(st.file_uploader, "label", "help")
form_submit_button = _literal(st.form_submit_button, "label", "help")
page_link = _literal(st.page_link, "label", "help")
pills = _literal(st.pills, "label", "help", "format_func")
popover = _literal(st.popover, "label", "help")
radio = _literal(st.radio, "label", "help", "format_func")
segmented_control = _literal(st.segmented_control, "label", "help", "format_func")
text_area = _literal(st.text_area, "label", "help")
text_input = _literal(st.text_input, "label", "help")
# The options of lists to pick from are no Markdown, and neither is the head of a column.
multiselect = _literal(st.multiselect, "label", "help")
selectbox = _literal(st.selectbox, "label", "help")
CheckboxColumn = _literal(st.column_config.CheckboxColumn, "help")
DateColumn = _literal(st.column_config.DateColumn, "help")
LineChartColumn = _literal(st.column_config.LineChartColumn, "help")
LinkColumn = _literal(st.column_config.LinkColumn, "help")
NumberColumn = _literal(st.column_config.NumberColumn, "help")
ProgressColumn = _literal(st.column_config.ProgressColumn, "help")
SelectboxColumn = _literal(st.column_config.SelectboxColumn, "help")
TextColumn = _literal(st.column_config.TextColumn, "help")


def download_button(label: str, make: Callable[[], bytes], file_name: str, *args: Any, **options: Any) -> bool:
    """Offer a file that is made when a reader asks for it, if they may still see it then."""
    return _download_button(label, for_this_reader(make, file_name), file_name, *args, **options)


def spinner(text: str) -> AbstractContextManager[None]:
    """Show that something takes a while, in a few words, for the time of a `with` block."""
    return st.spinner(plain_markdown(text))


def progress(text: str) -> Callable[[float, str], object]:
    """Show an empty bar below `text`, and return what moves it: to a share from 0 to 1, below another text."""
    bar = st.progress(0.0, plain_markdown(text))
    return lambda share, words: bar.progress(share, plain_markdown(words))
