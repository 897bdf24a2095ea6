"""The server's log for programs: Streamlit and the web server write to it as well, not beside it.

A new Streamlit may set its loggers up another way; `tests/ui/server/test_monitoring.py` fails then.
"""

from __future__ import annotations

import logging

import streamlit.logger

from cs_dash.monitoring import log_lines


def write_json_lines() -> None:
    """Write the log as `log_lines` does, where the environment asks for it, and take over the loggers of others."""
    if not log_lines.is_json():
        return
    log_lines.write_json_lines()
    streamlit.logger.setup_formatter = _take_over
    for logger in logging.Logger.manager.loggerDict.values():
        if isinstance(logger, logging.Logger):
            _take_over(logger)


def _take_over(logger: logging.Logger) -> None:
    logger.handlers.clear()
    logger.propagate = True
