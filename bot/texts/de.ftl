### Was der Bot sagt. Sie-Form, einfache Sprache (B1), freundlich, kurz. Nichts versprechen, was die Regeln nicht hergeben.
### Was in { } steht, setzt das Programm ein. Geprüft mit: python -m bot check

## Gefahr für Leib und Leben

-emergency-numbers =
    Wenn jemand in Gefahr ist, rufen Sie bitte jetzt an:
    112 – Rettungsdienst und Feuerwehr
    110 – Polizei

    Zum Reden, kostenlos und ohne Namen:
    116 016 – Hilfetelefon Gewalt gegen Frauen (Tag und Nacht, viele Sprachen)
    0800 1110111 – Telefonseelsorge (Tag und Nacht)
    116 111 – für Kinder und Jugendliche (Montag bis Samstag, 14 bis 20 Uhr)
danger-numbers = Bei Gefahr rufen Sie bitte an: 112 (Rettung, Feuerwehr) oder 110 (Polizei).
danger-untaken = Noch hat niemand im Büro Ihre Nachricht übernommen. Warten Sie nicht auf uns.
-danger-call = Ist jemand in Gefahr? Rufen Sie bitte 112 an.
emergency =
    { -emergency-numbers }

    Ihre Nachricht geht auch an uns. Wir lesen sie aber nur, wenn das Büro offen ist. Warten Sie nicht auf uns.
emergency-blocked =
    { -emergency-numbers }

    Ihre Nachricht hier liest niemand. Warten Sie nicht auf uns.

## Erster Kontakt und Datenschutz

notice =
    Guten Tag! Hier antwortet: { $office }.
    Schreiben Sie in Ihren Worten, worum es geht. Ihre Anfrage geht direkt an die zuständige Ansprechperson.

    Vorher kurz zum Datenschutz:
    • Wir speichern Ihren Vornamen, Ihre Nachrichten und die Antworten, damit wir Ihre Anfrage bearbeiten können.
    • Wir löschen alles { $content } nach dem Ende Ihrer Anfrage. Mit /loeschen löschen Sie es jederzeit selbst.
    • Telegram überträgt die Nachrichten. Telegram gehört nicht zu unserer Behörde.
    • Bitte schreiben Sie nichts über Gesundheit, Religion oder Aufenthaltsstatus, und schicken Sie keine Ausweise.
    • Im Notfall rufen Sie bitte an: 112 (Rettung, Feuerwehr) oder 110 (Polizei).
notice-held = Ihre Nachricht ist nicht verloren: Wenn Sie auf „{ $button }“ tippen, bearbeite ich sie sofort. Sonst lösche ich sie nach { $hold }.
notice-kept = Auch diese Nachricht hebe ich auf.
notice-still-waiting = { notice-kept } Bitte tippen Sie auf „{ $button }“, dann bearbeite ich alles.
held-expired =
    { $count ->
        [one] Ihre Nachricht von { $at } habe ich gelöscht.
       *[other] { $count } Nachrichten von Ihnen, die erste von { $at }, habe ich gelöscht.
    } Solange Sie nicht auf „{ btn-go-on }“ tippen, hebe ich Nachrichten nur { $hold } auf. Haben Sie noch ein Anliegen? Dann schreiben Sie einfach noch einmal.
held-ways = Ohne Telegram erreichen Sie uns so: { $ways }
held-lost =
    { $count ->
        [one] Ihre Nachricht von { $at } ist bei mir liegen geblieben. Niemand hat sie gesehen, und ich habe sie jetzt gelöscht.
       *[other] { $count } Nachrichten von Ihnen, die erste von { $at }, sind bei mir liegen geblieben. Niemand hat sie gesehen, und ich habe sie jetzt gelöscht.
    } Das tut mir leid. Bitte schreiben Sie noch einmal.
notice-changed =
    Unser Hinweis zum Datenschutz hat sich geändert. Sie müssen nichts tun; Ihre Nachricht bearbeiten wir wie immer. Das gilt jetzt:
privacy-link = Ausführlich: { $url }
btn-go-on = Weiter
btn-go-on-in = { $language ->
        [de] Auf Deutsch weiter
       *[en] Continue in English
    }
btn-privacy = Mehr zum Datenschutz
welcome =
    Schreiben Sie mir jetzt einfach, worum es geht: was Sie suchen, anbieten oder wissen möchten.
    Ein oder zwei Sätze genügen. Gerne auch in Ihrer Sprache.
welcome-urgent = Danke. Ihre Anfrage { $reference } liegt schon bei { $contact }.
welcome-back = Guten Tag, { $name }! Schreiben Sie mir einfach, worum es geht.
help =
    So geht es: Sie schreiben in Ihren Worten, was Sie brauchen, anbieten oder wissen möchten. Ich gebe es an die zuständige Ansprechperson, und die Antwort kommt hier an.

    Unsere Themen: { $fields }.

    • Zu einer Anfrage noch etwas sagen: auf eine meiner Nachrichten dazu antworten.
    • Etwas Neues: einfach neu schreiben.
    • /status – Ihre Anfragen
    • /sprache – Sprache wechseln
    • /datenschutz – was wir speichern
    • /meinedaten – was über Sie gespeichert ist, auch als Datei
    • /aendern – etwas stimmt nicht
    • /loeschen – Ihre Daten löschen

    Im Notfall: 112 (Rettung, Feuerwehr) oder 110 (Polizei).
language-ask = In welcher Sprache soll ich schreiben? Sie selbst können in jeder Sprache schreiben.
language-name = Deutsch
language-set = Gut, ich schreibe ab jetzt Deutsch.
unknown-command = Diesen Befehl kenne ich nicht. Schreiben Sie einfach in Ihren Worten, worum es geht, oder tippen Sie auf /hilfe.

## Datenschutz in voller Länge (Art. 13 DSGVO), als Nachricht und als Seite

art13-title = Datenschutz: was mit Ihren Daten geschieht
art13-title-controller = Wer ist verantwortlich?
art13-text-controller =
    { $controller }
    { $contact }
art13-title-officer = Wer hilft bei Fragen zum Datenschutz?
art13-text-officer = Die oder der Datenschutzbeauftragte: { $officer }
art13-title-purpose = Wozu brauchen wir Ihre Daten?
art13-text-purpose = Damit Ihre Anfrage zur richtigen Ansprechperson kommt und Sie eine Antwort bekommen. Das ist unsere öffentliche Aufgabe (Art. 6 Abs. 1 Buchst. e DSGVO, § 4 LDSG BW). Bei Gefahr für Leib und Leben handeln wir sofort (Art. 6 Abs. 1 Buchst. d DSGVO). Was gefragt wird, zählen wir – ohne Namen.
art13-title-data = Was speichern wir?
art13-text-data = Ihren Vornamen, Ihre Sprache, die Nummer Ihres Telegram-Chats (nicht Ihre Telefonnummer; nur zum Antworten), Ihre Nachrichten, unsere Antworten und wann was geschah. Auch, was das Programm in Ihrer Nachricht erkennt: Thema, Ort und wer schreibt. Fotos und Dateien speichern wir nicht; sie bleiben bei Telegram.
art13-title-recipients = Wer sieht Ihre Daten?
art13-text-recipients = Die Ansprechpersonen für Ihr Thema, ihre Vertretung, die Leitung und die Technik der Behörde. Arbeitet ein Team zusammen, sieht es das Team. Sonst geben wir nichts weiter.
art13-title-telegram = Was ist mit Telegram?
art13-text-telegram = Telegram überträgt alle Nachrichten und speichert sie auf eigenen Servern, auch außerhalb der EU. Dort sind Ihre Daten nicht überall so geschützt wie hier. Es gibt dafür auch keinen Beschluss der EU-Kommission, dass der Schutz genügt. Sie entscheiden selbst, ob Sie Telegram nutzen. Ohne Telegram erreichen Sie uns so: { $other_ways }
art13-title-retention = Wie lange?
art13-text-retention =
    • Wenn Sie nie auf „{ $button }“ tippen: Wir löschen Ihre Nachricht nach { $hold }.
    • Ihre Anfrage: Wir löschen alles { $content } nach ihrem Ende. Schreibt { $silent } lang niemand, beenden wir sie. Eine dringende beenden wir erst, wenn jemand geantwortet hat.
    • Was nicht zugestellt werden konnte: höchstens { $parked }.
    • Nichts bleibt länger als { $longest }. Nur Zahlen ohne Namen bleiben.
art13-title-rights = Ihre Rechte
art13-text-rights =
    • Sehen, was gespeichert ist: /meinedaten
    • Falsches ändern: /aendern
    • Löschen: /loeschen
    • Widersprechen oder die Verarbeitung einschränken lassen: Schreiben Sie uns, oder rufen Sie an.
    • Sich beschweren: { $authority }
