"""The class report: what a class knows, where it goes astray, and who is stuck where.

`figures` counts, `comparison` sets two sets of results side by side, `topics` and `headlines` say
what stands out, `plots` says where each mark of a drawing goes, and `page` fills the templates,
which escape every text.
"""
