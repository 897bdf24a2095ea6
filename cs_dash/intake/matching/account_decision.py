"""What somebody decided of the account that a file's words mean."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class AccountDecision:
    """What somebody decided of the account that a file's words mean.

    Attributes:
        verdict: "same" as the account, "other" than it, "new" (an account of its own), "forget" what was said before.
        account_id: the account that it is, or is not; None with "new" and "forget".
        account_ref: the id in the file, None where it has none.
        account_name: the name in the file.
        mail: the domain, or the free-mail address, where the file names nothing else.
        subscription_id: the subscription, where the file names only that.
    """

    verdict: str
    account_id: str | None = None
    account_ref: str | None = None
    account_name: str | None = None
    mail: str | None = None
    subscription_id: str | None = None
