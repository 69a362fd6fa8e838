"""The demo community: invented people in the figures of one real month. See README.md."""
