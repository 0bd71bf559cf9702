# The account.
account =
    <b>{ $name }</b>
    { $email }

    { $orders ->
        [0] No orders so far.
        [one] One order so far, { $open ->
            [0] and it is done.
           *[other] still open.
        }
       *[other] { $orders } orders so far, { $open ->
            [0] none of them open.
            [one] one of them open.
           *[other] { $open } of them open.
        }
    }
account-orders = Orders
account-language = Language
account-change-password = Change password
account-my-data = My data
account-log-out = Log out
account-log-out-everywhere = Log out everywhere
logged-out =
    You are logged out. Your cart and your orders wait in your account.
    What is written above stays in this chat; if others use this phone, you may want to clear it.
logged-out-count =
    { $count ->
        [one] It was your only login.
       *[other] { $count } logins have ended, on all your devices.
    }
nobody-logged-in = Nobody is logged in here.
old-password =
    First your present password, please.
    I delete your message as soon as I have read it.
password-refused =
    That is not your password. { $left ->
        [one] One try left.
       *[other] { $left } tries left.
    }
