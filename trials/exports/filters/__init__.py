"""The filters of lists that are only taken away as files, or whose page has no filter, one module a group of lists."""
