# Logging in.
email-odd = That does not look like an email address. One looks like this: ann@example.org
login-email = Your email address, please.
login-password =
    Your password for { $email }, please.
    I delete your message as soon as I have read it.
login-forgot = Forgotten
login-refused =
    That email and password don't belong together. { $left ->
        [one] One try left.
       *[other] { $left } tries left.
    }
login-once-more = Type the password for { $email } once more, or use another address.
login-other-email = Another address
login-locked =
    That was too many wrong passwords. To keep strangers out, the door stays shut until { $until }.
login-locked-mail = If you have forgotten the password, you can set a new one by mail right away.
login-welcome = Welcome back, { $name }.
login-already = You are logged in as { $name }.
login-left-out =
    { $count ->
        [one] One copy
       *[other] { $count } copies
    } did not fit into your cart: it holds 20 copies of a book and 50 titles.
password-stays = Telegram did not let me delete your message with the password. Please delete it yourself.
error-not-logged-in = Please log in first.
error-weak-password =
    { $reason ->
        [short] That is too short: a password needs at least { $limit } characters.
        [long] That is too long: a password has at most { $limit } characters.
        [email] Your address is the first thing that somebody would try. Please choose another password.
       *[common] That is one of the passwords that everybody tries first. Please choose another.
    }
