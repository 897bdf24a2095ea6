"""Questions about support tickets."""

from __future__ import annotations

from collections.abc import Callable

from cs_dash.answer import Answer
from cs_dash.questions.request import Asked
from cs_dash.questions.support.accounts.quiet_accounts import SILENT_TITLE, silent
from cs_dash.questions.support.accounts.ticket_spikes import ASKING_TITLE, asking
from cs_dash.questions.support.areas import AREAS_TITLE, areas
from cs_dash.questions.support.audits.audit import AUDIT_TITLE, SAMPLE_TITLE, audit, audit_sample
from cs_dash.questions.support.backlog import BACKLOG_TITLE, backlog
from cs_dash.questions.support.groups import BY_TITLE, by
from cs_dash.questions.support.howto import TITLE, howto
from cs_dash.questions.support.howto_chart import MEASURES
from cs_dash.questions.support.kind_shares import KINDS_TITLE, kinds
from cs_dash.questions.support.period import DRAWN_FROM, WINDOWS
from cs_dash.questions.support.response_times import TIMES_TITLE, times
from cs_dash.questions.support.tenure import TENURE_TITLE, tenure
from cs_dash.questions.support.tickets.labelling_queue import TO_LABEL_TITLE, to_label
from cs_dash.questions.support.tickets.tickets import (
    KINDS,
    SOURCES,
    TICKET_TITLE,
    TICKETS_TITLE,
    UNSURE,
    ticket,
    tickets,
)
from cs_dash.questions.support.tickets.types import TYPES_TITLE, types
from cs_dash.questions.support.topics.articles import ARTICLES_TITLE, PLAN_TITLE, articles, content_plan
from cs_dash.questions.support.topics.topics import (
    TOPIC_ACCOUNTS_TITLE,
    TOPIC_TICKETS_TITLE,
    TOPICS_TITLE,
    topic_accounts,
    topic_tickets,
    topics,
)

_WINDOW: dict[str, tuple[str, ...]] = {"window": WINDOWS}
_TICKETS: dict[str, tuple[str, ...]] = {
    "search": (), "kind": KINDS, "source": SOURCES, "topic": (), "area": (), "type": (), "account": (), "language": (),
    "unsure": UNSURE, "most": (), "topics": (), **_WINDOW,
}  # fmt: skip
QUESTIONS: dict[str, tuple[str, Callable[[Asked], Answer], dict[str, tuple[str, ...]]]] = {
    "support.howto": (TITLE, howto, {**_WINDOW, "measure": MEASURES}),
    "support.kinds": (KINDS_TITLE, kinds, _WINDOW),
    "support.by": (BY_TITLE, by, {"field": (), **_WINDOW}),
    "support.tenure": (TENURE_TITLE, tenure, _WINDOW),
    "support.areas": (AREAS_TITLE, areas, _WINDOW),
    "support.audit": (AUDIT_TITLE, audit, _WINDOW),
    "support.audit_sample": (SAMPLE_TITLE, audit_sample, {"n": (), "window": DRAWN_FROM, "fresh": ("no", "yes")}),
    "support.times": (TIMES_TITLE, times, _WINDOW),
    "support.backlog": (BACKLOG_TITLE, backlog, _WINDOW),
    "support.tickets": (TICKETS_TITLE, tickets, _TICKETS),
    "support.ticket": (TICKET_TITLE, ticket, {"ticket": ()}),
    "support.types": (TYPES_TITLE, types, _WINDOW),
    "support.to_label": (TO_LABEL_TITLE, to_label, {"most": (), **_WINDOW}),
    "support.asking": (ASKING_TITLE, asking, {}),
    "support.silent": (SILENT_TITLE, silent, {}),
    "support.topics": (TOPICS_TITLE, topics, {"topics": (), **_WINDOW}),
    "support.articles": (ARTICLES_TITLE, articles, _WINDOW),
    "support.content_plan": (PLAN_TITLE, content_plan, _WINDOW),
    "support.topic_tickets": (TOPIC_TICKETS_TITLE, topic_tickets, {"topic": (), "topics": (), **_WINDOW}),
    "support.topic_accounts": (TOPIC_ACCOUNTS_TITLE, topic_accounts, {"topic": (), "topics": (), **_WINDOW}),
}
ABOUT_TOPICS = frozenset({
    "support.topics", "support.topic_tickets", "support.topic_accounts", "support.articles", "support.content_plan",
})  # fmt: skip
"""The questions that nothing can be said to before topics were looked for."""