art13-title-duty = Müssen Sie etwas angeben?
art13-text-duty = Nein. Aber ohne Ihre Nachricht können wir nicht antworten. Ein Programm erkennt an Stichwörtern, zu welchem Thema Ihre Nachricht gehört. Alles andere entscheiden Menschen.
art13-title-limits = Gut zu wissen
art13-text-limits = Ihre Nachricht hier ist kein Antrag und wahrt keine Frist. Bitte schreiben Sie nichts über Gesundheit, Religion oder Aufenthaltsstatus, und schicken Sie keine Ausweise.
art13-version = Fassung { $version }
sample-controller = BEISPIEL, noch nicht ausgefüllt: Landratsamt Musterkreis, Musterstraße 1, 12345 Musterstadt
sample-contact = BEISPIEL, noch nicht ausgefüllt: Telefon 01234 567-0, E-Mail amt@musterkreis.example
sample-officer = BEISPIEL, noch nicht ausgefüllt: datenschutz@musterkreis.example
sample-authority = BEISPIEL, noch nicht ausgefüllt: Aufsichtsbehörde mit Anschrift
sample-other_ways = BEISPIEL, noch nicht ausgefüllt: Telefon 01234 567-0

## In eigener Hand: ansehen

own-data-head = Das ist über Sie gespeichert:
own-data-name = Vorname: { $name }
own-data-language = Sprache: { $language }
own-data-chat = Nummer Ihres Telegram-Chats, nur zum Antworten: { $chat }
own-data-since = Zum ersten Mal geschrieben: { $at }
own-data-noticed = Hinweis zum Datenschutz mit „{ btn-go-on }“ bestätigt: { $at } (Fassung { $version })
own-data-unnoticed = Hinweis zum Datenschutz: Sie haben noch nicht auf „{ btn-go-on }“ getippt. Tun Sie es nicht, wird alles gelöscht: { $at }
own-data-inquiries = Ihre Anfragen:
own-data-inquiry = • { $reference } · { $fields }: { $state }. Eingegangen am { $opened }. Nachrichten: { $own } von Ihnen, { $ours } von uns. { $goes }
own-data-inquiry-asked = • { $reference }: { $state }. Eingegangen am { $opened }. Nachrichten: { $own } von Ihnen, { $ours } von uns. { $goes }
own-data-goes = Wird gelöscht am { $at }.
own-data-goes-latest = Wird spätestens am { $at } gelöscht.
own-data-more = … und { $count } weitere. Sie stehen in der Datei.
own-data-no-inquiry = Sie haben keine Anfrage bei uns. Ohne neue Anfrage löschen wir alles, was oben steht: { $at }
own-data-held = { $count ->
        [one] Eine Nachricht von Ihnen wartet darauf, dass Sie auf einen Knopf tippen.
       *[other] { $count } Nachrichten von Ihnen warten darauf, dass Sie auf einen Knopf tippen.
    }
own-data-files = Alles im Einzelnen schicke ich Ihnen jetzt als Datei: eine Seite zum Lesen und dasselbe für Programme (JSON).
own-data-again = Die Dateien mit allen Einzelheiten habe ich Ihnen vorhin geschickt. Neue gibt es ab: { $at }
own-data-hands = Etwas stimmt nicht? /aendern – Löschen: /loeschen – Warum wir das speichern: /datenschutz
own-data-page-caption = Ihre Daten, zum Lesen
own-data-json-caption = Ihre Daten, für Programme
own-data-file = meine-daten

## Meine Daten, als Seite und als Datei

own-data-json-explained = Alles, was zu Ihnen gespeichert ist. Kolleginnen und Kollegen stehen hier mit ihrer Rolle, nicht mit Namen. Von internen Notizen steht hier nur, wann und von welcher Stelle sie sind. Zeiten in UTC.
own-page-title = Ihre Daten bei: { $office }
own-page-made = Diese Seite zeigt alles, was unser Telegram-Dienst über Sie gespeichert hat. Stand: { $at }
own-page-you = Über Sie
own-page-inquiry = Anfrage { $reference }
own-page-messages = Nachrichten
own-page-notes = { $count ->
        [one] Dazu gibt es eine interne Notiz.
       *[other] Dazu gibt es { $count } interne Notizen.
    } Der Wortlaut fehlt hier, weil er auch andere Menschen betreffen kann. Fragen Sie uns danach. Wir prüfen, was wir Ihnen geben dürfen.
own-page-sent = Was der Bot dazu verschickt hat
own-page-held = Nachrichten, die warten
own-page-held-text = Diese Nachrichten hat noch niemand gesehen. Sie warten darauf, dass Sie im Chat auf einen Knopf tippen.
own-page-held-until = Wartet bis { $at }
own-page-rest = Was zu keiner Anfrage gehört
own-page-sent-rest = Weitere Nachrichten des Bots an Sie
own-page-inbox = Nachrichten von Ihnen, die noch nicht bearbeitet sind
own-page-blocks = Sperren
own-page-missing = Was hier fehlt, und warum
own-page-missing-text =
    Namen von Kolleginnen und Kollegen: Sie sprechen für das Amt und stehen hier mit ihrer Rolle.
    Der Wortlaut interner Notizen: Er kann auch andere Menschen betreffen. Fragen Sie uns danach.
    Fotos, Dateien und Sprachnachrichten: Wir speichern nur, dass es sie gab. Sie liegen bei Telegram.
    Was Telegram selbst über Sie speichert: Das wissen wir nicht. Fragen Sie dort nach.
    Was in eine Akte übernommen wurde: Dafür gelten eigene Regeln. Fragen Sie die Ansprechperson.
own-page-rights = Was Sie tun können
own-page-rights-text =
    Schreiben Sie im Chat /aendern, wenn etwas nicht stimmt.
    Schreiben Sie /loeschen, um eine Anfrage oder alles zu löschen.
    Schreiben Sie /datenschutz für alles Weitere, auch wo Sie sich beschweren können.
record-name = Vorname
record-language = Sprache des Bots
record-chat = Nummer des Telegram-Chats
record-since = Seit
record-until = Bis
record-noticed = Hinweis zum Datenschutz mit „{ btn-go-on }“ bestätigt
record-notice-version = Fassung des Hinweises
record-opened = Eingegangen
record-touched = Zuletzt etwas geschehen
record-closed = Beendet
record-goes = Wird gelöscht, spätestens
record-follows = Gehört zur früheren Anfrage
record-place = Erkannter Ort
record-who = Wer schreibt
record-wants = Anliegen
record-spoken = Sprache der Nachricht
record-found = Wörter, an denen das Thema erkannt wurde
record-helped = Wurde geholfen?
record-asked-only = gefragt, noch keine Antwort
record-slipped = Mitgeteilt, dass es länger dauert
record-for-file = Amtliche Akte
record-for-file-yes = für die Akte vorgemerkt
record-filed = in die Akte übernommen am { $at }
record-field = Thema
record-contact = Ansprechperson
record-state = Stand
record-due = Antwort zugesagt bis
record-shares = Wer die Anfrage hatte
record-copies = Wer sonst eine Kopie der Karte bekam
record-journal = Was geschah
record-at = Wann
record-event = Was
record-details = Einzelheiten
record-to = An
record-what = Inhalt
record-you = Sie
record-office = das Amt
record-edited = geändert am { $at }
record-note = interne Notiz
record-raw = Wie es von Telegram kam
record-error = Fehler
record-timers = Was noch ansteht
record-timer-ask = Ende der Wartezeit für Ihre Wahl des Themas
record-timer-which = Ende der Wartezeit für Ihre Wahl der Anfrage
record-timer-take = Erinnerung, wenn niemand übernommen hat
record-timer-soon = Erinnerung vor der Frist
record-timer-due = Ende der Frist
record-timer-room = Weiter mit dem, was Sie auf einmal geschrieben haben
record-timer-sparing = Ende der Wartezeit für Ihre Nachricht mit sehr Persönlichem
record-inbox-waiting = wartet
record-inbox-parked = konnte nicht verarbeitet werden
record-by-inquirer = die Person selbst
record-by-operator = die Technik
record-sent-queued = wartet
record-sent-sending = wird gesendet
record-sent-sent = gesendet
record-sent-uncertain = vielleicht gesendet
record-sent-parked = nicht gesendet
record-kind-photo = Foto
record-kind-document = Datei
record-kind-video = Video
record-kind-audio = Tonaufnahme
record-kind-voice = Sprachnachricht
record-kind-location = Standort
record-kind-contact_card = Kontakt
record-kind-sticker = Sticker
record-kind-other = andere Nachricht
record-delivery-text = Nachricht, die oben steht
record-delivery-copy = Kopie eines Fotos oder einer Datei
record-delivery-edit = eine Nachricht erneuert
record-delivery-edit_buttons = Knöpfe geändert
record-delivery-document = Datei mit Ihren Daten
record-delivery-delete = eine Nachricht gelöscht

## In eigener Hand: ändern

change-none = Sie haben gerade keine Anfrage, an der Sie etwas ändern können. Schreiben Sie mir einfach, worum es geht.
change-which = An welcher Anfrage stimmt etwas nicht?
btn-change-one = { $reference } ({ $state })
change-what =
    Das habe ich bei { $reference } verstanden. Was stimmt nicht?

    Vorname: { $name } (aus Telegram. Wenn Sie ihn dort ändern, gilt der neue ab Ihrer nächsten Nachricht.)
    Ort: { $place }
    Über Sie: { $who }
