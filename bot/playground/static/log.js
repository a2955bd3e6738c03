/** The panel that shows, inquiry by inquiry, what the bot understood and why. */

import { el, flowArrow, icon } from "./dom.js";
import { recall, remember } from "./memory.js";
import { label, languageName, t } from "./texts.js";

const FRESH_MS = 4500;

export class LogPane {
  /** `world` gives `cast` and `openPerson(id)`. */
  constructor(world) {
    this.world = world;
    this.list = el("div", { class: "entries", tabindex: "-1" });
    this.node = el("section", { class: "pane log", id: "log", "aria-label": t("log"), tabindex: "-1" },
      el("h2", { class: "pane-title" }, el("span", { text: t("log") }), flowArrow()), this.list);
    this.freshSince = null; // reference → when it was first seen; null until the first entries came
    this.folded = new Map(Object.entries(recall("folded", {})));
    this.list.append(emptyLog());
  }

  show(entries) {
    const look = JSON.stringify(entries);
    if (this.look === look) return;
    this.look = look;
    const focused = document.activeElement?.closest?.(".entry")?.dataset.reference;
    const control = focused && document.activeElement.className;
    const scroll = this.list.scrollTop;
    this.list.replaceChildren(...(entries.length ? entries.map((entry, at) => this.#entry(entry, at === 0)) : [emptyLog()]));
    this.list.scrollTop = scroll;
    if (focused) this.list.querySelector(`[data-reference="${CSS.escape(focused)}"]`)?.getElementsByClassName(control)[0]?.focus();
    this.#light(entries);
  }

  /** Let new entries glow. An entry is often made anew while it glows; its glow then goes on where it was. */
  #light(entries) {
    const now = performance.now();
    const first = this.freshSince === null;
    this.freshSince ??= new Map();
    for (const { reference } of entries) {
      if (!this.freshSince.has(reference)) {
        this.freshSince.set(reference, first ? -Infinity : now);
        if (!first) this.list.scrollTop = 0;
      }
      const age = now - this.freshSince.get(reference);
      if (age > FRESH_MS) continue;
      const node = this.list.querySelector(`[data-reference="${CSS.escape(reference)}"]`);
      node.style.animationDelay = `${-age}ms`;
      node.classList.add("fresh");
    }
  }

  #entry(entry, isNewest) {
    const folded = this.folded.get(entry.reference) ?? !isNewest;
    const node = el("details", { class: "entry", open: !folded, "data-reference": entry.reference },
      this.#summary(entry), el("div", { class: "entry-body" }, entry.urgent ? el("p", { class: "urgent-words", text: t("urgent") }) : null, this.#verdict(entry), this.#reasons(entry), facts(entry), journal(entry)));
    node.addEventListener("toggle", () => {
      if (node.open === !folded && !this.folded.has(entry.reference)) return; // the first toggle is the browser's own
      this.folded.set(entry.reference, !node.open);
      remember("folded", Object.fromEntries(this.folded));
    });
    return node;
  }

  #summary(entry) {
    const titles = entry.fields.map((field) => field.title).join(" + ");
    const outcome = entry.outcome && label("outcome", entry.outcome) !== entry.state ? label("outcome", entry.outcome) : "";
    return el("summary", { class: "entry-head" },
      el("span", { class: "reference", text: entry.reference }),
      el("span", { class: "entry-fields", text: titles || outcome, dir: "auto" }),
      el("span", { class: `state ${entry.urgent ? "urgent" : `outcome-${entry.outcome}`}`, text: entry.state, dir: "auto" }));
  }

  #verdict(entry) {
    const hint = { ask: "outcomeAsk", none: "outcomeNone" }[entry.outcome];
    const rows = entry.fields.map((field) => this.#field(field, entry.fields.length > 1));
    if (!rows.length && hint) return el("p", { class: "verdict-words", text: t(hint) });
    return el("ul", { class: "fields" }, rows);
  }

  #field(field, several) {
    const person = this.world.cast.contactNamed(field.contact);
    const contact = person
      ? el("button", { type: "button", class: "contact-link", "aria-label": t("openContact", person.name), on: { click: () => this.world.openPerson(person.id) } },
        icon("arrow"), el("span", { text: field.contact, dir: "auto" }))
      : el("span", { class: "contact-link" }, icon("arrow"), el("span", { text: field.contact ?? "", dir: "auto" }));
    const scored = field.score != null; // nothing was found for a field that somebody chose, or for none
    const meter = scored && el("div", { class: "meter", role: "img", "aria-label": t("score", field.score) }, el("i", { style: { "--score": `${field.score}%` } }));
    return el("li", { class: `field ${person ? this.world.cast.toneOf(person.id) : "tone-bot"}` },
      el("div", { class: "field-line" },
        el("strong", { text: field.title, dir: "auto" }),
        several ? el("small", { text: t(field.lead ? "lead" : "second") }) : null,
        scored ? el("span", { class: "number", text: String(field.score), "aria-hidden": "true" }) : null),
      meter || null,
      field.contact ? contact : null);
  }

