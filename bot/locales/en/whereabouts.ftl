# Where the shop is, and when it is open.
place-unnamed = our shop
here-open = { $address } · open till { $until }
here-open-unnamed = Open till { $until }
here-closed = { $address } · opens { $opens }
here-closed-unnamed = Opens { $opens }
pick-up = Pick up at { $place }
pick-up-open = Pick up at { $place }, open till { $until }
pick-up-closed = Pick up at { $place }, opens { $opens }
counter = In person: { $place }
counter-open = In person: { $place }, open till { $until }
counter-closed = In person: { $place }, opens { $opens }