change-field = Thema: { $fields }
change-unknown = nicht erkannt
btn-change-place = Ort ändern
btn-change-no-place = Ort entfernen
btn-change-who = Angabe zu mir ändern
change-place-ask = Um welchen Ort geht es bei { $reference }? Schreiben Sie nur den Namen.
change-place-unknown = Diesen Ort kenne ich leider nicht. Schreiben Sie bitte eine Gemeinde im Landkreis, oder tippen Sie auf „{ btn-change-keep }“. War das eine Nachricht an uns? Dann schreiben Sie uns bitte noch einmal.
btn-change-keep = So lassen
change-kept = Gut, bei { $reference } bleibt der Ort, wie er war.
change-who-ask = Was trifft bei { $reference } auf Sie zu?
i-am-citizen = Ich wohne hier
i-am-volunteer = Ich helfe ehrenamtlich
i-am-business = Ich schreibe für einen Betrieb
i-am-newcomer = Ich bin neu in Deutschland
i-am-organisation = Für Verein oder Organisation
you-are-citizen = Bürgerin oder Bürger
you-are-volunteer = ehrenamtlich engagiert
you-are-business = für einen Betrieb tätig
you-are-newcomer = neu in Deutschland
you-are-organisation = für einen Verein oder eine Organisation tätig
change-done-place = Geändert: Bei { $reference } geht es jetzt um { $place }.
change-done-no-place = Geändert: Bei { $reference } steht kein Ort mehr.
change-done-who = Geändert: Bei { $reference } steht jetzt „{ $who }“.
change-seen = Die Ansprechperson sieht es auf ihrer Karte.

## In eigener Hand: löschen

delete-explained =
    Was möchten Sie löschen?

    Das wird gelöscht: Ihr Name, Ihre Nachrichten, unsere Antworten und wann was geschah. Meine Nachrichten der letzten zwei Tage lösche ich auch in den Chats, hier und im Büro.
    Das bleibt: eine Zeile für die Statistik und eine Prüfzahl, beide ohne Namen. Mit der Prüfzahl löschen wir noch einmal, falls wir eine Sicherung zurückholen.
    Was Telegram selbst speichert, kann ich nicht löschen. Steht schon etwas in einer Akte? Dafür gelten eigene Regeln. Fragen Sie bitte die Ansprechperson.
    Offene Anfragen sind dann zurückgezogen. Das kann niemand rückgängig machen.
btn-delete-one-field = Nur { $reference } · { $field } löschen
btn-delete-one = Nur { $reference } löschen
btn-delete-all = Alles löschen
delete-sure = Wirklich alles löschen, auch offene Anfragen?
btn-delete-sure = Ja, alles löschen
btn-delete-keep = Nichts löschen
delete-done-one = Erledigt: Alles zu { $reference } ist gelöscht.
delete-done-all = Erledigt: Ich habe alles über Sie gelöscht. Wenn Sie wieder schreiben, fangen wir neu an.
delete-kept = Gut, es bleibt alles, wie es ist.
deleted-contact = { $reference } wurde von der Person gelöscht und damit zurückgezogen. Sie müssen nichts mehr tun. Bitte löschen Sie auch, was noch in diesem Chat steht.
deleted-contact-urgent = ‼️ { $reference } wurde von der Person gelöscht. Die Anfrage war als dringend gekennzeichnet. Bitte prüfen Sie, ob trotzdem jemand in Gefahr ist. Bitte löschen Sie auch, was noch in diesem Chat steht.
deleted-card = { $reference }: von der Person gelöscht
expired-card = { $reference }: gelöscht, weil die Aufbewahrungszeit um ist

## Befehle im Menü

command-hilfe = Wie es geht
command-status = Meine Anfragen
command-sprache = Sprache wechseln
command-datenschutz = Was wir speichern
command-meinedaten = Was ist über mich gespeichert?
command-aendern = Etwas stimmt nicht
command-loeschen = Meine Daten löschen
command-desk-offen = Was auf mich wartet
command-desk-suche = Anfragen suchen
command-desk-vorlage = Meine Textvorlagen
command-desk-statistik = Zahlen für mein Thema
command-desk-abwesend = Abwesenheit eintragen
command-desk-anwesend = Abwesenheit beenden
command-desk-digest = Morgenübersicht: wann?
command-desk-hilfe = So geht es
command-desk-admin = So steht es im Büro
command-desk-anfrage = Eine Anfrage zeigen
command-desk-sperren = Jemanden sperren
command-desk-entsperren = Sperre aufheben
command-desk-reload = Regeln neu laden

## Quittung

receipt =
    Ihre Anfrage { $reference } ist angekommen.

    Zuständig: { $contact } (Thema { $field })
receipt-two =
    Ihre Anfrage { $reference } ist angekommen. Sie betrifft { $count ->
        [2] zwei Themen und geht deshalb an zwei Stellen
       *[other] mehrere Themen und geht deshalb an mehrere Stellen
    }:

    { $assignments }
receipt-contact = { $contact } (Thema { $field })
contact-deputy = { $deputy } als Vertretung für { $contact }
receipt-why = Erkannt an: { $words }
receipt-due = Antwort bis: { $due }
receipt-follows = Sie gehört zu Ihrer früheren Anfrage { $reference }.
receipt-closed-now = Unser Büro ist gerade geschlossen. Wir sind wieder da: { $opening }.
receipt-general =
    Ihre Anfrage { $reference } ist angekommen.

    Ich habe sie an { $contact } gegeben. Von dort kommt die Antwort.
receipt-urgent = Ihre Nachricht ist als dringend gekennzeichnet ({ $reference }). Sie liegt bei: { $contact }.
receipt-wrong = Stimmt das Thema nicht? Tippen Sie auf „{ $button }“.
btn-other-topic = Anderes Thema
btn-withdraw = Zurückziehen

## Rückfrage nach dem Thema

ask-some = Ich bin nicht ganz sicher, wohin Ihre Anfrage gehört. Worum geht es?
ask-all = Damit Ihre Anfrage gleich richtig ankommt: Worum geht es?
ask-noted = Danke, das ist notiert.
ask-more =
    { ask-noted }
    Worum geht es? Bitte tippen Sie auf ein Thema.
ask-move = Worum geht es bei Ihrer Anfrage { $reference }?
ask-for-words = Guten Tag! Schreiben Sie mir bitte in ein oder zwei Sätzen, worum es geht: was Sie suchen, anbieten oder wissen möchten.
btn-both = Beides
btn-something-else = Etwas anderes
asked-too-long = Ich habe Ihre Anfrage { $reference } jetzt an { $contact } gegeben, weil noch kein Thema gewählt war. Sie müssen nichts weiter tun.

## Sparsam mit Daten

-sparing-choices =
    • Neu schreiben: Ich lösche diese Nachricht. Sie schreiben sie noch einmal, ohne diese Angabe.
    • So weitergeben: Ich verdecke die Angabe. Die Ansprechperson sieht nur, dass etwas verdeckt ist. Braucht sie die Angabe, kann sie darauf tippen.
sparing-ask =
    In Ihrer Nachricht steht vielleicht etwas, das wir nicht brauchen: { $what }.
    { -sparing-choices }
    Wenn Sie nichts wählen, gebe ich die Nachricht nach { $wait } weiter. Die Angabe verdecke ich.
sparing-ask-until =
    In Ihrer Nachricht steht vielleicht etwas, das wir nicht brauchen: { $what }.
    { -sparing-choices }
    Bitte wählen Sie bis: { $due }. Danach gebe ich die Nachricht weiter. Die Angabe verdecke ich.
btn-sparing-rewrite = Neu schreiben
btn-sparing-on = So weitergeben
sparing-rewrite = Gut, ich habe die Nachricht gelöscht. Bitte schreiben Sie sie noch einmal, ohne diese Angabe.
sensitive-health = etwas über Ihre Gesundheit
sensitive-religion = etwas über Ihre Religion
sensitive-status = etwas über Ihren Aufenthaltsstatus
sensitive-number = eine Nummer von einem Ausweis oder Konto

## Mehrere Anfragen

which = { $count ->
        [one] Gehört das zu Ihrer Anfrage, oder ist es etwas Neues?
       *[other] Zu welcher Anfrage gehört das?
    }
which-more = { $count ->
        [one] Auch diese Nachricht hebe ich auf. Gehört alles zu Ihrer Anfrage, oder ist es etwas Neues?
       *[other] Auch diese Nachricht hebe ich auf. Zu welcher Anfrage gehört alles?
    }
