"""Topics of tickets, the accounts behind them, and the help articles that cover them."""
