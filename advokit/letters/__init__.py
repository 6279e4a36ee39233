"""Letters for a whole campaign: senders × their representatives → one letter each, whole, once, and resumable.

In: an edition, a table of senders, a table of people. Out: a private folder with the letters, a journal, and reports
that name rows and never persons. `run.run_letters` is the whole run, readable from top to bottom.
"""
