"""Public official texts for pretraining: from their public repositories to JSON Lines.

`rebuild` is the whole of it: documents (`sources`, `download`, `documents`) become records
(`markdown`, `records`, `headings`), which are compared with digests of known ones (`known`).
"""
