"""Démarches read across: choosing, comparing, freezing, publishing (DOMAIN.md §7.4, §9.7)."""
