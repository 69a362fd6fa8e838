"""The only files of this app that know Excel."""
