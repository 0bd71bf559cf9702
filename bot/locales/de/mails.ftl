# E-Mails zum Konto: reiner Text.
mail-code-subject = { $code } ist Ihr Code
mail-register-code =
    Guten Tag,

    Ihr Code ist { $code }. Tippen Sie ihn im Chat mit { $shop } ein, um Ihr Konto einzurichten. Er gilt { $lifetime }.

    Sie haben ihn nicht angefordert? Dann hat sich jemand bei der Adresse vertippt. Sie brauchen nichts zu tun.
mail-reset-code =
    Guten Tag,

    Ihr Code ist { $code }. Tippen Sie ihn im Chat mit { $shop } ein und wählen Sie dann ein neues Passwort. Er gilt { $lifetime }.

    Sie haben ihn nicht angefordert? Dann tun Sie nichts und geben Sie den Code niemandem: Ihr Passwort bleibt, wie es ist.
mail-already-registered-subject = Sie haben schon ein Konto bei { $shop }
mail-already-registered =
    Guten Tag,

    jemand, wahrscheinlich Sie, wollte sich gerade mit dieser Adresse bei { $shop } neu anmelden. Sie haben schon ein Konto, deshalb kommt kein Code.

    Tippen Sie im Chat auf „Anmelden“, oder auf „Vergessen“, wenn Sie das Passwort nicht mehr wissen.

    Das waren nicht Sie? Dann brauchen Sie nichts zu tun.
mail-password-changed-subject = Ihr neues Passwort bei { $shop }
mail-password-changed =
    Guten Tag { $name },

    das Passwort Ihres Kontos bei { $shop } wurde geändert ({ $at }). Alle anderen Anmeldungen sind beendet.

    Das waren nicht Sie? Dann tippen Sie im Chat auf „Anmelden“ und „Vergessen“, um gleich ein anderes zu setzen, und sagen Sie uns Bescheid.
