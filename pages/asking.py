"""Who asks more than before, and who fell silent?"""

from cs_dash.ui.pages.page import page
from cs_dash.ui.pages.support.quiet_accounts import silent_accounts

with page() as view:
    asking, silent = view.ask("support.asking"), view.ask("support.silent")
    view.show(
        "Who asks more than before, and who fell silent?",
        asking,
        silent,
        lines=(silent, "said"),
        heading="Accounts that ask more than their own past",
        figures=("rising", "rising_mrr", "compared"),
        charts=("asking",),
    )
    silent_accounts(silent.result())
