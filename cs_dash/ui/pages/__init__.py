"""What the pages show, one folder per page or group of pages."""
