"""What customers need help with: the kinds of their tickets, and the share that ask how to do something."""
