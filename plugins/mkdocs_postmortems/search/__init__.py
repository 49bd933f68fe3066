"""A `Library` to answers: what has happened before, and what fixed it.

documents -> { index | tally } -> finder -> { store: the command line | site: files for a browser }

`words` reads text, `query` reads what somebody typed (with `spelling` and the `thesaurus`), and
`finder` ranks. What a browser does with the files is in assets/search.js.
"""
