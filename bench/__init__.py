"""How fast the system is, measured against a bare Scrapy spider and against itself with a small registry (`make bench`)."""
