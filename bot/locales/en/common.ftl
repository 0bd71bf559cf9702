# Words that many screens share.
home = Home
back = Back
cancel = Cancel
cart-count = Cart · { $count }
log-in = Log in
register = I am new here
older-button = That button is from an older message. Here is how it stands now.
unknown-button = That button no longer works. Here is where you are.
not-for-you = That button is not for you.
private-only = I serve customers in a private chat. Tap here, and we go on there:
open-private = Open the shop
something-failed = Something went wrong on our side, and nothing was changed by that message. Please try it again in a moment.
only-words-here = Here I need a few typed words.
error-not-staff = That button works only in the shop's own group.
not-followed = That was noted, but I could not show you the next step. Please tap /start and go on from there.
