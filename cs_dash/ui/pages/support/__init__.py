"""What the pages about support demand and topics have beside their answers."""
