"""How long do customers wait?"""

from cs_dash.ui.pages.page import page

with page() as view:
    view.show(
        "How long do customers wait?",
        view.ask("support.times"),
        view.ask("support.backlog"),
        heading="Answers and solutions by priority",
    )
