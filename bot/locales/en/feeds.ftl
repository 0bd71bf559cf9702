# A feed's report: what became of its records, and why some were refused (domain/feed.py, Reason).
feed-kept = { $count ->
        [one] 1 record
       *[other] { $count } records
    } read: { $added } added, { $changed } changed, { $unchanged } unchanged, { $withdrawn } withdrawn, { $refused } refused
feed-rehearsed = { $count ->
        [one] 1 record
       *[other] { $count } records
    } read, nothing written; it would be: { $added } added, { $changed } changed, { $unchanged } unchanged, { $withdrawn } withdrawn, { $refused } refused
feed-notes = { $count ->
        [one] 1 note
       *[other] { $count } notes
    }
feed-where-line = line { $line }, record { $record }
feed-where-record = record { $record }
feed-more-refused = … and { $count } more that were refused
feed-within = { $file } in the archive: { $said }
feed-unknown-kind = This is none of the kinds of file that can be read: CSV, ONIX 3, MARC 21 and MARCXML, plain, gzip or zip.
feed-empty-file = The file is empty.
feed-onix-2 = This is ONIX { $release }, which EDItEUR withdrew in 2014. Please ask your supplier for ONIX 3.0 or 3.1.
feed-other-xml = This is XML, but neither ONIX nor MARCXML: it begins with “{ $root }”.
feed-entities = The file defines entities of its own. For safety, such XML is not read.
feed-too-large = Unpacked, the file is larger than the { $most } bytes that are read at most.
feed-broken-archive = The archive { $name } is damaged, or protected by a password.
feed-cut-short = The file breaks off in line { $line }: its end is missing. What stands before it was read. Please get the file once more.
feed-no-title-column = No column of the first line is called “title”. It says: { $columns }
feed-broken-record = The record is damaged: { $detail }
feed-no-title = The record has no title.
feed-no-reference = The record has neither a reference nor an ISBN to know it by.
feed-isbn-check-digit = The ISBN { $isbn } ends with the check digit { $found }, but { $expected } would be right: { $corrected }.
feed-not-an-isbn = “{ $text }” is not an ISBN.
feed-test-record = The record is marked as a test.
feed-not-a-book = The product is not a book (product form { $form }).
feed-unimarc = The record is UNIMARC. Please ask for MARC 21.
feed-notification = The record's notification type { $code } is not known.
feed-too-few-fields = The line has { $found } fields, the first line { $expected }.
feed-too-many-fields = The line has { $found } fields, the first line only { $expected }.
feed-not-in-catalogue = The record changes a book that is not in the catalogue.
feed-isbn-of-another = The ISBN { $isbn } belongs to another book of the catalogue.
feed-unknown-code = The code { $code } of { $scheme } has no meaning here.
feed-bad-number = “{ $text }” is not a number that fits { $field }; it was left out.
feed-bad-date = “{ $text }” is not a date; it was left out.
feed-bad-price = “{ $text }” is not a price; the book came without one.
feed-other-currency = The prices are in { $currencies }, not in the shop's currency; the books came without.
feed-price-without-tax = Prices are given without tax and without its rate; the books came without.
feed-unknown-language = “{ $text }” is not a language that is known; it was left out.
feed-unknown-subject = “{ $text }” is none of the shop's subjects; it was left out.
feed-replaced-characters = Some characters could not be read and stand as �.
feed-came-before = This book came before in the file, in record { $before }. What comes later counts.

# A file in the staff's chat.
feed-how = <b>Books from a file.</b> Send me the file here with <code>/import</code> as its caption, or answer a file with <code>/import</code>. I read CSV, ONIX 3, MARC 21 and MARCXML, also as gzip or zip, and say first what would change.
feed-only-admins = Only admins of this group may change the catalogue. One of them can answer that file with /import.
feed-cannot-tell = Telegram doesn't tell me who is an admin of this group. Please make me an admin, and send the file again.
feed-too-big = <b>{ $name }</b> is larger than the 20 MB that Telegram lets me fetch. Pack it (gzip or zip), or import it where the shop runs:
    <code>python -m bot catalogue import FILE</code>
feed-waits = <b>{ $name }</b> waits its turn: I am still at another file.
feed-reading = Reading <b>{ $name }</b> … { $percent } %
feed-importing = Importing <b>{ $name }</b> … { $percent } %
feed-nothing-read = <b>{ $name }</b> was not imported.
feed-no-records = There is no book in it.
feed-failed = Something went wrong again and again. The catalogue is as it was, or has a part of the file; sending it once more does no harm.
feed-would = <b>{ $name }</b> · { $count ->
        [one] 1 record
       *[other] { $count } records
    }
    Nothing has changed yet. Importing it would mean:
feed-done = <b>{ $name }</b> is imported · { $count ->
        [one] 1 record
       *[other] { $count } records
    }
feed-nothing-new = <b>{ $name }</b> · { $count ->
        [one] 1 record
       *[other] { $count } records
    }
    There is nothing new in it. The catalogue stays as it is.
feed-count-added = { $count ->
        [one] 1 new book
       *[other] { $count } new books
    }
feed-count-changed = { $count ->
        [one] 1 book changed
       *[other] { $count } books changed
    }
feed-count-withdrawn = { $count ->
        [one] 1 book withdrawn
       *[other] { $count } books withdrawn
    }
feed-count-unchanged = { $count ->
        [one] 1 book as it was
       *[other] { $count } books as they were
    }
feed-count-refused = { $count ->
        [one] 1 record refused
       *[other] { $count } records refused
    }
feed-see-report = The table beneath says what, where in the file, and why.
feed-report-file = report
feed-import = Import
feed-leave = Leave it
feed-left = <b>{ $name }</b> was left alone. The catalogue is as it was.
feed-toast-only-admins = Only admins of this group may change the catalogue.
feed-toast-decided = That has been decided already.
feed-toast-too-old = I no longer have that file. Please send it again.
