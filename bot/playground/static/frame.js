/** What stands round the three parts of the page: skip links, header, and the bar by which a small screen changes parts. */

import { el, icon } from "./dom.js";
import { dialog } from "./notices.js";
import { language, LANGUAGES, t } from "./texts.js";

const PARTS = [
  { id: "inquirers", title: "inquirers", short: "inquirersShort", picture: "chat" },
  { id: "log", title: "log", short: "logShort", picture: "compass" },
  { id: "contacts", title: "contacts", short: "contactsShort", picture: "people" },
];

/** Links at the very beginning, seen only when focused. */
export function skipLinks(open) {
  return el("nav", { class: "skip", "aria-label": t("sections") }, PARTS.map(({ id, title }) => {
    const link = el("a", { href: `#${id}`, text: t("skipTo", t(title)) });
    link.addEventListener("click", (event) => {
      event.preventDefault();
      open(id);
      document.getElementById(id).focus();
    });
    return link;
  }));
}

/** The header around the bot's state; `act` is {restart(), speak(code)}. */
export function pageHead(botState, act) {
  return el("header", { class: "page-head" },
    el("img", { src: "/static/icon.svg", alt: "", class: "logo", width: "36", height: "36" }),
    el("div", { class: "title" }, el("h1", { text: t("product") }), el("p", { text: t("tagline") })),
    botState,
    headButton("keyboard", "keys", showKeys),
    headButton("restart", "restart", act.restart),
    el("div", { class: "languages", role: "group", "aria-label": t("chooseLanguage") },
      Object.entries(LANGUAGES).map(([code, name]) => el("button", {
        type: "button", lang: code, title: name, "aria-label": name, "aria-pressed": String(code === language()), text: code.toUpperCase(),
        on: { click: () => act.speak(code) },
      }))));
}

function headButton(picture, name, onClick) {
  return el("button", { type: "button", class: `button quiet ${name}`, title: t(name), on: { click: onClick } }, icon(picture), el("span", { text: t(name) }));
}

function showKeys() {
  const rows = t("keysList").map(([key, deed]) => el("div", {}, el("dt", {}, el("kbd", { text: key })), el("dd", { text: deed })));
  dialog(t("keysTitle"), [el("dl", { class: "key-list" }, rows)], [{ text: t("close"), value: "ok", main: true }]);
}

/** The bar of the parts, and its buttons by part. */
export function sectionBar(open) {
  const buttons = Object.fromEntries(PARTS.map(({ id, short, picture }) => [id, el("button", {
    type: "button", class: "section", on: { click: () => open(id) },
  }, icon(picture), el("span", { class: "section-name", text: t(short) }), el("span", { class: "badge", hidden: true, "aria-hidden": "true" }))]));
  return { buttons, node: el("nav", { class: "sections", "aria-label": t("sections") }, Object.values(buttons)) };
}