  #reasons(entry) {
    const title = el("h4", { text: t("because") });
    if (!entry.why.length) return el("div", { class: "why" }, title, el("p", { text: t("noWords") }));
    return el("div", { class: "why" }, title, el("ul", {}, entry.why.map((hit) => reason(entry, hit))));
  }
}

/** One word of the message, with the keyword it met and how. */
function reason(entry, hit) {
  const keyword = hit.keyword.replace(/^=/, ""); // the rules' sign for "only exactly so", which `how` says already
  const from = keyword.toLowerCase() === hit.found.toLowerCase()
    ? null
    : el("span", { class: "from", title: keyword }, `${t("keyword")} `, el("b", { text: keyword, dir: "auto" }));
  return el("li", {},
    el("div", { class: "hit" }, el("mark", { text: hit.found, dir: "auto" }), from),
    el("div", { class: "hit-note" },
      el("span", { text: fieldTitle(entry, hit.field), dir: "auto" }),
      el("span", { text: label("how", hit.how) }),
      el("span", { class: "number", text: String(hit.score), title: t("score", hit.score) })));
}

/** The field's title as the entry's own fields give it; a field that only came second is shown with a capital. */
function fieldTitle(entry, code) {
  const named = entry.fields.find((field) => [field.title, field.field].some((name) => name?.toLowerCase() === code.toLowerCase()));
  return named?.title ?? code.charAt(0).toUpperCase() + code.slice(1);
}

function facts(entry) {
  const rows = [
    ["runnerUp", entry.fields.some((field) => field.title === entry.runner_up) ? null : entry.runner_up],
    ["audience", entry.audience && label("audiences", entry.audience)],
    ["direction", entry.direction && label("directions", entry.direction)],
    ["place", entry.place],
    ["language", entry.language && languageName(entry.language)],
  ].filter(([, value]) => value);
  return el("dl", { class: "facts" }, rows.map(([key, value]) => el("div", {}, el("dt", { text: t(key) }), el("dd", { text: value, dir: "auto" }))));
}

function journal(entry) {
  const steps = entry.journal.map((step) => el("li", {},
    el("time", { text: step.at }),
    el("div", {}, el("span", { text: step.event, dir: "auto" }), step.detail ? el("small", { text: step.detail, dir: "auto" }) : null)));
  return el("div", { class: "journal" }, el("h4", { text: t("journal") }), el("ol", {}, steps),
    el("p", { class: "small", text: entry.rules_version ? `${t("opened", entry.opened)} · ${t("rulesVersion", entry.rules_version)}` : t("opened", entry.opened) }));
}

function emptyLog() {
  return el("div", { class: "log-empty" },
    el("h3", { text: t("logEmptyTitle") }), el("p", { text: t("logEmpty") }),
    el("ol", {}, t("logEmptySteps").map((text) => el("li", { text }))));
}
