# Asking the shop's people.
question-shall-i-ask = Shall I ask the shop for <b>“{ $text }”</b>?
question-shall-i-send =
    Shall I send this to the shop?

    <b>“{ $text }”</b>
question-about = About: { $title }
question-how = Somebody of our staff answers you here, in this chat. If you would rather ask something else, just type it.
question-send = Send
question-write = Write something else
question-search = No, search for it
question-other-ways = Phone, mail, opening hours
question-write-now = What would you like to ask the shop? Write it in one message.
question-too-long = A question can have { $limit } characters, and yours has { $length }. Please make it shorter.
question-sent = The shop has your question. The answer comes here, in this chat.
question-sent-already = That is sent already.
question-answer = <b>The shop answers your question about “{ $text }”:</b>
question-answer-plain = <b>The shop answers your question:</b>
question-answer-cut = <i>The answer was longer than a message may be, and ends here. Ask further for the rest.</i>
question-further = Ask further
question-book = Open: { $title }
error-too-many-open-questions = { $limit } questions of yours are waiting for an answer already. Please wait for one before you ask the next; we are on them.
error-too-many-questions = More than { $limit } questions a day I may not pass on. From { $at } you can ask again; until then, please call or come by.
error-question-not-found = That question is no longer kept, so nothing was sent.

# The staff's chat.
staff-question-head = <b>Question</b> · { $name } · { $at } · in { $language }
staff-question-account = Logged in as { $name }
staff-question-text = “{ $text }”
staff-question-searched = Searched for, and not found here: “{ $text }”
staff-question-book-only = Can we get this book?
staff-question-about = About: { $book }
staff-question-earlier = Going on from: “{ $text }”
staff-question-how = To answer, reply to this message: your text goes to the customer.
staff-question-answered = Answered { $at } by { $name }
staff-question-refused = Answered { $at } by { $name }, but <b>not delivered</b>: Telegram takes no messages to this customer any more.
staff-question-done = Done { $at }, says { $name }: no answer needed
staff-question-close = Done
staff-question-reopen = Open again
staff-question-bring-down = Bring the question here
staff-question-stock = Stock
staff-question-toast-done = Done.
staff-question-toast-open = Open again.
staff-question-only-text = Nothing was sent to the customer: I can pass on a text only. Please reply with words.
staff-question-sent = Your answer goes to { $name }.
staff-question-sent-cut = Your answer goes to { $name }, but it is longer than a message may be: it ends with “{ $end }”. Reply again with the rest.
staff-question-gone = A question was here. It is no longer kept: its { $days } days are over, or the customer deleted the account.
staff-questions-open = { $count ->
    [0] No open questions. New ones appear here by themselves.
    [one] <b>1 open question</b>
   *[other] <b>{ $count } open questions</b>
 }
