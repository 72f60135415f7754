"""What a page asks for and a process of its own does, since the pages' process loads neither spaCy nor Scrapy."""
