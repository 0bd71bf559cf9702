# Die Gruppe des Ladens.
staff-head = <b>{ $number }</b> · { $state } · { $money }
staff-who = { $name } · { $at }
staff-nobody = Konto gelöscht
staff-claimed = { $name } kümmert sich · { $at }
staff-line = { $shelf }   { $quantity } × { $title } · { $author } · { $form }
staff-line-to-order = ↳ { $count ->
    [one] 1 Exemplar beim Lieferanten bestellen
   *[other] { $count } Exemplare beim Lieferanten bestellen
 }
staff-more-lines = … und { $count ->
    [one] 1 weiterer Titel
   *[other] { $count } weitere Titel
 }
staff-reason = Storniert: { $reason }
staff-owed-by-itself = { $amount } gehen von selbst an den Kunden zurück.
staff-owed = ⚠️ { $amount } müssen an den Kunden zurück. Bitte beim Zahlungsanbieter erstatten und dann den Knopf drücken.
staff-kept = { $amount } behält der Laden laut seinen Bedingungen ein.
staff-form-paperback = TB
staff-form-hardback = geb.
staff-form-ebook = E-Book
staff-form-audio = Hörbuch
staff-form-other = Buch
staff-state-new = neu
staff-state-accepted = { $name } kümmert sich
staff-state-ready = bereit seit { $since }
staff-state-ready-until = bereit seit { $since } · bis { $until }
staff-state-awaiting-payment = wartet auf die Zahlung
staff-state-collected = übergeben { $at }
staff-state-collected-by = übergeben { $at } von { $name }
staff-state-cancelled = storniert { $at }
staff-state-cancelled-by = storniert { $at } von { $name }
staff-state-expired = verfallen { $at }
staff-state-expired-by = verfallen { $at }
staff-state-refunded = storniert { $at }
staff-state-refunded-by = storniert { $at } von { $name }
staff-money-cash = bar { $amount }
staff-money-card = Karte { $amount }
staff-money-refunded = erstattet { $amount }
staff-money-refunded-part = erstattet { $amount }, einbehalten { $kept }
staff-money-kept = einbehalten { $kept }
staff-money-paid = online bezahlt { $amount }
staff-money-counter = zahlt im Laden { $amount }
staff-money-online = zahlt online { $amount }
staff-accept = Annehmen
staff-ready = Bereit
staff-hand-over = Übergeben
staff-paid-cash = Bar bezahlt
staff-paid-card = Mit Karte bezahlt
staff-cancel = Stornieren…
staff-keep = Behalten
staff-refunded = { $amount } erstattet
staff-why-cancel = Warum wird { $number } storniert? Der Kunde liest den Grund.
staff-cancel-refunds = { $amount } gehen an den Kunden zurück.
staff-reason-sold-out = Doch ausverkauft
staff-reason-damaged = Das Exemplar ist beschädigt
staff-reason-customer = Auf Wunsch des Kunden
staff-reason-not-collected = Nicht abgeholt
staff-reason-other = Anderer Grund
staff-nothing-open = Keine offenen Bestellungen. Neue erscheinen hier von selbst.
staff-open-orders = { $count ->
    [one] <b>1 offene Bestellung</b>
   *[other] <b>{ $count } offene Bestellungen</b>
 }
staff-list-line = <b>{ $number }</b> · { $state } · { $name } · { $copies ->
    [one] 1 Buch
   *[other] { $copies } Bücher
 } · { $amount }
staff-earlier = ‹ Frühere
staff-later = Spätere ›
staff-toast-accepted = { $number } gehört Ihnen.
staff-toast-accepted-already = { $number } gehört Ihnen schon.
staff-toast-ready = { $number } ist bereit. Der Kunde weiß Bescheid.
staff-toast-handed-over = { $number } ist übergeben.
staff-toast-cancelled = { $number } ist storniert. Der Kunde weiß Bescheid.
staff-toast-done-already = Das ist schon erledigt.
staff-toast-refunded = Notiert: Das Geld ist zurück.
staff-reminder = <b>{ $number }</b> wartet seit { $since }. Noch kümmert sich niemand.
staff-linked = <b>Diese Gruppe bekommt jetzt die Bestellungen von { $shop }.</b>
    Jede Bestellung kommt als Karte; wer auf Annehmen tippt, kümmert sich. /orders zeigt, was offen ist.
    Auch Fragen von Kunden kommen hier an; wer auf eine antwortet, antwortet dem Kunden.
staff-linked-privacy = Da ich hier kein Admin bin, hält Telegram gewöhnliche Nachrichten dieser Gruppe von mir fern. Knöpfe, Befehle und Antworten auf meine Nachrichten gehen trotzdem. Um mir hier Katalogdateien zu schicken, machen Sie mich bitte zum Admin.
staff-link-wrong = Dieser Code ist falsch, verbraucht oder zu alt. Einen neuen gibt: python -m bot staff link
staff-link-group-only = Der Code gehört in die Gruppe des Ladens: Fügen Sie mich dort hinzu und schicken Sie ihn noch einmal.
staff-help =
    <b>Der Chat des Teams von { $shop }</b>
    Bestellungen kommen hier als Karten an; wer auf Annehmen tippt, kümmert sich.
    Auch Fragen von Kunden kommen hier an: Antworten Sie auf eine, dann geht Ihr Text an den Kunden.

    /orders  was offen ist
    /questions  was noch niemand beantwortet hat
    /stock  der Bestand eines Buchs, nach ISBN oder Titel; ein Foto des Strichcodes geht auch
    /import  Bücher aus einer Datei
    /close  der Abschluss des Tages
error-already-accepted = { $by_name } kümmert sich seit { $at } um { $number }.
error-order-not-found = Diese Bestellung gibt es nicht (mehr).
error-transition-refused = { $number } ist inzwischen weiter: Die Karte zeigt den Stand.
error-paid-online = { $number } wurde inzwischen online bezahlt: An der Kasse ist nichts mehr fällig. Falls Sie Geld bekommen haben, geben Sie es bitte zurück und tippen auf der Karte „Übergeben“.
error-over-refund = Offen sind noch { $left }. Die Karte zeigt den Stand.
staff-code-found = { $number } steht jetzt am Ende der Gruppe.
staff-code-unknown = Zu diesem Code gibt es keine Bestellung.
staff-code-is-for-the-counter = Dieser Code ist für den Laden: Zeigen Sie ihn dort, dann bekommen Sie Ihre Bücher.
