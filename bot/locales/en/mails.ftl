# Mails about an account: plain text.
mail-code-subject = { $code } is your code
mail-register-code =
    Hello,

    your code is { $code }. Type it into the chat with { $shop } to finish registering. It is good for { $lifetime }.

    You did not ask for it? Then somebody has mistyped their address. You need not do anything.
mail-reset-code =
    Hello,

    your code is { $code }. Type it into the chat with { $shop }, and then choose a new password. It is good for { $lifetime }.

    You did not ask for it? Then do nothing, and give the code to nobody: your password stays as it is.
mail-already-registered-subject = You already have an account with { $shop }
mail-already-registered =
    Hello,

    somebody, probably you, has just tried to register at { $shop } with this address. You have an account already, so no code was sent.

    Tap "Log in" in the chat, or "Forgotten" if you do not know the password any more.

    It was not you? Then you need not do anything.
mail-password-changed-subject = Your new password at { $shop }
mail-password-changed =
    Hello { $name },

    the password of your account with { $shop } was changed ({ $at }). All other logins have ended.

    It was not you? Then tap "Log in" and "Forgotten" in the chat to set another one at once, and tell us.
