"""Decisions of reports: what makes a form, and what may stand in a text for the chat group."""

from zhegu.lib.outgoing import MOST_CHARACTERS, Fault, chat_faults
from zhegu.reports.rules.filling import filled
from zhegu.reports.rules.forms import BadForm, Form, form_from

__all__ = ["MOST_CHARACTERS", "BadForm", "Fault", "Form", "chat_faults", "filled", "form_from"]
