"""The data page: upload, load report, matching, versions."""
