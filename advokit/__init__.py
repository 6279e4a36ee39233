"""advokit turns one ledger of sourced figures into a campaign's documents, every page with its citation footer."""

__version__ = "0.1.0"
