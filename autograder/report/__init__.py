"""The class report: what a class knows, where it goes astray, and who is stuck where.

`class_figures` counts, `comparison` sets two sets of results side by side, `findings` says what
stands out, `plots` and `tables` show it, and `page` puts it together as one HTML page, built with
`markup`, which escapes every text by construction.
"""
