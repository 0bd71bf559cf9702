# Zahlungen, von denen niemand weiß, was aus ihnen wurde.
doubt-about = <b>{ $number }</b> · { $amount } · { $way }
    { $name } · { $at }
doubt-unheard = Eine Zahlung wurde zugelassen, und seitdem kam keine Meldung. Meist hat die Bank abgelehnt und nichts abgebucht. Es eilt also nicht: Es steht im Tagesabschluss, bis jemand nachgesehen hat.
doubt-ask = Bitte sehen Sie in Ihrem Konto beim Zahlungsanbieter nach: Ist dieser Betrag eingegangen?
doubt-look = Bitte sehen Sie in Ihrem Konto beim Zahlungsanbieter unter <code>{ $charge }</code> nach: Ist die Bestellung damit bezahlt?
doubt-paid = Ist bezahlt
doubt-not-paid = Ist nicht bezahlt
doubt-back = Zum Tagesabschluss
doubt-decide = { $number } · { $amount }: bezahlt?
doubt-toast-noted = Vermerkt.
doubt-toast-known = Das ist schon bekannt.
doubt-said-paid = { $name } sagt: Es ist bezahlt.
doubt-said-not-paid = { $name } sagt: Es ist nicht bezahlt.
doubt-is-succeeded = Es steht als bezahlt in den Büchern. Was daraus folgt, zeigt die Karte der Bestellung.
doubt-is-declined = Es steht als nicht bezahlt in den Büchern. Taucht das Geld doch noch auf, wird es gezählt.
