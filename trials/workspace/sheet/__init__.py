"""A network's spreadsheet: handed out filled in, edited anywhere, read back, compared by cell, saved all or nothing.

`layout` says which sheets and columns there are, `snapshot` what stands in them now, `writing` makes the workbook,
`reading` reads what comes back, `comparing` finds what its writer changed and what others have changed since, and
`saving` tries it or saves it. docs/workspace.md describes the workbook.
"""
