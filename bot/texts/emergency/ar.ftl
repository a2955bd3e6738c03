### Notrufnummern für Menschen, die auf Arabisch von Gefahr schreiben. Nummern und Zeiten wie in ../de.ftl.
### Zwischen den Teilen einer Nummer steht ein geschütztes Leerzeichen: An einem gewöhnlichen würden sie von rechts nach
### links vertauscht.

emergency =
    إذا كان أحد في خطر، يرجى الاتصال الآن:
    112 – الإسعاف والإطفاء
    110 – الشرطة

    للتحدث مجانًا ودون ذكر الاسم:
    116{ "\u00A0" }016 – خط مساعدة للنساء اللواتي يتعرضن للعنف (ليلًا ونهارًا، بلغات كثيرة)
    0800{ "\u00A0" }1110111 – خط الدعم النفسي Telefonseelsorge (ليلًا ونهارًا)
    116{ "\u00A0" }111 – للأطفال والمراهقين (من الاثنين إلى السبت، من الساعة 14 إلى الساعة 20)

    لا تنتظروا ردًا منا.
danger-numbers = عند الخطر يرجى الاتصال: 112 (الإسعاف والإطفاء) أو 110 (الشرطة).
danger-untaken = لم يتولَّ أحد في المكتب رسالتكم بعد. لا تنتظروا ردًا منا.
