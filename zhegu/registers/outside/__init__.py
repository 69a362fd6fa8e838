"""The only files of this app that know Excel, and the one that asks which rooms are installed."""
