"""The keys of `st.session_state` that the code reads or writes; this is all that a session remembers.

Widgets that only Streamlit itself reads are named where they are drawn.
"""

from __future__ import annotations

# The address and the frame around every page
TAB_CONFIGURED = "cs_dash.tab_configured"
"""True once the browser's tab has its title and layout, which it keeps as long as the session."""
CARRIED_SCOPE = "cs_dash.carried_scope"
"""The scope's part of the last query, for the page that a link of the navigation leads to."""
LAST_PAGE = "cs_dash.last_page"
"""`address.VisitedPage`: the page of the last run."""
FOLLOWED_LINK = "cs_dash.followed_link"
"""The link that a click on a chart leads to, until the browser was told to follow it."""
WRITTEN_ADDRESS = "cs_dash.written_address"
"""`address.WrittenQuery`: what was last written into the address."""

CONNECTED_AT = "cs_dash.connected_at"
"""When this session began, in seconds since 1970."""

PEOPLE_MESSAGE = "cs_dash.people_message"
"""What the last change of people did, until it was shown."""
PEOPLE_GENERATION = "cs_dash.people_generation"
"""How many changes of people there were: each gives the forms new names."""

# Files on their way in
UPLOADER_GENERATION = "cs_dash.uploader_generation"
"""How many uploaders there were: a new one after each drop."""
PENDING_UPLOADS = "cs_dash.pending_uploads"
"""The uploads that wait to be loaded, as a tuple."""
LOAD_PREVIEW = "cs_dash.load_preview"
"""The report of the dry run over the uploads that wait."""
PREVIEW_GENERATION = "cs_dash.preview_generation"
"""How many dry runs there were: widgets of an older one do not speak for a newer one."""
UPLOAD_PASSWORD = "cs_dash.upload_password"
"""The password of locked files, until they are loaded."""
UPLOAD_LAYOUTS = "cs_dash.upload_layouts"
"""What the reader decided about the sheets that wait, as a tuple of layouts."""
LOAD_REPORT = "cs_dash.load_report"
"""The report of the last load of this session."""
WORK_STOPPED = "cs_dash.work_stopped"
"""True after "Cancel" until the page has confirmed it."""
EXPORT_PRODUCT = "cs_dash.export_product"
"""The product whose export help is open."""

# Messages that the next run of a page shows once
MATCHING_MESSAGE = "cs_dash.matching_message"
SETTINGS_MESSAGE = "cs_dash.settings_message"
SETTINGS_REJECTED_ROWS = "cs_dash.settings_rejected_rows"
REASONS_MESSAGE = "cs_dash.reasons_message"
REASONS_OPENED = "cs_dash.reasons_opened"
TOPICS_MESSAGE = "cs_dash.topics_message"

# The roadmap
ITEM_DRAFT = "cs_dash.item_draft"
"""`ItemDraft`: the item whose forms are open, and the state that they were filled with."""
ITEM_CHANGED_FROM = "cs_dash.item_changed_from"
"""The state after which somebody else changed the open item, while that is shown."""
ITEM_MESSAGE = "cs_dash.item_message"
"""What the last save changed, until it was shown."""
HANDOVER_REPORT = "cs_dash.handover_report"
"""What became of the rows of an export whose states were taken in, line by line, until it was shown."""
HANDOVER_GENERATION = "cs_dash.handover_generation"
"""How many uploaders for such exports there were: a new one after each drop."""
SCORES_SEEN = "cs_dash.scores_seen"
"""Item -> the state that the table of scores was filled with."""
SCORES_GENERATION = "cs_dash.scores_generation"
"""How often that table was filled anew."""

# Shared goals and the self-assessment
GOAL_DRAFT = "cs_dash.goal_draft"
"""`GoalDraft`: the goal whose form is open, and the state that it was filled with."""
ALIGNMENT_MESSAGE = "cs_dash.alignment_message"
"""What the last save of the page changed, until it was shown."""

LINKS_MESSAGE = "cs_dash.links_message"
"""What was last revoked, until it was shown."""
AUDIT_TRAIL_FIND = "audit_trail_find"
"""The field with the words that are looked for in the audit trail."""
REVIEW_MESSAGE = "cs_dash.review_message"
"""What was last changed of a review, until it was shown."""
SLIDE_DRAFT = "cs_dash.slide_draft"
"""`SlideDraft`: what was begun to write on the open slide."""
REVIEW_TEMPLATE = "cs_dash.review_template"
"""`OwnTemplate`: the PowerPoint template that was uploaded."""
REVIEW_TEMPLATE_GENERATION = "cs_dash.review_template_generation"
"""How many uploaders for it there were: a new one after each drop."""
PIN_KEY = "cs_dash.pin_key"
"""What a link of this session that adds a card to the review names; another one after each click."""
VIEWS_MESSAGE = "cs_dash.views_message"
"""Which view was last saved or removed, until it was shown."""
OPENED_LINK = "cs_dash.opened_link"
"""The id of the link by which the session reads; its opening was counted."""
MADE_LINK = "cs_dash.made_link"
"""The id of the link that was just made, and the link, until they were shown: the id is told only once."""

PERSON = "cs_dash.person"
"""Who uses this session, as far as they said."""

# The list of tickets and its labels
TICKET_LIST_GENERATION = "cs_dash.ticket_list_generation"
"""How often the selection was dropped: a list that selects nothing is a new list."""
TICKET_LIST_CLICK = "cs_dash.ticket_list_click"
"""The list and the row that were clicked last."""
LABELLER_FIELD = "label_person"
"""The field for that name above the list."""
DRAWER_LABELLER_FIELD = "ticket_person"
"""The field for that name below an open ticket."""
LABELS_MESSAGE = "cs_dash.labels_message"
"""What the last labels changed, and when on the clock of `time.monotonic`."""
LABELS_CHANGED = "cs_dash.labels_changed"
"""True when labels were set or undone, until the whole page has run again."""
TYPES_MESSAGE = "cs_dash.types_message"
"""What the last decision on a ticket type changed, when, the type, and its decision before."""
TYPES_GENERATION = "cs_dash.types_generation"
"""How many decisions on ticket types were made: each gives the buttons new names."""

# Labelling one by one
LABELLING_FIELD = "labelling_person"
"""The field for the labeller's name."""
LABELLING_TICKET = "cs_dash.labelling_ticket"
"""The ticket on the screen."""
LABELLING_SKIPPED = "cs_dash.labelling_skipped"
"""The tickets that were skipped, longest ago first."""
LABELLING_LABELLED = "cs_dash.labelling_labelled"
"""The tickets that were labelled on this page in this session."""
LABELLING_START = "cs_dash.labelling_start"
"""The scope, and the how-to share when labelling began in it."""

# Audits
AUDITOR_FIELD = "audit_person"
"""The field for that name."""
AUDIT_PACE = "cs_dash.audit_pace"
"""When the last tickets were checked, on the clock of `time.monotonic`."""


def chart_generation(chart: str) -> str:
    """Return the key of how often a chart's selection was dropped: a drawing that selects nothing is a new one."""
    return f"cs_dash.chart_generation.{chart}"
