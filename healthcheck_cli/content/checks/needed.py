"""The checks without which nothing could be reviewed: loading refuses content that breaks one of them."""

from __future__ import annotations

from healthcheck_cli.content.checks import indicators, monitoring, names

NEEDED = (*names.NEEDED, *monitoring.CHECKS, *indicators.CHECKS)