btn-which-one = { $reference } · { $field }
btn-which-ended = { $reference } · { $field } wieder öffnen
btn-which-new = Neue Anfrage
btn-older = Ältere … (noch { $count })
btn-newer = ‹ Neuere
which-unknown = Eine Anfrage „{ $reference }“ finde ich bei Ihnen nicht.
which-too-long = Sie haben nichts gewählt. Deshalb steht Ihre Nachricht jetzt bei Ihrer Anfrage { $reference }.
which-too-long-new = Sie haben nichts gewählt. Deshalb ist aus Ihrer Nachricht eine neue Anfrage geworden: { $reference }.
thanks-passed-on-open = Schön, von Ihnen zu hören! Ihre Nachricht ist weitergegeben. Haben Sie zu { $reference } noch eine Frage? Schreiben Sie sie mir einfach.
thanks-passed-on = Schön, von Ihnen zu hören! Ihre Nachricht ist weitergegeben. Ihre Anfrage { $reference } bleibt abgeschlossen. Haben Sie noch eine Frage? Schreiben Sie sie mir einfach.
thanks-open = Schön, von Ihnen zu hören! Haben Sie zu { $reference } noch eine Frage? Schreiben Sie sie mir einfach.
thanks-closed = Schön, von Ihnen zu hören! Ihre Anfrage { $reference } bleibt abgeschlossen. Haben Sie noch eine Frage? Schreiben Sie sie mir einfach.
thanks-withdrawn = Schön, von Ihnen zu hören! Ihre Anfrage { $reference } bleibt zurückgezogen. Haben Sie noch eine Frage? Schreiben Sie sie mir einfach.
passed-on = ✓ Weitergegeben an { $contact } ({ $reference }).
not-passed-on = Ihre Nachricht zu { $reference } konnte ich noch nicht an { $contact } weitergeben. Sie ist nicht verloren: Das Büro sieht sie.
not-passed-on-medium = Ihre Nachricht zu { $reference } konnte ich noch nicht an { $contact } weitergeben. Das Büro weiß davon. Vielleicht nimmt der Chat dort diese Art von Nachricht nicht an: Schreiben Sie es bitte auch als Text.
repeat-mark = (Möglicherweise doppelt)
cannot-relay = Diese Art von Nachricht kann ich leider nicht weitergeben. Bitte schreiben Sie es als Text oder schicken Sie ein Foto.

## Verlauf

taken-by = { $contact } kümmert sich jetzt um Ihre Anfrage { $reference }.
answer = Antwort von { $contact } ({ $reference }):
answer-changed = Geänderte Antwort von { $contact } ({ $reference }):
asked-back = Frage von { $contact } ({ $reference }):
released = Ihre Anfrage { $reference } liegt wieder im Eingang bei { $contact }. Sie geht nicht verloren.
handed = Um Ihre Anfrage { $reference } kümmert sich jetzt: { $contact }.
added-field = Ihre Anfrage { $reference } betrifft auch das Thema { $field }. Deshalb hat sie jetzt auch { $contact }.
reopened-by-contact = Ihre Anfrage { $reference } ist wieder offen. { $contact } kümmert sich darum.
moved = Ihre Anfrage { $reference } liegt jetzt bei { $contact } (Thema { $field }).
moved-general = Ihre Anfrage { $reference } liegt jetzt bei { $contact }.
slipped = Ihre Anfrage { $reference } braucht leider länger als versprochen. Sie liegt bei { $contact }.
slipped-nobody = Ihre Anfrage { $reference } braucht leider länger als versprochen. Sie ist nicht verloren: Sobald sich jemand darum kümmert, erfahren Sie es.
slipped-wait = Sie müssen nichts tun.
still-asked =
    Zu Ihrer Anfrage { $reference } ist noch eine Frage an Sie offen. { $count ->
        [one] { $contact } wartet auf Ihre Antwort.
       *[other] { $contact } warten auf Ihre Antwort.
    } Antworten Sie einfach auf diese Nachricht.
closed =
    Ihre Anfrage { $reference } ist abgeschlossen.
    Ist noch etwas offen? Antworten Sie einfach auf diese Nachricht.
closed-change-passed-on =
    ✓ Ihre Änderung ist weitergegeben. Ihre Anfrage { $reference } bleibt abgeschlossen.
    Ist noch etwas offen? Antworten Sie einfach auf diese Nachricht.
helped-question = Wurde Ihnen geholfen?
btn-helped-yes = Ja
btn-helped-partly = Teilweise
btn-helped-no = Nein
helped-thanks = Das freut uns. Danke für die Rückmeldung!
helped-what-is-missing =
    Danke für die offene Antwort. Brauchen Sie noch Hilfe?
    Tippen Sie auf „{ $button }“, oder antworten Sie auf diese Nachricht und schreiben Sie, was fehlt.
btn-reopen-own = Meine Anfrage wieder öffnen
reopened-tell-more = Ihre Anfrage { $reference } ist wieder offen. Schreiben Sie bitte noch, was Ihnen fehlt.
part-closed = { $contact } (Thema { $field }) hat den eigenen Teil Ihrer Anfrage { $reference } abgeschlossen. Noch offen: { $rest }.
silent = Zu Ihrer Anfrage { $reference } haben wir länger nichts mehr gehört. Ich schließe sie jetzt. Brauchen Sie noch Hilfe? Antworten Sie einfach auf diese Nachricht.
silent-unanswered = Ihre Anfrage { $reference } ist leider liegen geblieben. Das tut uns leid. Ich schließe sie jetzt, weil sich lange nichts getan hat. Brauchen Sie noch Hilfe? Antworten Sie auf diese Nachricht, dann ist sie wieder offen.
silent-asked =
    Zu Ihrer Anfrage { $reference } war noch eine Frage an Sie offen. { $count ->
        [one] { $contact } hat auf Ihre Antwort gewartet.
       *[other] { $contact } haben auf Ihre Antwort gewartet.
    } Ich schließe die Anfrage jetzt, weil sich lange nichts getan hat. Möchten Sie noch antworten? Antworten Sie auf diese Nachricht, dann ist sie wieder offen.
silent-written-again = Zu Ihrer Anfrage { $reference } hat länger niemand mehr geschrieben. Ich schließe sie jetzt. Haben Sie auf Ihre letzte Nachricht noch eine Antwort erwartet? Dann tut es uns leid. Antworten Sie auf diese Nachricht, dann ist sie wieder offen.
expired = Ihre Anfrage { $reference } war noch offen. Nichts bleibt hier aber länger als { $longest }. Deshalb habe ich jetzt alles dazu gelöscht. Warten Sie noch auf eine Antwort? Das tut uns leid. Schreiben Sie mir bitte, worum es geht. Dann beginnen wir neu.
reopened = Ihre Anfrage { $reference } ist wieder offen.
reopened-part = Ihre Anfrage { $reference } ist beim Thema { $field } wieder offen. Dieser Teil liegt bei: { $contact }.
withdrawn = Ihre Anfrage { $reference } ist zurückgezogen.
btn-undo-withdraw = Doch nicht zurückziehen
status-none = Sie haben zurzeit keine offene Anfrage. Schreiben Sie mir einfach, worum es geht.
status-head = Ihre offenen Anfragen:
status-line = { $reference } · { $field }: { $state } ({ $contact })
status-line-asked = { $reference }: { $state }
status-line-due = { $reference } · { $field }: { $state } ({ $contact }), Antwort bis { $due }
status-line-asks = { $reference } · { $field }: { $contact } hat Sie etwas gefragt und wartet auf Ihre Antwort
status-line-late = { $reference } · { $field }: { $state } ({ $contact }). Versprochen war die Antwort bis { $due }. Es dauert leider länger.
state-asked = wartet auf Ihre Wahl des Themas
state-assigned = angekommen
state-taken = in Bearbeitung
state-answered = beantwortet
state-closed = abgeschlossen
state-withdrawn = zurückgezogen
state-moved = an ein anderes Thema gegeben

## Zu viel auf einmal, und gesperrt

room-wait = Das waren gerade sehr viele Nachrichten. Keine ist verloren. Was jetzt noch kommt, gebe ich ab { $time } Uhr nach und nach weiter. Sie müssen nichts noch einmal schicken. { -danger-call }
room-first = Viele Ihrer Nachrichten warten darauf, dass Sie auf einen Knopf tippen. Bitte tun Sie das zuerst, weiter oben in diesem Chat. Danach geht alles weiter, auch diese Nachricht. { -danger-call }
room-none = Jetzt warten schon { $count } Nachrichten von Ihnen. Mehr kann ich nicht aufheben: Was Sie jetzt noch schicken, geht an niemanden. Bitte warten Sie, und schreiben Sie nach { $time } Uhr weiter, am besten alles in einer Nachricht.
room-no-orders = Das waren sehr viele Befehle auf einmal. Ab { $time } Uhr antworte ich wieder darauf. Nachrichten können Sie weiter schreiben.
press-too-many = Das waren viele Tipps hintereinander. Bitte versuchen Sie es nach { $time } Uhr noch einmal.
blocked = Bis { $until } nehme ich von Ihnen keine Nachrichten an. Was Sie hier schreiben, geht an niemanden.
blocked-ways = So erreichen Sie uns trotzdem: { $ways }
blocked-dropped = Auch was noch gewartet hat, wurde nicht weitergegeben.
unblocked = Sie können hier wieder schreiben.
press-blocked = Bis { $until } nehme ich von Ihnen nichts an.
delete-block-stays = Die Sperre bis { $until } bleibt. Dafür behalte ich nur eine Zahl ohne Namen, wer gesperrt hat und bis wann.

