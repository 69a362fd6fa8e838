"""The files that know what an office pastes and uploads."""
