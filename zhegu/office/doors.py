"""Moved to zhegu.pages.doors."""

from zhegu.pages.doors import *  # noqa: F403
