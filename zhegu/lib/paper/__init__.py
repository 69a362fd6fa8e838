"""Everything that leaves on paper: plain values in, PDF bytes out (A4, Typst, our fonts only).

    print_codes(households, imprint)      personal codes by household, for the door or a lanyard
    print_cards(cards, imprint)           sampling cards, ten to a page, numbered or named
    print_table(table, imprint, page)     any list or form: repeated heads, totals, seal, signatures
    print_recovery(sheet, imprint)        a key on paper, for the safe
    print_letters(letters, imprint)       a notice or a certificate for one person, with seal and signatures
    print_enrolment(slips, imprint)       the code a phone scans to join
    print_order_slips(slip, imprint)      an order list for residents without a phone, to be ticked
    print_box_label(label, imprint)       what is glued on a box: number, code, packing list
    print_code_sheets(sheets, imprint)    a notice, or one person's own page, behind a code
"""

from zhegu.lib.paper.cards import Card, print_cards
from zhegu.lib.paper.codes import CodeHousehold, CodeSlip, print_codes
from zhegu.lib.paper.fonts import FontMissing, Fonts, find_fonts
from zhegu.lib.paper.labels import BoxLabel, print_box_label
from zhegu.lib.paper.letter import Letter, print_letters
from zhegu.lib.paper.orders import OrderLine, OrderSlip, print_order_slips
from zhegu.lib.paper.press import Imprint, press
from zhegu.lib.paper.qr import CodeTooLarge
from zhegu.lib.paper.sheets import (
    CodeSheet,
    EnrolmentSlip,
    RecoverySheet,
    print_code_sheets,
    print_enrolment,
    print_recovery,
)
from zhegu.lib.paper.table import Page, print_table

__all__ = [
    "BoxLabel",
    "Card",
    "CodeHousehold",
    "CodeSheet",
    "CodeSlip",
    "CodeTooLarge",
    "EnrolmentSlip",
    "FontMissing",
    "Fonts",
    "Imprint",
    "Letter",
    "OrderLine",
    "OrderSlip",
    "Page",
    "RecoverySheet",
    "find_fonts",
    "press",
    "print_box_label",
    "print_cards",
    "print_code_sheets",
    "print_codes",
    "print_enrolment",
    "print_letters",
    "print_order_slips",
    "print_recovery",
    "print_table",
]