## Knöpfe, die nicht mehr gelten

press-stale = Dieser Knopf gilt nicht mehr.
press-stale-person = Dieser Knopf gilt nicht mehr. Schreiben Sie mir einfach, worum es geht, oder schreiben Sie /status.
press-there-already = Ihre Anfrage liegt schon bei { $contact }.
press-forgotten = Dieser Knopf gilt nicht mehr: Nach der Wartezeit habe ich alles gelöscht. Bitte schreiben Sie noch einmal, worum es geht.
press-taken-already = { $holder } hat die Anfrage schon übernommen.
press-answered-already = { $holder } hat schon geantwortet.
press-done-already = { $holder } hat die Anfrage schon abgeschlossen.
press-which-closed = Noch nicht gesendet: { $reference } ist bei Ihnen schon abgeschlossen. Öffnen Sie die Anfrage auf der Karte wieder, und tippen Sie noch einmal hier. Oder antworten Sie auf die Karte.
press-done-so-soon = Gleich abschließen, ohne zu antworten? Dann tippen Sie bitte noch einmal auf „{ $button }“.
press-done-urgent = Dringend, und noch ohne Antwort. Wirklich abschließen? Dann tippen Sie bitte noch einmal auf „{ $button }“.
press-moved-already = { $holder } hat die Anfrage schon weitergegeben an { $contact }.
press-moved-by-person = Die Person hat ein anderes Thema gewählt. Die Anfrage liegt jetzt bei { $contact }.
press-withdrawn-already = Die Person hat die Anfrage zurückgezogen.
press-released-already = { $holder } hat die Anfrage schon zurückgelegt. Wer Zeit hat, kann sie übernehmen.
press-added-already = Dieses Thema ist schon dabei.
press-released = Zurückgelegt.
press-reopened = Wieder offen, und bei Ihnen.
press-added = Das Thema ist jetzt dabei.
press-not-allowed = Diese Anfrage liegt jetzt bei { $contact }.
press-taken = Übernommen.
press-moved = Weitergegeben.
press-done = Abgeschlossen.
press-not-here = Dieser Knopf gehört zu einem anderen Chat.
press-not-allowed-admin = { admin-not-allowed }

## Karte für die Ansprechperson

card-head = { $reference } · { $field }
card-why = Erkannt an: { $words }
found-words = „{ $words }“
card-chosen-by-person = Thema von der Person gewählt
card-no-field = Kein Thema erkannt
card-ask-expired = Thema nicht gewählt, deshalb bei Ihnen
card-also = Auch an: { $others }
card-deputy = In Vertretung für { $contact }
holder-in-group = { $contact } ({ $name })
card-now-with = Jetzt bei: { $contact }
emergency-title = Gefahr
card-urgent = ‼️ DRINGEND: mögliche Notlage
card-place = Ort: { $place }
card-place-corrected = Ort: { $place } (von der Person berichtigt)
card-place-none = keiner
card-language = Sprache der Nachricht: { $language }
card-language-and-bots = Sprache der Nachricht: { $language } · Bot schreibt: { $bot }
card-bot-language = Bot schreibt der Person: { $bot }
card-from = Von: { $name }
card-follows = Gehört zur früheren Anfrage: { $reference }
card-who = Wer: { $who }
card-who-corrected = Wer: { $who } (von der Person berichtigt)
card-wants = Anliegen: { $wants }
card-due = Antwort bis: { $due }
card-at-once = ⏰ Bitte sofort ansehen
card-due-soon = ⏰ Bald fällig: Antwort bis { $due }
card-overdue = ⚠️ Überfällig seit { $due }
card-state = Stand: { $state }
card-state-by = Stand: { $state } – { $holder }
card-withdrawn = Stand: von der Person zurückgezogen
card-moved-to = Stand: weitergegeben an { $contact }
card-handed-from = Weitergegeben von: { $contact }
card-added-by = Dazugeholt von: { $contact }
card-notes = 📝 Notizen: { $count }
card-reopened = ↩ Wieder offen seit: { $at }
card-not-sent = ✗ Nicht gesendet: die letzte Nachricht an die Person
card-not-sent-blocked = ✗ Nicht gesendet: Die Person hat den Bot gesperrt. Lässt sie ihn wieder zu, geht die letzte Nachricht noch hinaus.
card-person-left = ⛔ Die Person hat den Bot gesperrt. Ihre Antwort kommt erst an, wenn sie ihn wieder zulässt.
card-blocked = ⛔ Gesperrt bis { $until }: Ihre Antwort kommt an, aber was die Person schreibt, geht an niemanden.
card-moved-from = Kommt von: { $field }
card-media = (ohne Text, siehe nächste Nachricht)
card-continued = Fortsetzung { $reference }:
btn-show = Verdecktes anzeigen
shown-head = { $reference }: der ganze Text
pseudonym = Person { $number }
btn-take = Übernehmen
btn-hand = Weitergeben …
btn-more = Mehr …
btn-to-general = An { $contact }
btn-colleagues = Jemand Bestimmtes …
btn-colleague-away = { $contact } (abwesend)
btn-ask-back = Rückfrage
btn-note = Notiz
btn-close-with = Schlusswort senden
btn-add-field = Weiteres Thema
btn-release = Zurücklegen
btn-reopen = Wieder öffnen
btn-done = Erledigt
btn-back = Zurück
general-title = Allgemein
audience-citizen = Bürgerin oder Bürger
audience-volunteer = Ehrenamt
audience-business = Betrieb
audience-newcomer = neu zugewandert
audience-organisation = Verein oder Organisation
direction-offer = bietet etwas an
direction-request = braucht etwas
direction-question = hat eine Frage

## Nachrichten an die Ansprechperson

relayed = { $reference } · { $name } schreibt:
relayed-urgent = ‼️ DRINGEND · { $line }
relayed-changed = { $reference } · { $name } hat die Nachricht geändert:
relayed-changed-closed = { $reference } · { $name } hat die Nachricht geändert (bleibt abgeschlossen):
relayed-thanks = { $reference } · { $name } schreibt (bleibt abgeschlossen):
relayed-thanks-open = { $reference } · { $name } schreibt (bleibt beantwortet, Sie müssen nichts tun):
relayed-reopened = { $reference } · { $name } schreibt (war abgeschlossen, ist wieder offen):
answer-sent = ✓ Gesendet an { $name } ({ $reference }).
answer-sent-closed = ✓ Gesendet an { $name } ({ $reference }). Bleibt abgeschlossen, bis die Person wieder schreibt.
answer-sent-sign = ✓ Gesendet an { $name } ({ $reference }). Ein Sticker oder Emoji allein zählt nicht als Antwort: Die Frist läuft weiter.
answer-sent-sign-urgent = ✓ Gesendet an { $name } ({ $reference }). Ein Sticker oder Emoji allein zählt nicht als Antwort: Es ist weiter dringend.
answer-changed-sent = ✓ Geänderte Fassung gesendet an { $name } ({ $reference }).
answer-not-sent = ✗ Nicht gesendet an { $name } ({ $reference }): Telegram hat die Nachricht oder einen Teil davon nicht angenommen. Vielleicht nimmt die Person diese Art von Nachricht nicht an: Dann bitte als Text schreiben.
answer-not-sent-blocked = ✗ Nicht gesendet an { $name } ({ $reference }): Die Person hat den Bot gesperrt. Lässt sie ihn wieder zu, geht die Nachricht noch hinaus.
ask-back-ask = { $reference }: Was möchten Sie { $name } fragen? Antworten Sie auf diese Nachricht. Die Anfrage gilt damit noch nicht als beantwortet.
ask-back-ask-answered = { $reference }: Was möchten Sie { $name } fragen? Antworten Sie auf diese Nachricht.
close-with-ask = { $reference }: Was möchten Sie { $name } zum Schluss schreiben? Antworten Sie auf diese Nachricht. Ich sende es und schließe die Anfrage ab.
answer-nowhere =
    Diese Nachricht ging an niemanden.
    Zum Antworten: auf die Karte oder auf eine Nachricht der Person antworten (lange drücken oder nach links wischen, dann „Antworten“).
