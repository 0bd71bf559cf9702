"""Shelves, pages, filters and their order."""

from __future__ import annotations

from tests.chat.shop import Shop
from tests.chat.stockroom import withdraw


async def test_shelf_by_subject_in_two_taps(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.starts()
    await ann.taps("Shelves")
    ann.sees("Our shelves", "[ Science fiction · 4 ]", "Poetry · 30")
    await ann.taps("Science fiction")
    ann.sees("Science fiction · 4 books", "1  Dune")
    await ann.taps("Back")
    ann.sees("Our shelves")
    await ann.taps("Home")
    ann.sees("welcome to")


async def test_a_work_stands_on_a_shelf_once_with_its_editions_behind_it(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.starts()
    await ann.taps("Shelves")
    await ann.taps("Science fiction")
    ann.sees("Science fiction · 4 books", "3  The Dispossessed\n", "2 editions, from €10.90")
    await ann.taps("3")
    ann.sees("2 editions", "hardback", "€24.00")
    await shop.restart()
    await ann.taps("2")
    ann.sees("€24.00", "[ Add to cart ]")
    await ann.taps("Back")
    ann.sees("2 editions", "€10.90")
    await ann.taps("Back")
    ann.sees("Science fiction · 4 books")
    await ann.taps("Filter")
    await ann.taps("Form")
    ann.sees("Hardback · 1", "Paperback · 4")
    await ann.taps("Hardback")
    ann.sees("one book", "1  The Dispossessed\n", "hardback", "€24.00")
    await ann.taps("1")
    ann.sees("€24.00", "[ Add to cart ]")


async def test_shelves_by_language_and_by_price(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.starts()
    await ann.taps("Shelves")
    await ann.taps("By language")
    ann.sees("[ German · 1 ]", "Russian · 1")
    await ann.taps("German")
    ann.sees("In German · one book", "Die Verwandlung")
    await ann.taps("Back")
    await ann.taps("By price")
    ann.sees("Our shelves, by price", "Under €10")
    await ann.taps("€15 to €20")
    ann.sees("One book\n€15 to €20", "€19.00")
    await ann.taps("Back")
    ann.sees("Our shelves, by price")


async def test_shelves_by_author_and_by_series(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.starts()
    await ann.taps("Shelves")
    await ann.taps("By author")
    ann.sees("Our shelves, by author", "[ Frank Herbert · 2 ]", "Ivy Many · 30", "Ursula K. Le Guin · 2")
    ann.does_not_see("Franz Kafka")
    await ann.taps("Frank Herbert · 2")
    ann.sees("Frank Herbert · 2 books", "1  Dune\n")
    await ann.taps("1")
    ann.sees("[ Add to cart ]")
    await ann.taps("Back")
    ann.sees("Frank Herbert · 2 books")
    await shop.restart()
    await ann.taps("Back")
    ann.sees("Our shelves, by author")
    await ann.taps("By series")
    await ann.taps("Dune · 2")
    ann.sees("Dune · 2 books", "1  Dune\n", "2  Dune Messiah")
    await ann.taps("Back")
    ann.sees("Our shelves, by series", "The Long Shelf · 30")
    uwe = await shop.person("Uwe", language="de")
    await uwe.starts()
    await uwe.taps("Regale")
    await uwe.taps("Nach Autor/in")
    uwe.sees("Nach diesen wird am meisten gefragt", "[ Frank Herbert · 2 ]")


async def test_new_books_and_staff_picks_from_home(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.starts()
    await ann.taps("New")
    ann.sees("New in the shop", "1  The Left Hand of Darkness")
    await ann.taps("Home")
    await ann.taps("Staff picks")
    ann.sees("Staff picks · one book", "Pride and Prejudice")
    await ann.taps("1")
    ann.sees("Our tip: The best first sentence in the shop.")


async def test_pages_turn_both_ways(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.starts()
    await ann.taps("Shelves")
    await ann.taps("Poetry")
    ann.sees("Volume 1\n", "[ 1/4 ] [ › ]")
    await ann.taps("›")
    ann.sees("Volume 9\n", "[ ‹ ] [ 2/4 ] [ › ]")
    await ann.taps("‹")
    ann.sees("Volume 1\n", "[ 1/4 ] [ › ]")


async def test_second_tap_on_a_page_shows_the_same_page(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.starts()
    await ann.taps("Shelves")
    await ann.taps("Poetry")
    await ann.taps("›", times=2)
    ann.sees("2/4")


async def test_page_button_of_an_older_list_shows_the_present_one(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("the long shelf")
    old = ann.button("›")
    await ann.types("dune")
    await ann.presses(old)
    ann.sees("That button is from an older message.", "Dune Messiah")


async def test_narrowing_down_and_widening_again(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.starts()
    await ann.taps("Shelves")
    await ann.taps("Classics")
    ann.sees("Classics · 6 books")
    await ann.taps("Filter")
    ann.sees("Narrow down 6 books", "[ Order: best first ]")
    await ann.taps("Language")
    ann.sees("In which language?", "English · 3", "German · 1", "Russian · 1")
    await ann.taps("German")
    ann.sees("one book", "German", "Die Verwandlung", "[ × German ]")
    await ann.taps("× German")
    ann.sees("6 books")
    await ann.taps("Filter")
    await ann.taps("Price")
    ann.sees("At what price?", "Under €10 · 4", "€15 to €20 · 1")
    await ann.taps("Under €10")
    ann.sees("4 books", "under €10")
    await ann.taps("Filter")
    await ann.taps("Year")
    ann.sees("Published when?", "Before 1900 · 2", "1900–1949 · 1")
    await ann.taps("1900–1949")
    ann.sees("one book", "under €10 · 1900–1949")


async def test_wishes_that_leave_nothing_are_said_and_taken_back(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("dune")
    await ann.taps("1")
    await ann.taps("More by Frank Herbert")
    ann.sees("Frank Herbert · 2 books")
    await ann.taps("Back")
    await ann.starts()
    await ann.taps("Shelves")
    await ann.taps("Poetry")
    await ann.taps("Filter")
    await ann.taps("Here now")
    ann.sees("30 books", "here now")
    await ann.taps("Filter")
    await ann.taps("✓ Here now")
    ann.sees("30 books")
    ann.does_not_see("× here now")


async def test_order_of_a_list_can_be_chosen(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.starts()
    await ann.taps("Shelves")
    await ann.taps("Classics")
    await ann.taps("Filter")
    await ann.taps("Order")
    await ann.taps("Cheapest first")
    ann.sees("1  Die Verwandlung")
    await ann.taps("Filter")
    ann.sees("Order: cheapest first")


async def test_search_can_be_narrowed_with_counts(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("the long shelf")
    ann.sees("30 books")
    await ann.taps("Filter")
    await ann.taps("Subject")
    ann.sees("Poetry · 30")
    await ann.taps("Poetry")
    ann.sees("30 books", "Poetry")


async def test_way_back_from_a_book_of_a_book_leads_out_again(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("left hand of darkness")
    await ann.taps("1")
    await ann.taps("More by Ursula K. Le Guin")
    ann.sees("Ursula K. Le Guin · 2 books")
    await ann.taps("Back")
    ann.sees("The Left Hand of Darkness", "[ Add to cart ]")
    await ann.taps("Back")
    ann.sees("“left hand of darkness”")


async def test_series_stands_in_its_order(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("dune messiah")
    await ann.taps("1")
    ann.sees("Dune, 2")
    await ann.taps("Series · 2")
    ann.sees("1  Dune\nno. 1 · Frank Herbert", "2  Dune Messiah\nno. 2 · Frank Herbert")


async def test_similar_books_are_other_authors(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("left hand of darkness")
    await ann.taps("1")
    await ann.taps("Similar")
    ann.sees("Like The Left Hand of Darkness", "Dune")


async def test_button_of_a_shelf_whose_last_book_went_says_so_and_leads_on(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.starts()
    await ann.taps("Shelves")
    romance = ann.button("Romance · 1")
    await ann.taps("By series")
    dune = ann.button("Dune · 2")
    await withdraw(shop, "Pride and Prejudice", "Dune", "Dune Messiah")
    for old in (romance, dune):
        await ann.presses(old)
        ann.sees("Nothing here.", "[ Shelves ] [ Home ]")
    await ann.taps("Shelves")
    ann.does_not_see("Romance")
    await ann.taps("By series")
    ann.does_not_see("Dune")


async def test_page_that_is_no_more_shows_the_last_one(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.starts()
    await ann.taps("Shelves")
    await ann.taps("Poetry")
    for page in ("2/4", "3/4", "4/4"):
        await ann.taps("›")
        ann.sees(page)
    ann.does_not_see("[ › ]")
    await ann.taps("1")
    await withdraw(shop, *(f"The Long Shelf, Volume {number}" for number in range(10, 31)))
    await ann.taps("Back")
    ann.sees("Poetry · 9 books", "Volume 9\n", "[ ‹ ] [ 2/2 ]")
