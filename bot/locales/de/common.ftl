# Wörter, die viele Ansichten gemeinsam haben.
home = Start
back = Zurück
cancel = Abbrechen
cart-count = Warenkorb · { $count }
log-in = Anmelden
register = Ich bin neu hier
older-button = Dieser Knopf gehört zu einer älteren Nachricht. So sieht es jetzt aus.
unknown-button = Diesen Knopf gibt es nicht mehr. Hier geht es weiter.
not-for-you = Dieser Knopf ist nicht für Sie.
private-only = Bestellen können Sie im privaten Chat mit mir. Hier geht es hin:
open-private = Zum Laden
something-failed = Bei uns ist etwas schiefgegangen; durch diese Nachricht wurde nichts geändert. Bitte versuchen Sie es gleich noch einmal.
only-words-here = Hier brauche ich ein paar getippte Wörter.
error-not-staff = Dieser Knopf funktioniert nur in der Gruppe des Ladens.
not-followed = Das ist notiert, aber den nächsten Schritt konnte ich nicht zeigen. Bitte tippen Sie auf /start und machen Sie dort weiter.
