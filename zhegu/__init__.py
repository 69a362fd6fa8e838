"""Zhegu: a community runs its response to an outbreak."""

import sys

import pysqlite3
import pysqlite3.dbapi2

# Debian's SQLite 3.40 can lose commits in WAL mode; the engine from pysqlite3 carries the fix.
# Swapped here because every entry point (server, command line, tests) imports this package first.
sys.modules["sqlite3"] = pysqlite3
sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