answer-refused = Das wurde nicht weitergegeben: Sie sind hier nicht als Ansprechperson eingetragen.
answer-withdrawn = { $reference } wurde zurückgezogen oder gelöscht. Ihre Nachricht wurde nicht gesendet.
answer-unknown = Das ging an niemanden: Die Nachricht, auf die Sie geantwortet haben, kenne ich nicht mehr. Vielleicht ist die Anfrage dazu schon gelöscht, oder die Nachricht kam doppelt an. Ist die Anfrage noch offen? Dann antworten Sie bitte auf ihre Karte: /offen führt dorthin. Eine Notiz beginnt mit //.
cannot-relay-answer = ✗ Nicht gesendet: Diese Art von Nachricht kann der Bot nicht weitergeben. Bitte als Text, Foto oder Datei schicken.
command-not-relayed = Das ist ein Befehl, deshalb ging er an niemanden. Was ich kenne, zeigt /hilfe.
reopened-by-person = { $reference } ist wieder offen: Die Person braucht noch Hilfe.
silent-contact = { $reference } wurde geschlossen: Seit Längerem hat niemand mehr geschrieben.
silent-contact-unanswered = { $reference } wurde ohne Antwort geschlossen: Seit Längerem hat niemand mehr geschrieben. Die Person wurde um Entschuldigung gebeten.
silent-contact-asked = { $reference } wurde geschlossen: Die Person hat auf Ihre Rückfrage nicht geantwortet, und seit Längerem hat niemand mehr geschrieben.
silent-contact-written-again = { $reference } wurde geschlossen: Nach der letzten Nachricht der Person hat seit Längerem niemand mehr geschrieben. Ist noch etwas offen? Auf der Karte können Sie die Anfrage wieder öffnen.
expired-contact = { $reference } war noch offen und wurde gelöscht: Nichts bleibt hier länger als { $longest }. Die Person weiß es und kann neu schreiben. Bitte löschen Sie auch, was noch in diesem Chat steht.
danger-elsewhere = ‼️ In einer Nachricht zu { $reference } stehen Worte, die auf eine Notlage hindeuten. Die Person hat die Notrufnummern bekommen. Ihre Nachricht liegt als { $urgent } bei { $contact }.
withdrawn-contact = { $reference } wurde von der Person zurückgezogen. Sie müssen nichts mehr tun.
withdrawn-contact-urgent = { $reference } wurde von der Person zurückgezogen. Bitte prüfen Sie, ob trotzdem jemand in Gefahr ist.
withdrawn-undone = { $reference } wurde doch nicht zurückgezogen und ist wieder offen.
moved-here = { $reference } wartet wieder auf Ihre Antwort. Ein Teil davon lag bisher bei: { $field }. Jetzt liegt er bei Ihnen.
reminder-take = ⏰ { $reference } wartet seit { $since }. Noch hat niemand die Anfrage übernommen.
reminder-no-answer = ⏰ { $reference } ist übernommen von { $contact }, aber noch ohne Antwort.
reminder-asked-back = ⏰ { $reference } ist übernommen von { $contact }. Die Rückfrage an die Person ist noch offen.
reminder-joined = ⏰ Sie bekommen { $reference }, weil { $contact } die Anfrage noch nicht übernommen hat. Sie wartet seit { $since }. Bitte übernehmen Sie, wenn Sie können.
reminder-joined-too = ⏰ { $reference } wartet seit { $since }. { $contact } hat die Anfrage jetzt auch.
reminder-has-too = { $contact } hat die Anfrage jetzt auch.
reminder-joined-taken = ⏰ Sie bekommen { $reference } dazu: { $contact } hat die Anfrage übernommen (seit { $since }), aber noch nicht geantwortet. Bitte sehen Sie nach, ob die Person Hilfe hat.
reminder-joined-too-taken = ⏰ { $reference } ist seit { $since } übernommen, aber noch ohne Antwort. { $contact } hat die Anfrage jetzt auch.
reminder-free-again = ⏰ { $reference } ist wieder frei: { $contact } hatte die Anfrage übernommen und ist im Moment nicht da. Bitte übernehmen Sie, wenn Sie können.
reminder-soon = ⏰ { $reference } ist bald fällig.
reminder-overdue = ⚠️ { $reference } ist überfällig.
reminder-person-told = { $name } weiß schon, dass es länger dauert.
reminder-person-asked = Ihre Rückfrage ist noch offen. { $name } wurde daran erinnert.
digest-head = Morgenübersicht für { $contact }, { $day }
digest-urgent = ‼️ DRINGEND, bitte sofort ansehen ({ $count }):
digest-overdue = ⚠️ Überfällig ({ $count }):
digest-due = ⏰ Heute oder bald fällig ({ $count }):
digest-new = Neu ({ $count }):
digest-waiting = Wartet auf eine Antwort ({ $count }):
digest-line = • { $reference } · { $field }, bis { $due }
digest-line-urgent = • { $reference } · { $field }: { $state }
digest-more = … und { $count } weitere
digest-foot = /offen führt zu den Karten.
digest-time = { $contact }: Die Morgenübersicht kommt an Arbeitstagen um { $time } Uhr, wenn etwas zu tun ist.
digest-none = { $contact }: Es kommt keine Morgenübersicht.
digest-no-time = „{ $time }“ ist keine Uhrzeit.
digest-how = Ändern: /digest 8:15 – ausschalten: /digest aus
contact-help =
    Hier kommen Anfragen als Karten an.

    • Antworten: auf die Karte oder eine Nachricht der Person antworten. ✓ heißt: bei Telegram angekommen. { $place ->
        [group] Was keine Antwort ist, geht an niemanden: Es ist Ihr Gespräch hier in der Gruppe.
       *[chat] Wer nicht antwortet, sondern einfach schreibt, wird gefragt, welche Anfrage gemeint ist.
    }
    • Übernehmen: Sie kümmern sich; die Person erfährt es.
    • Erledigt: schließt die Anfrage. Antwortet die Person, ist sie wieder offen.
    • Weitergeben: an ein anderes Thema, an eine Kollegin oder einen Kollegen.
    • Mehr: Rückfrage, Notiz, Schlusswort senden (schließt auch ab), weiteres Thema, zurücklegen, für die Akte vormerken.
    • Notiz: beginnen Sie Ihre Antwort mit // – dann sehen sie nur Kolleginnen und Kollegen.

    /offen – was auf Sie wartet
    /suche WORT – Anfragen wiederfinden
    /vorlage – eigene Textvorlagen
    /statistik – Zahlen für Ihr Thema
    /abwesend bis 12.8. – die Vertretung übernimmt; /anwesend – früher zurück
    /digest 8:15 – wann die Morgenübersicht kommt
admin-help =
    Für Administratoren:
    /admin – so steht es im Büro
    /anfrage 2026-0042 – eine Anfrage zeigen
    /abwesend NAME bis 12.8. – für andere eintragen
    /sperren 2026-0042 – jemanden sperren; /entsperren – Sperre aufheben
    /reload – die Regeln neu laden
joined =
    Willkommen! Hier kommen ab jetzt die Anfragen für { $contact } an.

    • Zum Antworten: auf die Karte antworten.
    • /hilfe zeigt, was die Knöpfe tun.
joined-elsewhere =
    Ihre Einladung ist angenommen, aber hier kommt noch nichts an: In den Regeln steht für { $contact } eine andere Adresse, und die geht vor. Anfragen kommen weiter dort an.

    Sollen sie hier ankommen? Dann sagen Sie bitte dort Bescheid, wo Sie die Einladung bekommen haben. Eine neue Einladung brauchen Sie nicht.
left-chat = { $contact } ist jetzt in einem anderen Chat. Hier kommen dafür keine Anfragen mehr an, und von hier geht nichts mehr hinaus. Ist das ein Irrtum? Dann fragen Sie bitte dort nach, wo die neue Einladung ausgegeben wurde.
left-shared-chat = { $contact } ist jetzt in einem anderen Chat. Anfragen dafür kommen dort an; was hier davon offen war, zieht mit um. Ist das ein Irrtum? Dann fragen Sie bitte dort nach, wo die neue Einladung ausgegeben wurde.
invitation-many = Das waren zu viele ungültige Einladungen. In der nächsten Stunde nehme ich hier keine mehr an.
invitation-bad = Diese Einladung gilt nicht (mehr). Bitten Sie um eine neue.
reload-good = Die Regeln sind neu geladen (Stand { $version }).
reload-faulty = Die Regeln haben Fehler, deshalb gelten die bisherigen weiter:
reload-not-allowed = Nur Administratoren dürfen die Regeln neu laden.

## Notizen und Nachrichten ohne Anfrage

answer-shown = { $reference } · { $contact } hat an { $name } geschrieben:
answer-shown-changed = { $reference } · { $contact } hat die Nachricht an { $name } geändert:
answer-shown-lost = ✗ { $reference } · { $contact } hat an { $name } geschrieben (nicht angekommen):
note-from = 📝 Notiz von { $contact } ({ $reference }):
note-changed = 📝 Geänderte Notiz von { $contact } ({ $reference }):
note-kept = 📝 Notiz zu { $reference } gespeichert. Nur Kolleginnen und Kollegen sehen sie.
note-empty = Die Notiz ist leer, deshalb ist nichts gespeichert. Schreiben Sie den Text gleich hinter //.
note-ask = 📝 { $reference }: Was möchten Sie notieren? Antworten Sie auf diese Nachricht. Nur Kolleginnen und Kollegen sehen es.
edit-not-relayed = Die Änderung wurde nicht weitergegeben; die Person hat weiter die frühere Fassung. Für eine Notiz antworten Sie mit // auf die Karte.
desk-which = { $count ->
        [one] An wen soll ich das senden? Ein Tipp, und die Person bekommt es. Bisher ging es an niemanden.
       *[other] An wen soll ich diese { $count } Nachrichten senden? Ein Tipp, und die Person bekommt alle. Bisher gingen sie an niemanden.
    }
