"""The learning disability annual health check and STOMP medicine review, at the command line."""

__version__ = "0.1.0"
