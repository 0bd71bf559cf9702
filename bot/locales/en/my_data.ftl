# My data.
data-heading = <b>What we keep about you</b>
data-account =
    Name: { $name }
    Email: { $email }{ $confirmed ->
        [yes] , confirmed
       *[no] { "" }
    }
    Language: { $language }
    Customer since { $since }
data-counts =
    Orders: { $orders }, of which open: { $open }
    Books in the cart: { $copies }
    Logins on your devices: { $logins }
data-export-offer = All of it, every line of every order, comes as one file that other programs can read.
data-export = Send me the file
data-export-caption = Everything that { $shop } keeps about you
data-exported = Here is your file.
data-delete = Delete my account
data-really-delete =
    <b>Delete your account?</b>
    Your name, email address, password, cart, logins and questions to the shop are deleted at once and for good.
    The law makes a shop keep its receipts, so finished orders stay in the books, without your name, your chat or anything else that points to you.
data-delete-go-on = Yes, go on
data-orders-first =
    { $count ->
        [one] You still have an open order.
       *[other] You still have { $count } open orders.
    }
    Books, and perhaps money, are waiting on it. Collect it or cancel it first; then your account can go.
data-delete-password =
    To be sure that it is you: your password, please. With it your account is deleted.
    I delete your message as soon as I have read it.
data-deleted =
    Your account is deleted. Thank you for the time you spent with us.
    What is written above stays in this chat until you clear it. You are welcome back at any time.