desk-which-note = { $count ->
        [one] Zu welcher Anfrage gehört diese Notiz? Nur Kolleginnen und Kollegen sehen sie.
       *[other] Zu welcher Anfrage gehören diese { $count } Notizen? Nur Kolleginnen und Kollegen sehen sie.
    }
desk-which-mixed = An wen soll ich diese { $count } Nachrichten senden? Ein Tipp, und die Person bekommt, was nicht mit // beginnt. Notizen (//) sehen nur Kolleginnen und Kollegen. Bisher ist nichts davon gesendet.
desk-which-many = Nicht dabei? Antworten Sie auf die Karte der Anfrage.
desk-which-media = (Foto, Datei oder Sprachnachricht)
desk-which-below = Siehe die nächste Frage.
desk-which-twice = Diese Frage kam doppelt an. Sie ist beantwortet.
desk-which-chosen = Geht an { $name } ({ $reference }).
desk-which-noted = Notiz zu { $reference } ({ $name }).
desk-which-dropped = Das ging an niemanden.
desk-which-expired = { $count ->
        [one] Diese Nachricht ging an niemanden: Sie haben 24 Stunden lang keine Anfrage gewählt. Wenn sie noch gebraucht wird, antworten Sie damit bitte auf die Karte.
       *[other] { $count } Nachrichten ab dieser gingen an niemanden: Sie haben 24 Stunden lang keine Anfrage gewählt. Wenn sie noch gebraucht werden, antworten Sie damit bitte auf die Karte.
    }
btn-desk-which = { $reference } · { $name } · { $field }
btn-desk-nobody = An niemanden

## Textvorlagen

snippet-how =
    So speichern Sie eine Vorlage:
    /vorlage Titel
    und in der nächsten Zeile der Text.

    In einer anderen Sprache: /vorlage en Titel. Auch als Antwort auf eine eigene Nachricht. Entfernen: /vorlage löschen Titel.
    Für Vorname und Nummer der Anfrage schreiben Sie {"{name}"} und {"{referenz}"}. Der Titel darf höchstens 30 Zeichen lang sein.
snippet-none = Sie haben noch keine Vorlagen.
snippet-head = Ihre Vorlagen – zum Ansehen oder Löschen antippen:
snippet-line = { $title } ({ $languages })
snippet-kept = Vorlage „{ $title }“ gespeichert ({ $language }). Sie finden sie unter den Karten bei „Vorlagen“.
snippet-removed = Vorlage „{ $title }“ gelöscht.
snippet-no-text = Nicht gespeichert: Es fehlt der Text für „{ $title }“. Schreiben Sie ihn in die Zeile unter dem Titel, oder antworten Sie mit dem Befehl auf eine eigene Nachricht.
snippet-language = { $language } ({ $code })
snippet-no-language = Nicht gespeichert: „{ $code }“ ist keine Sprache, die ich hier kenne. Es gibt: { $languages }. Gehört es zum Titel, schreiben Sie es groß.
snippet-no-place = Nicht gespeichert, denn das würde so bei der Person ankommen: { $places }. Einsetzen kann ich nur {"{name}"} und {"{referenz}"}.
snippet-unknown = Eine Vorlage „{ $title }“ gibt es nicht.
snippet-too-many = Mehr als { $count } Vorlagen passen nicht unter eine Karte. Bitte löschen Sie zuerst eine.
btn-snippets = Vorlagen
btn-snippet-remove = Löschen
press-snippet-removed = Vorlage gelöscht.
press-snippet-sent-already = Diese Vorlage ist schon gesendet.

## Listen und Zahlen für die Ansprechperson

open-none = Gerade wartet nichts auf Sie.
open-head = { $count ->
        [one] Eine offene Anfrage
       *[other] { $count } offene Anfragen
    }{ $overdue ->
        [0] { "" }
        [one] , davon eine überfällig
       *[other] , davon { $overdue } überfällig
    }:
list-line = { $reference } · { $field } · { $name }
list-line-asked = { $reference } · { $name }
list-asked = noch kein Thema gewählt
list-held = { $state } ({ $holder })
list-due = Antwort bis { $due }
list-overdue = ⚠️ überfällig seit { $due }
list-ended = { $state } am { $at }
list-blocked = ⛔ gesperrt bis { $until }
list-person-left = ⛔ hat den Bot gesperrt
btn-goto = ↑ { $reference }
btn-goto-field = ↑ { $reference } · { $field }
btn-page-before = ‹ Frühere
btn-page-after = Weitere ›
press-card-elsewhere = Die Karte liegt bei { $contact }.
card-is-here = ↑ { $reference } ist diese Karte.
deleted-notice = Hier stand ein Hinweis zu einer Anfrage, die inzwischen gelöscht ist.
deleted-list = Diese Liste gilt nicht mehr, weil eine Anfrage gelöscht wurde. /offen zeigt, was auf Sie wartet.
search-how = Schreiben Sie dahinter, was Sie suchen, zum Beispiel: /suche Einliegerwohnung, /suche Maria oder /suche 2026-0042.
search-none = Dazu finde ich keine Anfrage.
search-head = { $count ->
        [one] Eine Anfrage gefunden:
       *[other] { $count } Anfragen gefunden, die neueste zuerst:
    }
search-more = Es gibt mehr. Nehmen Sie ein Wort dazu.
stats-head = Die letzten 30 Tage
stats-none = Zahlen gibt es je Thema, und Sie sind gerade für kein Thema eingetragen.
stats-open = Jetzt offen: { $count }
stats-new = Neu: { $count }
stats-closed = Abgeschlossen: { $count }
stats-median = Bis zur ersten Antwort: { $span } (Median)
stats-in-time = Rechtzeitig beantwortet: etwa { $percent } %
stats-helped = Wurde geholfen? Ja: { $yes }, teilweise: { $partly }, nein: { $no }
stats-from = Von: { $groups }
stats-wants = Anliegen: { $groups }
stats-group = { $group } ({ $count })
stats-others = andere oder unbekannt
stats-zero = keine
stats-few = weniger als { $smallest }
stats-minutes = { $count ->
        [one] eine Minute Arbeitszeit
       *[other] { $count } Minuten Arbeitszeit
    }
stats-hours = { $count ->
        [one] eine Stunde Arbeitszeit
       *[other] { $count } Stunden Arbeitszeit
    }

## Abwesenheit und Verwaltung

absence-how =
    Abwesenheit eintragen: /abwesend bis 12.8., /abwesend bis Freitag, /abwesend am 12.8. oder /abwesend vom 1.8. bis 12.8.
    Früher zurück: /anwesend
absence-unread = „{ $written }“: Das habe ich nicht verstanden.
absence-no-such-day = „{ $written }“: So einen Tag gibt es nicht.
absence-past = „{ $written }“: Das ist schon vorbei. Meinen Sie ein anderes Jahr? Dann schreiben Sie es dazu, zum Beispiel: bis 3.1.2027.
absence-no-end = „{ $written }“: Bis wann? Schreiben Sie den letzten Tag dazu, zum Beispiel: vom 1.8. bis 12.8.
absence-ends-before = „{ $written }“: Das Ende liegt vor dem Anfang. Meinen Sie ein anderes Jahr? Dann schreiben Sie es dazu, zum Beispiel: bis 3.1.2027.
absence-too-far = „{ $written }“: Das ist zu weit weg. Bis zum letzten Tag dürfen es höchstens { $count } Tage sein.
absence-day = am { $first }
absence-days = von { $first } bis einschließlich { $last }
absence-line = { $contact }: abwesend { $span }
absence-begun = { $contact } ist bis einschließlich { $last } abwesend. { $deputy } bekommt ab jetzt alles: Neues, Offenes und Antworten. Danach kommt es von selbst zurück.
absence-begun-nobody = { $contact } ist bis einschließlich { $last } abwesend. Es ist aber niemand da, der vertreten kann. Deshalb kommt weiter alles wie bisher an.
absence-planned = Eingetragen: { $contact } ist { $span } abwesend. Bis dahin bleibt alles, wie es ist.
absence-stand-in = Sie vertreten bis einschließlich { $last }: { $contact }. Offene Anfragen kommen jetzt als Karten zu Ihnen.
absence-set-for-you = { $contact } ist { $span } als abwesend eingetragen. Stimmt das nicht? /anwesend
absence-over = { $count ->
        [0] Willkommen zurück! Neue Anfragen kommen ab jetzt wieder zu Ihnen.
        [one] Willkommen zurück! Eine offene Anfrage ist wieder bei Ihnen.
       *[other] Willkommen zurück! { $count } offene Anfragen sind wieder bei Ihnen.
    }
