"""The report that the director signs: one neutral document over the views, written as HTML, DOCX or PDF, and its closings."""
