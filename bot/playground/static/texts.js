/** Every string the page shows, in every language it speaks; a missing key falls back to German. */

const de = {
  product: "Anfragelotse",
  pageTitle: "Anfragelotse – zum Ausprobieren",
  tagline: "Probieren Sie aus, wie eine Anfrage ihren Weg findet. Alles bleibt auf diesem Rechner.",
  botOnline: "Bot ist bereit",
  botStarting: "Bot startet …",
  botOffline: "Bot ist nicht verbunden",
  connectionLost: "Verbindung unterbrochen – sie wird von selbst wieder aufgenommen. Ihre Eingaben bleiben erhalten.",
  noConnection: "Der Rechner-Dienst antwortet nicht. Bitte versuchen Sie es gleich noch einmal.",
  refused: "Das hat nicht geklappt.",
  failed: (status) => `Fehler ${status}`,
  loading: "Die Spielwiese wird geladen …",
  chooseLanguage: "Sprache der Seite",
  restart: "Neu beginnen",
  restartTitle: "Neu beginnen?",
  restartText: "Alle Nachrichten und Anfragen auf dieser Spielwiese werden gelöscht. Das lässt sich nicht rückgängig machen.",
  restartYes: "Alles löschen und neu beginnen",
  restarting: "Wird geleert …",
  restarted: "Alles ist leer. Sie können von vorn beginnen.",
  cancel: "Abbrechen",
  ok: "Verstanden",
  close: "Schließen",
  keys: "Tastatur",
  keysTitle: "Mit der Tastatur",
  keysList: [
    ["Enter", "Nachricht senden"],
    ["Umschalt + Enter", "Neue Zeile"],
    ["/", "Befehle des Bots anzeigen (im leeren Feld)"],
    ["Pfeil hoch", "Eigene letzte Nachricht ändern (im leeren Feld)"],
    ["Umschalt + Tab", "Vom Schreibfeld zu den Nachrichten"],
    ["Pfeil hoch / runter", "Von Nachricht zu Nachricht"],
    ["R", "Auf die gewählte Nachricht antworten"],
    ["E", "Die gewählte eigene Nachricht ändern"],
    ["Esc", "Antworten oder Ändern abbrechen, Menü schließen"],
  ],
  sections: "Bereiche",
  inquirers: "Wer anfragt",
  contacts: "Wer antwortet",
  log: "Was der Bot verstanden hat",
  inquirersShort: "Anfragen",
  contactsShort: "Antworten",
  logShort: "Zuordnung",
  skipTo: (section) => `Zum Bereich „${section}“`,
  unread: (count) => (count === 1 ? "1 neue Nachricht" : `${count} neue Nachrichten`),
  arrived: (name) => `Neue Nachricht bei ${name}`,
  phoneOf: (name) => `Gespräch von ${name}`,
  messagesOf: (name) => `Nachrichten von ${name}`,
  chats: (name) => `Chats von ${name}`,
  privateChat: "Bot",
  phoneMenu: (name) => `Mehr zu ${name}`,
  block: "Bot blockieren",
  unblock: "Blockierung aufheben",
  blocked: (name) => `${name} hat den Bot blockiert.`,
  unblocked: (name) => `${name} ist für den Bot wieder erreichbar.`,
  blockedNote: "Hat den Bot blockiert",
  tryOne: "Zum Ausprobieren antippen",
  orWrite: "oder unten selbst schreiben",
  emptyInquirer: "Noch keine Nachricht. Schreiben Sie unten, was Sie bewegt.",
  emptyContact: "Noch nichts angekommen. Anfragen zu diesem Feld erscheinen hier von selbst.",
  you: "Sie",
  botName: "Bot",
  write: "Nachricht",
  writeAs: (name) => `Nachricht von ${name} schreiben`,
  send: "Senden",
  saveEdit: "Änderung speichern",
  attach: "Anhängen",
  photo: "Foto",
  document: "Datei",
  sticker: "Sticker",
  voice: "Sprachnachricht",
  location: "Standort",
  contact: "Kontaktkarte",
  video: "Video",
  other: "Anderer Inhalt",
  withSample: "Mit Beispielinhalt",
  samples: "Beispielnachrichten",
  commands: "Befehle",
  noCommands: "Der Bot hat noch keine Befehle gemeldet.",
  reply: "Antworten",
  edit: "Ändern",
  replyingTo: (name) => `Antwort an ${name}`,
  editing: "Nachricht ändern",
  stopReply: "Antwort abbrechen",
  stopEdit: "Ändern abbrechen",
  edited: "bearbeitet",
  quoted: "Zur zitierten Nachricht",
  quoteGone: "Nachricht nicht mehr da",
  newBelow: "Neue Nachrichten",
  photoOf: (name) => `Foto von ${name}`,
  photoOwn: "Ihr Foto",
  today: "Heute",
  opensOutside: "öffnet eine andere Seite",
  logEmptyTitle: "Noch keine Anfrage",
  logEmpty: "Sobald jemand schreibt, steht hier, welches Feld der Bot erkannt hat, welches Wort den Ausschlag gab und wer die Anfrage bekommt.",
  logEmptySteps: ["Links schreibt jemand eine Nachricht.", "Hier sehen Sie, was der Bot verstanden hat.", "Rechts kommt sie bei der zuständigen Stelle an."],
  outcome: { route: "zugeordnet", ask: "fragt nach", none: "kein Feld erkannt" },
  outcomeAsk: "Der Bot ist sich nicht sicher und fragt nach.",
  urgent: "‼️ Dringend: mögliche Notlage",
  outcomeNone: "Kein Feld erkannt. Der Bot bietet alle Felder an.",
  lead: "federführend",
  second: "beteiligt",
  score: (value) => `${value} von 100`,
  because: "Ausschlaggebend",
  noWords: "Kein Stichwort gefunden.",
  keyword: "Stichwort",
  how: {
    exact: "genau so",
    stem: "gleicher Wortstamm",
    compound: "Teil des Wortes",
    fuzzy: "trotz Tippfehler",
    phrase: "Wendung",
    pattern: "Wendung",
    choice: "selbst gewählt",
  },
  runnerUp: "Knapp dahinter",
  audience: "Wer schreibt",
  direction: "Anliegen",
  place: "Ort",
  language: "Sprache",
  audiences: {
    citizen: "Bürgerin oder Bürger", volunteer: "Ehrenamt", business: "Betrieb", newcomer: "neu zugewandert",
    organisation: "Verein oder Organisation", organization: "Verein oder Organisation",
  },
  directions: { offer: "bietet etwas an", request: "braucht etwas", question: "hat eine Frage" },
  rulesVersion: (version) => `Regelstand ${version}`,
  journal: "Verlauf",
  openContact: (name) => `Gespräch von ${name} öffnen`,
  opened: (when) => `eingegangen ${when}`,
};

