"""Sheets that are recognised by their shape: months as columns, invoices, snapshots, wide lists."""
