# The first screen.
home-morning = Good morning, and welcome to <b>{ $shop }</b>.
home-day = Good afternoon, and welcome to <b>{ $shop }</b>.
home-evening = Good evening, and welcome to <b>{ $shop }</b>.
home-morning-name = Good morning, { $name }. Welcome back to <b>{ $shop }</b>.
home-day-name = Good afternoon, { $name }. Welcome back to <b>{ $shop }</b>.
home-evening-name = Good evening, { $name }. Welcome back to <b>{ $shop }</b>.
home-invitation = Type a title, an author or an ISBN, send a photo of a barcode, or look around.
home-new = <b>New in the shop</b>
home-new-book = { $title } · { $authors }
home-orders = Orders · { $count }
new = New
staff-picks = Staff picks
shelves = Shelves
