"""One phone that goes from door to door in a village with a campaign."""

from playwright.sync_api import expect

from tests.support import village
from tests.support.people import said
from tests.support.table import Table

HOUSE, OTHER = "扎西顿珠", "拉巴次仁"


class Walker(Table):
    """One phone that goes from door to door."""

    def tap(self, key: str, **values: object) -> None:
        """A button in the words of another catalogue than the phone's own."""
        self.page.get_by_role("button", name=said(key, self.lang, **values), exact=True).first.click()

    def answers(self, question: str, words: str) -> None:
        group = self.page.get_by_role("radiogroup", name=question, exact=True)
        group.get_by_role("radio", name=words, exact=True).click()

    def comes_to(self, name: str) -> None:
        self.go("doors")
        self.page.locator("a.item", has_text=name).click()
        expect(self.page.get_by_role("heading", name=name)).to_be_visible()

    def visits(self, name: str, fever: bool, masks: int) -> None:
        self.comes_to(name)
        self.answers(village.QUESTION, said("visits.yes" if fever else "visits.no_answer", self.lang))
        self.page.get_by_label(said("visits.masks", self.lang)).fill(str(masks))
        self.tap("visits.advised")
        self.press("door_done")
