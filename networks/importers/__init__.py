"""From files to validated records to one transaction to a report."""
