"""Where the data live: the workspace folder, its immutable versions, and what people decide."""
