"""Reading blank forms: sheet, words, dictionary, layout, labels, proposals; and filling them: placing, formulas."""
