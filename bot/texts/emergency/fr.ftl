### Notrufnummern für Menschen, die auf Französisch von Gefahr schreiben. Nummern und Zeiten wie in ../de.ftl.

emergency =
    Si quelqu’un est en danger, appelez tout de suite :
    112 – secours médicaux et pompiers
    110 – police

    Pour parler, gratuitement et sans donner votre nom :
    116 016 – ligne d’aide pour les femmes victimes de violences (jour et nuit, en de nombreuses langues)
    0800 1110111 – ligne d’écoute Telefonseelsorge (jour et nuit)
    116 111 – pour les enfants et les jeunes (du lundi au samedi, de 14 h à 20 h)

    N’attendez pas notre réponse.
danger-numbers = En cas de danger, appelez le 112 (secours médicaux, pompiers) ou le 110 (police).
danger-untaken = Personne au bureau ne s’est encore chargé de votre message. N’attendez pas notre réponse.
