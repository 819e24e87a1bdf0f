"""The page as a browser shows it, wide and on a phone: nothing overflows, everything can be read, keys suffice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.steering.conftest import Written

Opener = Callable[[int], Page]
WIDTHS = {"wide": 1280, "tablet": 820, "phone": 360}

OVERFLOWING = """() => {
  const wide = document.documentElement.scrollWidth - innerWidth;
  const out = [...document.querySelectorAll('body *')].filter(e => !e.closest('.scroll, svg, .symbols, .skip')
    && e.getBoundingClientRect().right > innerWidth + 1);
  return wide > 0 ? [String(wide)] : out.map(e => e.tagName + '.' + e.className);
}"""

FAINT = """() => {
  const part = c => { c /= 255; return c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4; };
  const light = ([r, g, b]) => .2126 * part(r) + .7152 * part(g) + .0722 * part(b);
  const read = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const ground = e => { for (; e; e = e.parentElement) { const c = read(getComputedStyle(e).backgroundColor);
    if (c.length === 3 || c[3] > 0) return c; } return [255, 255, 255]; };
  const found = [];
  for (const e of document.querySelectorAll('body *:not(svg *)')) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) continue;
    if (e.closest('script, style, .skip') || !e.checkVisibility()) continue;
    const style = getComputedStyle(e), size = parseFloat(style.fontSize), bold = Number(style.fontWeight) >= 700;
    const [a, b] = [light(read(style.color)), light(ground(e))].sort((x, y) => y - x);
    const least = size >= 24 || (bold && size >= 18.66) ? 3 : 4.5;
    if ((a + .05) / (b + .05) < least) found.push(e.tagName + '.' + e.className + ' ' + e.textContent.slice(0, 40));
  }
  return found;
}"""

SMALL_WORDS = """() => [...document.querySelectorAll('.chart svg')].filter(s => s.checkVisibility()).flatMap(s =>
  [...s.querySelectorAll('text')].filter(t => t.getBoundingClientRect().height < 8.5).map(t => t.textContent))"""


@pytest.fixture(scope="module")
def browser(browser_program: str) -> Iterator[Browser]:
    """The machine's Chromium."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=browser_program, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def show(browser: Browser, written: Written) -> Iterator[Opener]:
    """Opens the report at a width; fails when the page asks for anything or complains."""
    asked: list[str] = []
    opened: list[Page] = []

    def at(width: int) -> Page:
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: asked.append(message.text))
        page.goto(written.path.as_uri())
        opened.append(page)
        return page

    yield at
    for page in opened:
        page.close()
    assert set(asked) == {written.path.as_uri()}


@pytest.mark.parametrize("size", WIDTHS)
def test_nothing_passes_the_edge_and_everything_can_be_read(show: Opener, size: str, tmp_path: Path) -> None:
    page = show(WIDTHS[size])
    assert page.evaluate(OVERFLOWING) == []
    assert page.evaluate(FAINT) == []
    assert page.evaluate(SMALL_WORDS) == []
    picture = tmp_path / f"{size}.png"
    page.screenshot(path=picture)
    assert picture.stat().st_size > 10_000, "a page with charts is not a blank picture"


@pytest.mark.parametrize("size", WIDTHS)
def test_each_chart_is_shown_once(show: Opener, size: str) -> None:
    page = show(WIDTHS[size])
    seen = page.evaluate("[...document.querySelectorAll('figure')].map(f => [...f.querySelectorAll('.chart svg')]"
                         ".filter(s => s.checkVisibility()).length)")  # fmt: skip
    assert seen == [1] * 7


def test_a_column_is_sorted_with_the_keyboard_alone(show: Opener) -> None:
    page = show(1280)
    button = page.locator("table[data-name=emplois_par_filiere] thead button").nth(1)
    button.focus()
    page.keyboard.press("Enter")
    rows = "[...document.querySelectorAll('table[data-name=emplois_par_filiere] tbody tr')]"
    read = f"{rows}.map(row => Number(row.cells[1].dataset.v))"
    falling = page.evaluate(read)
    assert falling == sorted(falling, reverse=True)
    page.keyboard.press("Enter")
    assert page.evaluate(read) == falling[::-1]
    assert page.locator("table[data-name=emplois_par_filiere] th[aria-sort=ascending]").count() == 1


def test_the_first_key_leads_to_the_content(show: Opener) -> None:
    page = show(1280)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#contenu"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left >= 0")


def test_a_quantity_told_before_is_found_again(show: Opener) -> None:
    page = show(1280)
    link = page.locator("details.story[open] a", has_text="détaillé plus haut").first
    target = link.get_attribute("href") or ""
    place = page.locator(f"[id='{target[1:]}']")
    page.evaluate("document.querySelectorAll('.tree details').forEach(fold => { fold.open = false; })")
    assert not place.is_visible()
    page.evaluate(f"location.hash = '{target}'")
    assert place.is_visible(), "the browser unfolds what a link leads to"


def test_without_script_all_the_tables_are_there(browser: Browser, written: Written) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(written.path.as_uri())
    assert page.locator("thead button").count() == 0
    assert page.locator("table[data-name=montants_par_mesure] tbody tr").count() == 4
    page.locator("figure#g-route summary").click()
    assert page.locator("table[data-name=trajectoire]").is_visible()
    context.close()


def test_it_prints_with_the_tables_of_its_charts(show: Opener, tmp_path: Path) -> None:
    page = show(1280)
    page.emulate_media(media="print")
    page.pdf(path=tmp_path / "report.pdf", format="A4")
    assert (tmp_path / "report.pdf").stat().st_size > 50_000
    assert page.locator("table[data-name=trajectoire]").is_visible()
    assert not page.locator("nav.contents").is_visible()
