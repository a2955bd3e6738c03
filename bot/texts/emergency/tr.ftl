### Notrufnummern für Menschen, die auf Türkisch von Gefahr schreiben. Nummern und Zeiten wie in ../de.ftl.

emergency =
    Birisi tehlikedeyse lütfen hemen arayın:
    112 – ambulans ve itfaiye
    110 – polis

    Konuşmak için, ücretsiz ve isim vermeden:
    116 016 – kadınlara yönelik şiddete karşı yardım hattı (gece gündüz, birçok dilde)
    0800 1110111 – telefonla manevi destek hattı Telefonseelsorge (gece gündüz)
    116 111 – çocuklar ve gençler için (pazartesiden cumartesiye, saat 14 ile 20 arası)

    Bizden cevap beklemeyin.
danger-numbers = Tehlike varsa lütfen arayın: 112 (ambulans, itfaiye) veya 110 (polis).
danger-untaken = Ofiste henüz kimse mesajınızı üstlenmedi. Bizden cevap beklemeyin.
