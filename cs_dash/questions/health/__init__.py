"""Account health: a score per account, the reasons for it, and which accounts to look at first."""
