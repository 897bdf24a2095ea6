"""Answers to surveys and notes of CSMs: both follow an account's mood, imperfectly."""

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from cs_dash.demo.contracts import Story
from cs_dash.demo.days import FIRST_MONDAY, LAST, WEEKS, add_months, date_of
from cs_dash.demo.messages import mail_name, pick
from cs_dash.demo.names import PEOPLE
from cs_dash.demo.sheets import Rows

SURVEY_HEADER = ("Survey ID", "Account ID", "Survey", "Answered On", "Score", "Respondent", "Comment")
NOTE_HEADER = ("Note ID", "Account ID", "Date", "CSM", "Pulse", "Note")

_PRAISE = (
    "Planning takes half the time it used to.",
    "Our crews like the app.",
    "Support answers fast.",
    "It just works.",
    "We would not go back to Excel.",
    "Good overview of all sites.",
)
_LUKEWARM = (
    "Does the job, some corners are rough.",
    "Good, but reports could be easier.",
    "Still learning our way around.",
    "Fine for scheduling, less so for billing.",
)
_COMPLAINTS = (
    "Too complicated for our people.",
    "We only use a small part of it.",
    "Hard to say what we pay for.",
    "Takes too many clicks.",
    "I expected more help at the start.",
)
_BUGS = ("Too many errors lately.", "The app lost our entries again.", "Every update breaks something.")
_WARM_NOTES = (
    "Monthly call: things run smoothly, new crew goes live soon.",
    "Good meeting, they asked about the customer portal.",
    "Usage is up, the sponsor shows it around internally.",
    "Business review held; goals for the quarter agreed.",
    "No open points. Reference call offered.",
)
_COOL_NOTES = (
    "Short call, few questions. Need to find more planners to talk to.",
    "They postponed the review again.",
    "Only one person attends our calls now.",
    "Some teams are back to their spreadsheet.",
)
_CAUSE_NOTES = {
    "onboarding": "Kick-off done but nobody has entered jobs yet.",
    "adoption": "Planners still use their old board; little value seen.",
    "quality": "Annoyed about defects, wants a plan with dates.",
    "product gap": "Asked again for what we do not have on the roadmap.",
    "price": "Compares our price per seat with others.",
    "budget": "Budget for next year is being cut, tools are under review.",
    "competitor": "Mentioned a demo with a competitor.",
    "champion left": "Our champion moved on; no successor named yet.",
    "oversold": "Says that sales promised stock keeping.",
    "service": "Complained about slow answers from support.",
    "business closed": "Heard that the company may be taken over.",
    "payment failed": "Reminder sent, card was declined twice.",
}


def mood(story: Story, levels: NDArray[np.float64], day: int) -> float:
    """Return how satisfied an account is on a day, about -2.5 to 2: its contentment, usage, defects and doubts."""
    week = int(np.clip((day - FIRST_MONDAY) // 7, 0, WEEKS - 1))
    feeling = story.account.contentment + 2.2 * (
        float(levels[story.account.number, max(0, week - 3) : week + 1].mean()) - 0.45
    )
    if story.account.defect_prone:
        feeling -= 0.8
    if story.decided is not None and story.decided - 45 <= day and (story.returned is None or day < story.returned):
        feeling -= 0.9
    return feeling


def _comment(rng: Generator, story: Story, score: float) -> str | None:
    if rng.random() < 0.45:
        return None
    if score >= 9:
        return pick(rng, _PRAISE)
    if score >= 7:
        return pick(rng, _LUKEWARM)
    return pick(rng, _BUGS if story.account.defect_prone else _COMPLAINTS)


def survey_rows(rng: Generator, stories: list[Story], levels: NDArray[np.float64]) -> Rows:
    """Return the answers: NPS every half year and CSAT every quarter of those who answer, by date."""
    answers: list[tuple[int, int, str, int, str, str | None]] = []
    for story in stories:
        account = story.account
        for months in range(3, 40, 3):
            survey_day = add_months(account.signed, months)
            day = survey_day + int(rng.integers(0, 15))
            if day > LAST or not story.has_access(day):
                continue
            feeling = mood(story, levels, day)
            survey = "NPS" if months % 6 == 3 else "CSAT"
            if rng.random() >= (0.58 if survey == "NPS" else 0.36):
                continue
            if survey == "NPS":
                score = int(np.clip(round(rng.normal(8.0 + 1.25 * feeling, 1.7)), 0, 10))
                graded = float(score)
            else:
                score = int(np.clip(round(rng.normal(4.0 + 0.55 * feeling, 0.8)), 1, 5))
                graded = 2.0 * score
            person = mail_name(pick(rng, PEOPLE[account.language]))
            answers.append(
                (day, account.number, survey, score, f"{person}@{account.domain}", _comment(rng, story, graded))
            )
    answers.sort(key=lambda answer: answer[:2])
    return [
        [f"SV-{number}", stories[row].account.account_id, survey, date_of(day).isoformat(), score, person, comment]
        for number, (day, row, survey, score, person, comment) in enumerate(answers, start=1)
    ]


def note_rows(rng: Generator, stories: list[Story], levels: NDArray[np.float64]) -> Rows:
    """Return the CSMs' notes by date. The pulse (0-10) is kinder than the customer's view; one note in six lacks it."""
    every = {"Enterprise": 1, "Mid-market": 2, "SMB": 4}
    written: list[tuple[int, int, int | None, str]] = []
    for story in stories:
        for months in range(1, 37, every[story.account.segment]):
            day = add_months(story.account.signed, months) + int(rng.integers(-8, 9))
            if day > LAST or not story.has_access(day) or rng.random() < 0.18:
                continue
            feeling = mood(story, levels, day)
            pulse = int(np.clip(round(rng.normal(7.2 + 1.5 * feeling, 1.1)), 0, 10))
            doubting = story.decided is not None and story.decided - 40 <= day and story.returned is None
            note = (
                _CAUSE_NOTES[story.cause]
                if doubting and rng.random() < 0.55
                else pick(rng, _WARM_NOTES if feeling > 0 else _COOL_NOTES)
            )
            written.append((day, story.account.number, pulse if rng.random() >= 1 / 6 else None, note))
    written.sort(key=lambda entry: entry[:2])
    return [
        [
            f"NOTE-{number}",
            stories[row].account.account_id,
            date_of(day).isoformat(),
            stories[row].account.csm,
            pulse,
            note,
        ]
        for number, (day, row, pulse, note) in enumerate(written, start=1)
    ]
