"""What a message asks for besides a title is shown as buttons, and each of them takes its wish away."""

from __future__ import annotations

from tests.chat.shop import Shop


async def test_the_author_that_was_named_can_be_taken_away(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("do you have dune by frank herbert?")
    ann.sees("“dune” · 2 books\nby Frank Herbert", "1  Dune")
    await ann.taps("× by Frank Herbert")
    ann.sees("“dune” · 2 books")
    ann.does_not_see("by Frank Herbert", "×")


async def test_books_of_an_author_are_left_when_another_wish_is_taken_away(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("hardback books by le guin")
    ann.sees("One book\nhardback · by Ursula K. Le Guin", "€24.00")
    await ann.taps("× hardback")
    ann.sees("2 books\nby Ursula K. Le Guin", "2 editions, from €10.90", "The Left Hand of Darkness")
    await ann.taps("× by Ursula K. Le Guin")
    ann.sees("What are you looking for?")


async def test_copies_can_be_taken_away(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("2 copies of dune")
    ann.sees("“dune”", "2 copies: of which one?", "[ × 2 copies ]")
    await ann.taps("× 2 copies")
    ann.sees("“dune” · 2 books")
    ann.does_not_see("copies")
    await ann.taps("1")
    ann.sees("[ Add to cart ]")


async def test_copies_stay_asked_for_when_another_wish_is_taken_away(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("2 copies of dune under 30 euro")
    await ann.taps("× up to €30")
    ann.sees("2 copies: of which one?")
    await ann.taps("1")
    ann.sees("[ Add 2 to cart · €25.00 ]")


async def test_what_follows_a_book_stays_asked_for_until_it_is_taken_away(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("the next one after dune in english")
    ann.sees("After Dune · one book\nEnglish", "1  Dune Messiah")
    await ann.taps("× English")
    ann.sees("After Dune · one book", "1  Dune Messiah")
    ann.does_not_see("English")
    await shop.restart()
    await ann.taps("× after Dune")
    ann.sees("“dune” · 2 books", "1  Dune\n")


async def test_nothing_that_follows_leads_back_to_the_book(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("the next one after emma")
    ann.sees("nothing that comes after Emma", "[ × after Emma ]", "[ Ask the shop ]")
    await ann.taps("× after Emma")
    ann.sees("“emma” · one book")


async def test_books_like_one_are_narrowed_down_too(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("something like the left hand of darkness under €12")
    ann.sees("Like The Left Hand of Darkness · one book", "up to €12", "1  Dune Messiah")
    await ann.taps("× like The Left Hand of")
    ann.sees("“the left hand of darkness” · one book", "up to €12", "1  The Left Hand of Darkness")


async def test_wishes_in_german_are_buttons_in_german(shop: Shop) -> None:
    uwe = await shop.person("Uwe", language="de")
    await uwe.types("bücher von le guin, nicht teurer als 20 euro")
    uwe.sees("2 Bücher\nbis 20 € · von Ursula K. Le Guin")
    await uwe.taps("× bis 20 €")
    uwe.sees("2 Bücher\nvon Ursula K. Le Guin", "2 Ausgaben, ab 10,90 €")
    await uwe.types("zwei exemplare von dune")
    uwe.sees("2 Exemplare: von welchem Buch?")
    await uwe.taps("× 2 Exemplare")
    uwe.does_not_see("Exemplare")
    await uwe.types("nächster band nach dune")
    uwe.sees("Nach Dune · ein Buch", "1  Dune Messiah")
    await uwe.taps("× nach Dune")
    uwe.sees("„dune“ · 2 Bücher")
    await uwe.types("so etwas wie the left hand of darkness")
    await uwe.taps("× ähnlich wie The Left Hand")
    uwe.sees("„the left hand of darkness“ · ein Buch")


async def test_every_wish_of_a_long_sentence_is_a_button_of_its_own(shop: Shop) -> None:
    uwe = await shop.person("Uwe", language="de")
    await uwe.types("klassiker auf deutsch unter 10 euro aus den 1910er jahren als taschenbuch auf lager")
    uwe.sees("Ein Buch", "1  Die Verwandlung")
    for wish in ("Klassiker", "Deutsch", "Taschenbuch", "jetzt im Laden", "bis 10 €"):
        await uwe.taps(f"× {wish}")
        uwe.sees("Die Verwandlung")
        uwe.does_not_see(f"× {wish}")
    await uwe.taps("× 1910–1919")
    uwe.sees("Was suchen Sie?")


async def test_mended_spelling_is_said_and_searched_for_as_typed_on_a_tap(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("i wnat to buy dispossesed")
    ann.sees("Showing “The Dispossessed”", "2 editions")
    await ann.taps("Search for exactly")
    ann.sees("Nothing here for “i wnat to buy dispossesed”", "[ Ask the shop ]")
    await ann.taps("Ask the shop")
    ann.sees("i wnat to buy dispossesed", "hello@corner.example")


async def test_a_book_that_is_not_as_wished_is_offered_as_it_is(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("dune in german")
    ann.sees("Nothing here for “dune” with German.", "[ × German ]", "Otherwise, there is:", "1  Dune\n")
    ann.sees("[ Search for exactly", "[ Ask the shop ]")
    await ann.taps("× German")
    ann.sees("“dune” · 2 books")
    await ann.types("dune in german")
    await ann.taps("1")
    ann.sees("[ Add to cart ]", "€12.50")


async def test_a_form_and_stock_are_wishes_although_requests_name_them_too(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("the dispossessed hardcover")
    ann.sees("one book\nhardback", "€24.00")
    await ann.taps("× hardback")
    ann.sees("2 editions, from €10.90")
    await ann.types("le guin books in stock")
    ann.sees("here now", "[ × here now ]", "The Left Hand of Darkness")


async def test_slips_in_wishes_are_forgiven_and_the_wishes_shown(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("clasics in germna undr 15 eruo")
    ann.sees("Classics · German · up to €15", "Die Verwandlung", "[ × Classics ] [ × German ]")


async def test_books_for_young_readers_are_a_wish_of_its_own(shop: Shop) -> None:
    uwe = await shop.person("Uwe", language="de")
    await uwe.types("science fiction für kinder")
    uwe.sees("Science-Fiction · für Kinder", "[ × für Kinder ]")
    await uwe.taps("× für Kinder")
    uwe.sees("Dune", "The Left Hand of Darkness")
    uwe.does_not_see("für Kinder")


async def test_a_subject_alone_is_its_shelf(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("klassiker")
    ann.sees("Classics", "[ × Classics ]", "Emma")


async def test_more_copies_than_are_sold_at_once_are_talked_about(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("30 copies of the dispossessed")
    ann.sees("30 copies: of which one?")
    await ann.taps("1")
    await ann.taps("2")
    ann.sees("20 of one book is the most here. For more, do talk to us", "[ Add 20 to cart")


async def test_the_latest_by_an_author_can_be_put_in_another_order(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("the latest by frank herbert")
    ann.sees("newest first", "1  Dune Messiah", "[ × newest first ]")
    await ann.taps("× newest first")
    ann.sees("1  Dune")
    ann.does_not_see("newest first")