const en = {
  product: "Anfragelotse",
  pageTitle: "Anfragelotse – try it out",
  tagline: "Try out how an inquiry finds its way. Everything stays on this computer.",
  botOnline: "Bot is ready",
  botStarting: "Bot is starting …",
  botOffline: "Bot is not connected",
  connectionLost: "Connection lost – it will come back by itself. What you typed is kept.",
  noConnection: "The local service does not answer. Please try again in a moment.",
  refused: "That did not work.",
  failed: (status) => `Error ${status}`,
  loading: "Loading the playground …",
  chooseLanguage: "Language of this page",
  restart: "Start afresh",
  restartTitle: "Start afresh?",
  restartText: "All messages and inquiries in this playground will be deleted. This cannot be undone.",
  restartYes: "Delete everything and start afresh",
  restarting: "Clearing …",
  restarted: "Everything is empty. You can start from the beginning.",
  cancel: "Cancel",
  ok: "Got it",
  close: "Close",
  keys: "Keyboard",
  keysTitle: "With the keyboard",
  keysList: [
    ["Enter", "Send the message"],
    ["Shift + Enter", "New line"],
    ["/", "Show the bot's commands (in the empty field)"],
    ["Arrow up", "Change your last message (in the empty field)"],
    ["Shift + Tab", "From the text field to the messages"],
    ["Arrow up / down", "From message to message"],
    ["R", "Reply to the selected message"],
    ["E", "Change the selected message of your own"],
    ["Esc", "Cancel replying or changing, close a menu"],
  ],
  sections: "Sections",
  inquirers: "Who asks",
  contacts: "Who answers",
  log: "What the bot understood",
  inquirersShort: "Ask",
  contactsShort: "Answer",
  logShort: "Understood",
  skipTo: (section) => `Skip to “${section}”`,
  unread: (count) => (count === 1 ? "1 new message" : `${count} new messages`),
  arrived: (name) => `New message for ${name}`,
  phoneOf: (name) => `Conversation of ${name}`,
  messagesOf: (name) => `Messages of ${name}`,
  chats: (name) => `Chats of ${name}`,
  privateChat: "Bot",
  phoneMenu: (name) => `More about ${name}`,
  block: "Block the bot",
  unblock: "Unblock the bot",
  blocked: (name) => `${name} has blocked the bot.`,
  unblocked: (name) => `The bot can reach ${name} again.`,
  blockedNote: "Has blocked the bot",
  tryOne: "Tap one to try",
  orWrite: "or write your own below",
  emptyInquirer: "No message yet. Write below what is on your mind.",
  emptyContact: "Nothing has arrived yet. Inquiries for this field appear here by themselves.",
  you: "You",
  botName: "Bot",
  write: "Message",
  writeAs: (name) => `Write a message as ${name}`,
  send: "Send",
  saveEdit: "Save the change",
  attach: "Attach",
  photo: "Photo",
  document: "File",
  sticker: "Sticker",
  voice: "Voice message",
  location: "Location",
  contact: "Contact card",
  video: "Video",
  other: "Other content",
  withSample: "With sample content",
  samples: "Sample messages",
  commands: "Commands",
  noCommands: "The bot has not announced any commands yet.",
  reply: "Reply",
  edit: "Change",
  replyingTo: (name) => `Reply to ${name}`,
  editing: "Change message",
  stopReply: "Cancel the reply",
  stopEdit: "Cancel the change",
  edited: "edited",
  quoted: "Go to the quoted message",
  quoteGone: "Message no longer there",
  newBelow: "New messages",
  photoOf: (name) => `Photo from ${name}`,
  photoOwn: "Your photo",
  today: "Today",
  opensOutside: "opens another page",
  logEmptyTitle: "No inquiry yet",
  logEmpty: "As soon as somebody writes, you see here which field the bot recognised, which word decided, and who receives the inquiry.",
  logEmptySteps: ["Somebody writes a message on the left.", "Here you see what the bot understood.", "It arrives at the right desk, on the right."],
  outcome: { route: "routed", ask: "asks back", none: "no field found" },
  outcomeAsk: "The bot is not sure and asks.",
  urgent: "‼️ Urgent: possible emergency",
  outcomeNone: "No field found. The bot offers all of them.",
  lead: "in the lead",
  second: "takes part",
  score: (value) => `${value} of 100`,
  because: "What decided",
  noWords: "No keyword found.",
  keyword: "keyword",
  how: {
    exact: "exactly",
    stem: "same word stem",
    compound: "part of the word",
    fuzzy: "despite a typo",
    phrase: "phrase",
    pattern: "phrase",
    choice: "chosen by hand",
  },
  runnerUp: "Close behind",
  audience: "Who writes",
  direction: "Concern",
  place: "Place",
  language: "Language",
  audiences: {
    citizen: "citizen", volunteer: "volunteer", business: "business", newcomer: "newcomer",
    organisation: "organisation", organization: "organisation",
  },
  directions: { offer: "offers something", request: "needs something", question: "has a question" },
  rulesVersion: (version) => `Rules ${version}`,
  journal: "History",
  openContact: (name) => `Open the conversation of ${name}`,
  opened: (when) => `received ${when}`,
};

