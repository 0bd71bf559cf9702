"""What people type, and what they find."""

from __future__ import annotations

from tests.chat.shop import Shop


async def test_start_greets_and_shows_the_ways_on(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.starts()
    ann.sees(
        "welcome to The Corner Bookshop", "The Left Hand of Darkness · Ursula K. Le Guin", "12 Mill Lane"
    )
    assert ann.buttons == [["New", "Staff picks", "Shelves"], ["Cart · 0", "Log in"]]


async def test_start_again_just_shows_home(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.starts()
    await ann.types("dune")
    await ann.types("/start")
    ann.sees("welcome to The Corner Bookshop")
    assert len([one for one in ann.messages if one.get("reply_markup")]) == 1, "only the newest can be tapped"


async def test_logged_in_customer_is_greeted_by_name(shop: Shop) -> None:
    ann = await shop.customer("Ann")
    await ann.types("/start")
    ann.sees("Ann. Welcome back to The Corner Bookshop", "[ Ann ]")
    ann.does_not_see("Log in")


async def test_search_opens_a_book_and_back_returns_to_its_page(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("dune")
    ann.sees("Dune", "Frank Herbert", "€12.50", "20 here", "Dune Messiah")
    await ann.taps("2")
    ann.sees("Dune Messiah", "€11.00 · 1 here, shelf F-12", "[ Add to cart ]")
    await ann.taps("Back")
    ann.sees("Dune", "Dune Messiah", "[ 1 ] [ 2 ]")


async def test_search_works_from_anywhere_and_begins_a_new_message(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("dune")
    await ann.taps("1")
    await ann.types("emma")
    ann.sees("Emma", "Jane Austen", "€8.50")
    assert ann.last["message_id"] == max(one["message_id"] for one in ann.messages)


async def test_editions_of_one_work_are_one_result(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("the dispossessed")
    ann.sees("2 editions, from €10.90")
    await ann.taps("1")
    ann.sees(
        "2 editions. Which one?",
        "paperback · English · 1974",
        "hardback · English · 2014",
        "to order, 4 days",
    )
    await ann.taps("2")
    ann.sees("€24.00", "To order: here in about 4 days.")
    await ann.taps("Back")
    ann.sees("Which one?")
    await ann.taps("Back")
    ann.sees("2 editions, from €10.90")


async def test_isbn_opens_its_book_at_once(shop: Shop) -> None:
    ann = await shop.person("Ann")
    for typed in ("9780340839935", "978-0-340-83993-5", "isbn 0340839937"):
        await ann.types(typed)
        ann.sees("Dune", "[ Add to cart ]", "(photo)")


async def test_isbn_that_the_shop_does_not_have_leads_to_people(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("9780306406157")
    ann.sees("no book with the ISBN 9780306406157")
    await ann.taps("Ask the shop")
    ann.sees("9780306406157", "hello@corner.example", "12 Mill Lane")
    await ann.taps("Back")
    await ann.taps("Home")
    ann.sees("welcome to")


async def test_isbn_with_a_slip_is_told_so(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("978-0-340-83993-6")
    ann.sees("not quite an ISBN")


async def test_nonsense_leads_on(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("qwrtzplk xvbnmjh")
    ann.sees("Nothing here for “qwrtzplk xvbnmjh”", "[ Ask the shop ]", "[ Shelves ] [ Home ]")


async def test_search_command_asks_and_searches(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("/search")
    ann.sees("What are you looking for?")
    await ann.types("/search emma")
    ann.sees("Emma", "Jane Austen")


async def test_what_cannot_be_read_is_said_kindly(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.sends_sticker()
    ann.sees("I can read words, ISBNs and photos of a barcode. What are you looking for?")
    await ann.sends_voice()
    ann.sees("I can read words")
    await ann.types("👍🏽 🎉")
    ann.sees("I can read words")
    await ann.sends_document(b"%PDF", "list.pdf")
    ann.sees("I can read words")


async def test_five_thousand_characters_are_searched_by_how_they_begin(shop: Shop) -> None:
    """Telegram cuts a text at 4,096 characters and sends two messages."""
    ann = await shop.person("Ann")
    text = ("dune " + "and a very long story about it " * 200)[:5000]
    await ann.types(text[:4096])
    ann.sees("I searched for how it begins")
    await ann.types(text[4096:])
    ann.sees("I searched for how it begins")


async def test_markup_is_searched_for_and_shown_as_it_is(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types('<b>&"')
    assert '<b>&"' in ann.screen or "I can read words" in ann.screen
    await ann.types("Robert drop table books")
    ann.sees('1  <b>&"', "Robert '); DROP TABLE books;--")
    await ann.taps("1")
    ann.sees('<b>&"', "€1.00")


async def test_books_of_other_scripts_are_found_and_shown(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("преступление и наказание")
    ann.sees("Преступление и наказание", "Фёдор Достоевский", "€14.00")
    await ann.types("ألف ليلة")
    ann.sees("ألف ليلة وليلة", "€19.00")
    await ann.taps("1")
    ann.sees("ألف ليلة وليلة", "Arabic · paperback", "[ Add to cart ]")


async def test_longest_title_fits_its_page(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("robinson crusoe")
    ann.sees("The Life and Strange Surprizing Adventures of Robinson Crusoe", "€9.90")
    await ann.taps("1")
    ann.sees("Daniel Defoe", "€9.90")


async def test_german_customer_reads_german(shop: Shop) -> None:
    uwe = await shop.person("Uwe", language="de")
    await uwe.types("die verwandlung")
    uwe.sees("Die Verwandlung", "Franz Kafka · Taschenbuch · 6,00 € · 3 im Laden")
    await uwe.taps("1")
    uwe.sees("Deutsch · Taschenbuch", "6,00 € · 3 im Laden, Regal F-12", "[ In den Warenkorb ]", "[ Zurück ]")


async def test_search_survives_a_restart(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("the long shelf")
    await ann.taps("›")
    await shop.restart()
    await ann.taps("›")
    ann.sees("3/4")
    await ann.taps("1")
    await shop.restart()
    await ann.taps("Back")
    ann.sees("3/4")


async def test_slip_is_mended_said_and_can_be_searched_for_exactly(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("do you have dispossesed by le guin")
    ann.sees("Showing “dispossessed", "1  The Dispossessed", "2 editions")
    await ann.taps("Search for exactly")
    ann.does_not_see("Showing")


async def test_wishes_are_understood_shown_and_taken_away(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("classics in german under 15")
    ann.sees("One book", "Classics · German · up to €15", "Die Verwandlung", "[ × Classics ] [ × German ]")
    await ann.taps("× German")
    ann.sees("Classics · up to €15", "Emma", "Die Verwandlung")
    ann.does_not_see("× German")
    await ann.taps("× Classics")
    await ann.taps("× up to €15")
    ann.sees("What are you looking for?")


async def test_wishes_that_nothing_fulfils_lead_on(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("poetry in german")
    ann.sees("Nothing here for Poetry · German.", "[ × Poetry ] [ × German ]")
    await ann.taps("× German")
    ann.sees("30 books")


async def test_copies_that_were_asked_for_are_offered(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("3 copies of pride and prejudice")
    ann.sees("Pride and Prejudice", "[ Add 3 to cart · €26.70 ]")
    await ann.types("2 copies of dune")
    ann.sees("“dune”", "2 copies: of which one?")
    await ann.taps("1")
    ann.sees("[ Add 2 to cart · €25.00 ]")
    await ann.types("2 copies of emma")
    ann.sees("There is only one copy, and no more can be had.", "[ Add to cart ]")


async def test_something_like_a_book_and_the_next_one_after_it(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("something like dune")
    ann.sees("Like Dune", "The Left Hand of Darkness")
    await ann.types("the next one after dune")
    ann.sees("After Dune", "Dune Messiah")


async def test_a_greeting_is_returned_and_thanks_are_welcome(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("Hello!")
    ann.sees("welcome to The Corner Bookshop", "Shelves")
    await ann.types("thank you")
    assert ann.last["text"].startswith("With pleasure.\n\nType a title")
    await ann.types("/search hello")
    ann.does_not_see("welcome to")
