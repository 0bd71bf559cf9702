# Registering, codes by mail, a forgotten password.
register-email =
    Good to have you. I need three things: your email address, a name to call you by, and a password.
    Your email address first, please.
register-email-code = I will send you a code to make sure that it is yours.
register-code =
    I have sent a mail to { $email }. Please type the six digits of the code in it; they are good for { $lifetime }.
    Nothing there? Have a look in the spam folder, or check how the address is spelled.
register-name = What may I call you? This name stands on your orders.
name-odd = A name has between 1 and 64 characters.
register-use-name = { $name }
register-password =
    Now a password of at least 8 characters: any letters, digits and signs, the longer the better.
    I delete your message as soon as I have read it.
register-taken = There is an account for { $email } already. Is it yours? Then log in.
register-welcome = Welcome, { $name }. You have an account now, and you are logged in.
code-odd = The code has six digits.
code-wrong =
    That is not the code. { $left ->
        [one] One try left.
       *[other] { $left } tries left.
    }
code-spent = No code is good any more: it was too old, or there were too many tries. I can send you a new one.
code-resend = New code
code-other-email = Another address
code-sent-again = A new mail is on its way. Only the code in it is good now.
code-again-later = A mail is on its way already. You can have another in { $wait }.
mails-too-many = I have sent a lot of mails just now, and stop for a while. Please try again at { $again }.
forgot-email = No matter. Which address is your account for? I will send a code to it.
forgot-code =
    If there is an account for { $email }, a mail with a code is on its way to it. Please type its six digits; they are good for { $lifetime }.
    Nothing there? Have a look in the spam folder, or try another address.
forgot-come-by =
    This shop sends no mail, so I cannot set a new password in the chat.
    Come by or get in touch, and we will sort it out.
new-password =
    Your new password, please: at least 8 characters.
    I delete your message as soon as I have read it. All other logins end with it.
password-set = Your new password is set, { $name }. You are logged in here, and nowhere else.
