/** Who is who: short names for narrow places, a colour each, and what is news to them. */

const TONES = 6;

/** The people of a state, and what the page calls and colours them; made anew when the people change. */
export class Cast {
  constructor({ people, bot }) {
    this.people = people;
    this.bot = bot;
    this.shortNames = new Map(["inquirer", "contact"].flatMap((role) => shortNames(people.filter((person) => person.role === role))));
  }

  find(id) {
    return this.people.find((person) => person.id === id);
  }

  /** The contact the log calls by this name, or null. */
  contactNamed(name) {
    return this.people.find((person) => person.role === "contact" && [person.name, person.caption].includes(name)) ?? null;
  }

  /** The class of somebody's colour: the same for a tab, an avatar and the panel. */
  toneOf(id) {
    const person = this.find(id);
    if (!person) return "tone-bot";
    const peers = this.people.filter((other) => other.role === person.role);
    return `tone-${person.role}-${peers.indexOf(person) % TONES}`;
  }
}

/**
 * What somebody received in a chat after the message with the id `known`. The welcome that answers an opened invitation
 * ("/start 3f9c…") is no news: whoever opens one expects it.
 */
export function newsIn(chat, personId, known) {
  return chat.messages.filter((message, at) => {
    const before = chat.messages[at - 1];
    const isWelcome = before?.from === personId && /^\/start \S/.test(before.text ?? "");
    return message.id > known && message.from !== personId && !message.deleted && !isWelcome;
  });
}

/** Pairs of id and name. A first word that several people share ("Kontakt Wohnen", "Kontakt Arbeit") says nothing and is left out. */
function shortNames(people) {
  const words = people.map((person) => person.name.split(" "));
  const isShared = (word) => words.filter(([first]) => first === word).length > 1;
  return people.map((person, at) => {
    const [first, ...rest] = words[at];
    return [person.id, rest.length && isShared(first) ? rest.join(" ") : person.name];
  });
}
