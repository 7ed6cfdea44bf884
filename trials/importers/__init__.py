"""A status note's tables and the overlays beside them: read, validated, saved in one transaction, reported.

tables       the verbatim table files → `Row`
note         the note's full text → its sections and its tables, for checking against
dates, provisions, places    what the cells say: days, paragraphs, municipalities
overlays     the curated files beside the tables → statements, each checked against its evidence
register     validated statements → models
statuses     validated status statements → events, through the workflow
vive         the import as a whole
fixture      the register → the Django fixture that ships
"""
