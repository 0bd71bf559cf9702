# Die erste Ansicht.
home-morning = Guten Morgen und willkommen bei <b>{ $shop }</b>.
home-day = Guten Tag und willkommen bei <b>{ $shop }</b>.
home-evening = Guten Abend und willkommen bei <b>{ $shop }</b>.
home-morning-name = Guten Morgen, { $name }. Schön, dass Sie wieder bei <b>{ $shop }</b> sind.
home-day-name = Guten Tag, { $name }. Schön, dass Sie wieder bei <b>{ $shop }</b> sind.
home-evening-name = Guten Abend, { $name }. Schön, dass Sie wieder bei <b>{ $shop }</b> sind.
home-invitation = Schreiben Sie einen Titel, einen Namen oder eine ISBN, schicken Sie ein Foto vom Strichcode oder sehen Sie sich um.
home-new = <b>Neu im Laden</b>
home-new-book = { $title } · { $authors }
home-orders = Bestellungen · { $count }
new = Neu
staff-picks = Tipps
shelves = Regale
