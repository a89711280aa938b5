"""Ledgers (台账) as offices keep them: from an .xlsx or .csv file to typed petition rows.

Pure and streaming: no database, no clock, no network. ``reading`` finds the header and gives raw rows,
``mapping`` says which column is which field, ``values`` reads single cells, ``rows`` makes a
``LedgerRow`` or says why not, ``workbook`` gives bad rows back.
"""
