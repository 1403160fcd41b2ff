"""How everything public is found: one mechanism, the same set of results on every database.

- `asking.search_pages(query, pages)` finds; `excerpts` shows where; `question` reads what was
  typed, and corrects slips against the words of public pages.
- Every page gives its texts by `BasePage.public_texts()`; `upkeep` keeps the index, the texts and
  the words true each time a page is saved, and only for what everyone may read.

Stems are indexed with a mark that no typed word bears (`q0`: anywhere; `q1`: in the title), so that
they are never taken for words and that neither engine changes them.
"""
