# Wo der Laden ist, und wann er geöffnet hat.
place-unnamed = bei uns im Laden
here-open = { $address } · geöffnet bis { $until }
here-open-unnamed = Geöffnet bis { $until }
here-closed = { $address } · öffnet { $opens }
here-closed-unnamed = Öffnet { $opens }
pick-up = Abholung: { $place }
pick-up-open = Abholung: { $place }, geöffnet bis { $until }
pick-up-closed = Abholung: { $place }, öffnet { $opens }
counter = Persönlich: { $place }
counter-open = Persönlich: { $place }, geöffnet bis { $until }
counter-closed = Persönlich: { $place }, öffnet { $opens }
