"""The demo company's calendar: days are whole numbers, day 0 is FIRST_DAY, so that arithmetic stays exact and fast."""

import calendar
from datetime import date, timedelta

FIRST_DAY = date(2023, 10, 1)
LAST_DAY = date(2026, 9, 30)
LAST = (LAST_DAY - FIRST_DAY).days
FIRST_MONDAY = 1  # 2023-10-02
WEEKS = (LAST - FIRST_MONDAY) // 7 + 1  # the last one is cut off by LAST_DAY
MONTHS = 36

# How busy customers are, January to December: quiet at Christmas and in August.
SEASON = (1.00, 1.03, 1.06, 1.02, 1.00, 0.98, 0.86, 0.78, 1.05, 1.10, 1.08, 0.84)
# When customers sign: budgets open in January, fairs are in March and autumn.
SIGNING_SEASON = (1.25, 1.0, 1.2, 0.95, 0.95, 0.9, 0.65, 0.55, 1.2, 1.3, 1.2, 0.7)


def day_of(moment: date) -> int:
    """Return the day number of a calendar date."""
    return (moment - FIRST_DAY).days


def date_of(day: int) -> date:
    """Return the calendar date of a day number."""
    return FIRST_DAY + timedelta(days=int(day))


def add_months(day: int, months: int) -> int:
    """Return the same day of the month `months` later, or the month's last day where that day does not exist."""
    start = date_of(day)
    year, month0 = divmod(start.year * 12 + start.month - 1 + months, 12)
    return day_of(date(year, month0 + 1, min(start.day, calendar.monthrange(year, month0 + 1)[1])))


def month_ends() -> list[int]:
    """Return the day numbers of the last day of each of the 36 months."""
    return [add_months(0, months) - 1 for months in range(1, MONTHS + 1)]


def week_start(week: int) -> int:
    """Return the day number of a week's Monday; week 0 starts on FIRST_MONDAY."""
    return FIRST_MONDAY + 7 * week
