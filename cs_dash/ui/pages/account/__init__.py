"""What the page of one account needs beyond asking."""
