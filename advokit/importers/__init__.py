"""Importers: public data sets of representatives in, one table of people out; one module a format, a table by name.

`formats.py` is the table, `run.py` the whole import in one function. Nothing here is imported before it is needed.
"""
