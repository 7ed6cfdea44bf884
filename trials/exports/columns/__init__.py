"""The columns of each list, one module a group of lists, and the rows with what the columns need at hand."""
