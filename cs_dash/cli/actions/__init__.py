"""Commands with actions of their own, such as `item add`: which actions they have, and what each takes."""
