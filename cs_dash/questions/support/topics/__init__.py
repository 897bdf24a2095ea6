"""What tickets are about, the accounts behind it, and what help articles say of it."""
