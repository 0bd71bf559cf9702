# Im Laden fragen.
question-shall-i-ask = Soll ich im Laden nach <b>„{ $text }“</b> fragen?
question-shall-i-send =
    Soll ich das an den Laden schicken?

    <b>„{ $text }“</b>
question-about = Es geht um: { $title }
question-how = Jemand von uns antwortet Ihnen hier in diesem Chat. Möchten Sie lieber etwas anderes fragen, tippen Sie es einfach.
question-send = Abschicken
question-write = Etwas anderes schreiben
question-search = Nein, danach suchen
question-other-ways = Telefon, Mail, Öffnungszeiten
question-write-now = Was möchten Sie im Laden fragen? Schreiben Sie es in einer Nachricht.
question-too-long = Eine Frage kann { $limit } Zeichen haben, Ihre hat { $length }. Bitte kürzen Sie sie.
question-sent = Ihre Frage ist im Laden. Die Antwort kommt hier in diesen Chat.
question-sent-already = Das ist schon abgeschickt.
question-answer = <b>Der Laden antwortet auf Ihre Frage zu „{ $text }“:</b>
question-answer-plain = <b>Der Laden antwortet auf Ihre Frage:</b>
question-answer-cut = <i>Die Antwort war länger, als eine Nachricht sein darf, und endet hier. Fragen Sie weiter, wenn Sie den Rest brauchen.</i>
question-further = Weiterfragen
question-book = Öffnen: { $title }
error-too-many-open-questions = { $limit } Fragen von Ihnen warten schon auf eine Antwort. Bitte warten Sie eine ab, bevor Sie die nächste stellen; wir sind dran.
error-too-many-questions = Mehr als { $limit } Fragen am Tag darf ich nicht weitergeben. Ab { $at } können Sie wieder fragen; bis dahin rufen Sie bitte an oder kommen Sie vorbei.
error-question-not-found = Diese Frage ist nicht mehr gespeichert; es wurde nichts verschickt.

# Der Chat des Teams.
staff-question-head = <b>Frage</b> · { $name } · { $at } · auf { $language }
staff-question-account = Angemeldet als { $name }
staff-question-text = „{ $text }“
staff-question-searched = Gesucht und hier nicht gefunden: „{ $text }“
staff-question-book-only = Können wir dieses Buch besorgen?
staff-question-about = Es geht um: { $book }
staff-question-earlier = Anschließend an: „{ $text }“
staff-question-how = Zum Antworten auf diese Nachricht antworten: Ihr Text geht an den Kunden.
staff-question-answered = Beantwortet { $at } von { $name }
staff-question-refused = Beantwortet { $at } von { $name }, aber <b>nicht zugestellt</b>: Telegram nimmt für diesen Kunden keine Nachrichten mehr an.
staff-question-done = Erledigt { $at }, sagt { $name }: keine Antwort nötig
staff-question-close = Erledigt
staff-question-reopen = Wieder öffnen
staff-question-bring-down = Frage hierher holen
staff-question-stock = Bestand
staff-question-toast-done = Erledigt.
staff-question-toast-open = Wieder offen.
staff-question-only-text = An den Kunden ging nichts: Ich kann nur Text weitergeben. Bitte antworten Sie mit Worten.
staff-question-sent = Ihre Antwort geht an { $name }.
staff-question-sent-cut = Ihre Antwort geht an { $name }, ist aber länger, als eine Nachricht sein darf: Sie endet mit „{ $end }“. Den Rest bitte in einer weiteren Antwort.
staff-question-gone = Hier stand eine Frage. Sie ist nicht mehr gespeichert: Ihre { $days } Tage sind um, oder das Konto wurde gelöscht.
staff-questions-open = { $count ->
    [0] Keine offenen Fragen. Neue erscheinen hier von selbst.
    [one] <b>1 offene Frage</b>
   *[other] <b>{ $count } offene Fragen</b>
 }
