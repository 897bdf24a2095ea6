"""Sheets whose shape tells more than their columns' names: months as columns, invoices, snapshots, wide lists."""
