"""Do product and customer success pull together: shared goals, how the teams work, and the customers' journey."""
