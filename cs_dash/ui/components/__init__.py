"""What every page is made of: navigation, scope bar, cards, tables, text that is safe to show."""
