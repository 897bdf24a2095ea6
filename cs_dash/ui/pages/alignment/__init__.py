"""The page of shared goals, of how product and customer success work together, and of the customers' journey."""