/** Language code → name in that language, in the order the switch shows them. */
export const LANGUAGES = { de: "Deutsch", en: "English" };

export const catalogues = { de, en };
let current = "de";

/** The language to begin with: the remembered one, else the browser's if we speak it, else German. */
export function firstLanguage(remembered) {
  const browser = (navigator.language || "").slice(0, 2).toLowerCase();
  return [remembered, browser].find((code) => code in catalogues) ?? "de";
}

export function setLanguage(code) {
  current = code in catalogues ? code : "de";
  document.documentElement.lang = current;
  document.title = t("pageTitle");
}

export function language() {
  return current;
}

/** The text under a key; function texts are called with the rest of the arguments. */
export function t(key, ...values) {
  const entry = catalogues[current][key] ?? de[key] ?? key;
  return typeof entry === "function" ? entry(...values) : entry;
}

/** A code's label out of a table of texts (`how`, `audiences` …); an unknown code is shown as it is. */
export function label(table, code) {
  return t(table)[code] ?? code;
}

/** "uk" → "Ukrainisch"; what is no code, or one the browser does not know, is shown as it is. */
export function languageName(code) {
  if (!/^[a-z]{2,3}$/.test(code)) return code;
  try {
    return new Intl.DisplayNames([current], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

export function clockTime(seconds) {
  return new Intl.DateTimeFormat(current, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(seconds * 1000);
}

/** "Heute", or the date, for the line between two days' messages. */
export function dayName(seconds) {
  const day = new Date(seconds * 1000);
  if (day.toDateString() === new Date().toDateString()) return t("today");
  return new Intl.DateTimeFormat(current, { weekday: "long", day: "numeric", month: "long" }).format(day);
}