absence-ended = { $contact } ist wieder da. Was offen ist, kommt zurück.
absence-ended-for-you = { $contact } ist nicht mehr als abwesend eingetragen. Stimmt das nicht? Dann tragen Sie es mit /abwesend wieder ein.
absence-stand-in-over = { $contact } ist wieder da. Sie vertreten nicht mehr. Was noch offen ist, bekommt { $contact } zurück.
absence-called-off = { $contact } ist doch nicht abwesend. Eingetragen war: { $span }. Es bleibt alles, wie es ist.
absence-none = Für { $contact } ist keine Abwesenheit eingetragen.
absence-whose = Wer ist abwesend? Schreiben Sie den Namen davor, zum Beispiel: /abwesend { $example } bis 12.8. Hier gibt es: { $contacts }
presence-whose = Wer ist wieder da? Schreiben Sie den Namen dahinter, zum Beispiel: /anwesend { $example }. Hier gibt es: { $contacts }
absence-unknown = „{ $name }“ kenne ich nicht. Ich kenne: { $contacts }
absence-not-allowed = Für andere dürfen das nur Administratoren eintragen.
admin-head = So steht es im Büro:
admin-urgent = noch nicht beantwortet: { $count } – { $references }
admin-open = Offene Anfragen: { $count }
admin-untaken = Davon noch nicht übernommen: { $count }
admin-overdue = Überfällig: { $count }
admin-overdue-named = Überfällig: { $count } – { $references }
admin-parked = Nicht bearbeitet oder nicht gesendet: { $count } (die Technik sieht nach: python -m bot parked)
admin-missed = Nachrichten an Personen, die den Bot gesperrt haben: { $count }
admin-unreachable = Nicht erreichbar: { $contact }
admin-away = Abwesend: { $contact }, { $span }
admin-rules = Regeln: Stand { $version }
admin-commands = /anfrage 2026-0042 zeigt eine Anfrage · /abwesend NAME bis 12.8. · /sperren 2026-0042 und /entsperren 2026-0042 · /reload lädt die Regeln neu
admin-not-allowed = Das dürfen nur Administratoren.
admin-no-such-inquiry = Eine Anfrage { $reference } gibt es nicht. So wird es geschrieben: /anfrage 2026-0042
admin-inquiry-how = Welche Anfrage? Schreiben Sie die Nummer dahinter, zum Beispiel: /anfrage 2026-0042
admin-inquiry = { $reference }: { $state }
admin-asked = { $reference }: Die Person wurde nach dem Thema gefragt und hat noch keines gewählt. Wartezeit bis { $due }, danach geht die Anfrage an { $contact }. Sie können auch gleich hier ein Thema wählen.
admin-moved = { $contact } ist mit einer neuen Einladung in einen anderen Chat umgezogen. Offene Anfragen ziehen mit um, der bisherige Chat bekommt nichts mehr.
admin-joined-elsewhere =
    { $contact } hat eine Einladung angenommen, aber in den Regeln steht eine andere Adresse. Die geht vor: Anfragen kommen weiter dort an.

    Soll der neue Chat gelten? Dann gehört in die Regeln unter „contacts:“, „{ $key }:“ die Zeile „telegram: null“. Danach bitte die Regeln neu laden (/reload); eine neue Einladung braucht es nicht.
admin-lost = ⚠️ { $contact } ist nicht erreichbar (Bot gesperrt, Gruppe verlassen oder Chat nie geöffnet). { $deputy } vertritt; übergebene Anfragen: { $count }. Bitten Sie die Technik um eine neue Einladung (python -m bot invite { $key }).
admin-lost-nobody = ‼️ { $contact } ist nicht erreichbar, und niemand kann vertreten. Bitten Sie die Technik um eine neue Einladung (python -m bot invite { $key }).
admin-topic-closed = ⚠️ In der Telegram-Gruppe ist der Bereich von { $contact } geschlossen (Telegram nennt ihn „Thema“). Der Bot kann dort nicht schreiben. Karten und Nachrichten kommen so lange in die Gruppe selbst. Öffnen Sie den Bereich wieder, dann kommen sie wieder dort an.
admin-topic-gone = ⚠️ In der Telegram-Gruppe wurde der Bereich von { $contact } gelöscht (Telegram nennt ihn „Thema“). Karten und Nachrichten kommen jetzt in die Gruppe selbst; offene Anfragen, die neu gesendet werden: { $count }.

## Sperren

btn-block = Sperren …
btn-block-for = Sperren: { $count ->
        [one] ein Tag
       *[other] { $count } Tage
    }
block-done = Gesperrt bis { $until }: die Person hinter { $reference }. Sie erfährt es spätestens, wenn sie wieder schreibt. Aufheben: /entsperren { $reference }
block-staff = Das geht nicht: Hinter dieser Anfrage steht eine Ansprechperson.
block-unknown = Eine Anfrage { $name } gibt es nicht, oder sie ist schon gelöscht.
block-none-such = Zu { $name } gibt es keine Sperre.
unblock-done = Die Sperre { $name } ist aufgehoben.
block-list = Gesperrt:
block-list-none = Zurzeit ist niemand gesperrt.
block-line = • { $name }, bis { $until } ({ $contact })
block-how = So geht es: /sperren 2026-0042 oder /sperren 2026-0042 7 Tage. Aufheben: /entsperren 2026-0042
surge = 🔕 { $count ->
        [one] Eine Nachricht kam ohne Ton, weil gerade viel los ist.
       *[other] { $count } Nachrichten kamen ohne Ton, weil gerade viel los ist.
    } /offen zeigt, was auf Sie wartet.
group-left = Diese Gruppe gehört zu keiner Ansprechperson. Deshalb verlasse ich sie. Für eine Gruppe des Amtes: bitte mit einem Einladungslink hinzufügen.

## Amtliche Akte

btn-for-file = 📁 Für die Akte
btn-not-for-file = 📁 Doch nicht für die Akte
card-for-file = 📁 Für die Akte vorgemerkt, noch nicht übernommen
card-filed = 📁 In die Akte übernommen: { $at }
press-for-file = Für die Akte vorgemerkt. Die Technik gibt sie dafür aus.
press-not-for-file = Nicht mehr für die Akte vorgemerkt.
digest-to-file = 📁 Bald gelöscht und noch nicht in der Akte ({ $count }):
digest-file-line = • { $reference }, wird gelöscht am { $day }. Bitte lassen Sie sie von der Technik für die Akte ausgeben.
admin-to-file = Für die Akte, noch nicht übernommen: { $count } – { $references } (die Technik gibt sie aus: python -m bot export NUMMER --file)
file-page-title = Anfrage { $reference }
file-page-office = Stelle
file-page-made = Ausgegeben
file-page-checks = Prüfsumme
file-page-checks-text = Dieselben Angaben stehen in der Datei { $name }. Ihre Prüfsumme (SHA-256) ist:

## Protokoll

event-inquiry-opened = Eingegangen
event-inquiry-asked = Nach dem Thema gefragt
event-inquiry-chosen = Thema gewählt
event-inquiry-assigned = Zugeordnet
event-inquiry-taken = Übernommen
event-inquiry-answered = Beantwortet
event-inquiry-gestured = Sticker oder Emoji gesendet
event-inquiry-followed_up = Nachricht der Person
event-inquiry-looked_up = Angesehen
event-inquiry-shown = Verdecktes angezeigt
event-inquiry-noted = Notiz
event-inquiry-thanked = Dank der Person
event-inquiry-rated = Rückmeldung der Person
event-inquiry-edited = Nachricht geändert
event-inquiry-corrected = Von der Person berichtigt
event-inquiry-left = Von der Person so gelassen
event-inquiry-rethought = Thema neu geprüft
event-inquiry-handed_over = An die Vertretung gegeben
event-answer-refused = Antwort nicht weitergegeben
event-press-refused = Knopf nicht angenommen
event-inquiry-moved = Anderem Thema gegeben
event-inquiry-released = Zurückgelegt
event-inquiry-handed = An jemand Bestimmtes gegeben
event-inquiry-added = Weiteres Thema dazugeholt
event-inquiry-asked_back = Rückfrage
event-inquiry-asked_again = Person an die Rückfrage erinnert
event-inquiry-closed = Abgeschlossen
event-inquiry-part_closed = Teil abgeschlossen
event-inquiry-reopened = Wieder geöffnet
event-inquiry-withdrawn = Zurückgezogen
event-inquiry-for_file = Merkzeichen „Für die Akte“ geändert
event-inquiry-filed = In die Akte übernommen
event-inquiry-silent = Nach langer Stille geschlossen
event-inquiry-timed_out = Frist für die Themenwahl abgelaufen
event-inquiry-reminded = Erinnert
event-inquiry-escalated = Weitere Stelle dazugeholt
event-inquiry-overdue = Frist überschritten
event-inquiry-slipped = Person erfährt, dass es länger dauert
event-delivery-parked = Nachricht konnte nicht gesendet werden
event-person-blocked = Person gesperrt
event-person-unblocked = Sperre aufgehoben
event-person-left = Person hat den Bot gesperrt oder Telegram verlassen
event-person-back = Person ist wieder erreichbar
event-contact-unreachable = Ansprechperson nicht erreichbar

## Wörter

moment = { $day }, { $time } Uhr
