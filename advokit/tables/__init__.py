"""Tables of any origin: bytes → text in the right encoding → rows with their line, streamed.

In: CSV and TSV files as the world has them. Out: `Row`s. People's files, senders' files and the importers read with it.
"""
