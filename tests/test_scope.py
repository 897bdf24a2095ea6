from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_dash.errors import UnknownOption
from cs_dash.scope import COMPARISONS, PERIODS, Scope, check_filters, months_before, months_in, scope_from_options

day = dt.date.fromisoformat


def test_the_end_of_a_month_goes_back_to_the_end_of_a_month() -> None:
    assert months_before(day("2024-12-31"), 12) == day("2023-12-31")
    assert months_before(day("2024-03-31"), 1) == day("2024-02-29")
    assert months_before(day("2024-02-29"), 1) == day("2024-01-31")
    assert months_before(day("2024-03-30"), 1) == day("2024-02-29")
    assert months_before(day("2024-03-15"), 14) == day("2023-01-15")


@given(st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)), st.integers(0, 800))
def test_months_are_the_period_without_gaps_and_each_of_one_month(start: dt.date, length: int) -> None:
    end = start + dt.timedelta(days=length)
    months = months_in(start, end)
    days = [first + dt.timedelta(days=step) for first, after in months for step in range((after - first).days)]
    assert days == [start + dt.timedelta(days=step) for step in range(length)]
    assert len({(day.year, day.month) for day in days}) == len(months)


def test_twelve_months_up_to_the_newest_day() -> None:
    scope = Scope().resolved(day("2026-09-30"))
    assert (scope.start, scope.end, scope.as_of) == (day("2025-10-01"), day("2026-10-01"), day("2026-09-30"))
    assert scope.window == 12


def test_a_quarter_begins_with_its_first_month() -> None:
    scope = Scope(period="quarter").resolved(day("2026-08-14"))
    assert (scope.start, scope.end) == (day("2026-07-01"), day("2026-08-15"))


def test_everything_has_no_first_day_and_nothing_to_compare_with() -> None:
    scope = Scope(period="all").resolved(day("2026-09-30"))
    assert scope.start is None
    assert scope.comparison_scope() is None


def test_a_custom_period_is_looked_at_from_its_last_day() -> None:
    scope = Scope(period="custom", start=day("2026-01-01"), end=day("2026-04-01")).resolved(day("2026-09-30"))
    assert scope.as_of == day("2026-03-31")


def test_the_period_before_and_the_year_before() -> None:
    scope = Scope(period="3m").resolved(day("2026-09-30"))
    before = scope.comparison_scope()
    assert before is not None
    assert (before.start, before.end, before.as_of) == (day("2026-04-01"), day("2026-07-01"), day("2026-06-30"))
    year = Scope(period="3m", compare="year").resolved(day("2026-09-30")).comparison_scope()
    assert year is not None
    assert (year.start, year.as_of) == (day("2025-07-01"), day("2025-09-30"))
    assert Scope(compare="none").resolved(day("2026-09-30")).comparison_scope() is None


def test_without_any_date_in_the_data_nothing_is_filled_in() -> None:
    assert Scope().resolved(None) == Scope()


words = st.text(min_size=1, max_size=12)
scopes = st.builds(
    lambda period, start, length, as_of, compare, filters: Scope(
        period=period,
        start=start if period == "custom" else None,
        end=start + dt.timedelta(days=length) if period == "custom" else None,
        as_of=as_of,
        compare=compare,
        filters=tuple(sorted((name, tuple(sorted(set(values)))) for name, values in filters.items())),
    ),
    st.sampled_from(sorted(PERIODS)),
    st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)),
    st.integers(1, 900),
    st.none() | st.dates(),
    st.sampled_from(sorted(COMPARISONS)),
    st.dictionaries(words, st.lists(words, min_size=1, max_size=3), max_size=3),
)


@given(scopes)
def test_a_scope_survives_the_address(scope: Scope) -> None:
    assert Scope.from_query(scope.to_query()) == (scope, ())


@given(
    st.dictionaries(st.sampled_from(["period", "from", "to", "as_of", "compare", "f.", "f.plan", "x"]), st.lists(words))
)
def test_no_address_is_an_error(query: dict[str, list[str]]) -> None:
    query = {name: values for name, values in query.items() if values}
    scope, ignored = Scope.from_query(query)
    assert isinstance(scope, Scope)
    assert all("=" in problem for problem in ignored)


def test_what_an_address_says_wrong_is_named() -> None:
    scope, ignored = Scope.from_query({"period": ["fortnight"], "as_of": ["soon"]})
    assert scope == Scope()
    assert ignored == ("period=fortnight", "as_of=soon")


def test_the_command_line_without_dates_looks_at_everything() -> None:
    assert scope_from_options("", "", "2024-12-31", []).period == "all"


def test_filters_of_one_field_are_alternatives() -> None:
    scope = scope_from_options("", "", "", ["segment=SMB", "segment=Enterprise", "csm=Ana = B"])
    assert scope.filters == (("csm", ("Ana = B",)), ("segment", ("Enterprise", "SMB")))
    assert scope.filters_json == '{"csm": ["Ana = B"], "segment": ["Enterprise", "SMB"]}'


@pytest.mark.parametrize(
    ("start", "end", "where", "message"),
    [
        ("2026-13-01", "", [], "Could not use --from 2026-13-01 because it is not a date."),
        ("2026-02-01", "2026-02-01", [], "because the period ends before it begins."),
        ("", "", ["segment"], "Could not use --where segment because it is not FIELD=VALUE."),
    ],
)
def test_wrong_options_are_one_clear_sentence(start: str, end: str, where: list[str], message: str) -> None:
    with pytest.raises(UnknownOption) as caught:
        scope_from_options(start, end, "", where)
    assert message in caught.value.message
    assert caught.value.hint


def test_a_filter_on_what_no_account_has_names_the_nearest() -> None:
    dimensions = {"segment": ["SMB", "Enterprise"], "region": ["EMEA"]}
    with pytest.raises(UnknownOption, match="Could not filter on segmnet") as caught:
        check_filters(Scope().with_filter("segmnet", ["SMB"]), dimensions)
    assert caught.value.hint == "Did you mean segment?"
    with pytest.raises(UnknownOption) as caught:
        check_filters(Scope().with_filter("segment", ["Enterprize"]), dimensions)
    assert caught.value.hint == "Did you mean Enterprise?"
