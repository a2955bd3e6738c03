/** One message as it stands in a phone: bubble, quote, media, buttons under it, and what can be done with it. */

import { fileUrl } from "./api.js";
import { el, icon, iconButton } from "./dom.js";
import { richText, safeUrl } from "./entities.js";
import { clockTime, t } from "./texts.js";

const QUOTE_LENGTH = 90;

/**
 * The element for a message. `view` is {own, name (of the sender), showName, tone, follows, topic, quoted, canEdit};
 * `act` is {press(row, column, button), reply(), edit(), command(text), goTo(id)}.
 */
export function renderMessage(message, view, act) {
  const classes = ["message", view.own ? "own" : "other", view.follows ? "follows" : ""].join(" ").trim();
  const label = `${view.own ? t("you") : view.name}, ${clockTime(message.date)}`;
  const node = el("article", { class: classes, "aria-label": label, "data-message": message.id });
  node.append(el("div", { class: "line" }, bubble(message, view, act), actions(view, act)));
  if (message.buttons?.length) node.append(keyboard(message, act));
  return node;
}

function bubble(message, view, act) {
  const node = el("div", { class: `bubble kind-${message.kind}` });
  if (view.showName) node.append(el("div", { class: `sender ${view.tone}`, text: view.name, dir: "auto" }));
  if (view.topic) node.append(el("div", { class: "topic", text: view.topic, dir: "auto" }));
  if (message.reply_to) node.append(quote(message, view, act));
  const media = attachment(message, view);
  if (media) node.append(media);
  const text = shownText(message);
  if (text) node.append(el("div", { class: "text", dir: "auto" }, richText(text, message.entities, act.command)));
  node.append(foot(message));
  return node;
}

/** The text; of an opened invitation ("/start 3f9c…") only the command, as messengers do: the rest is a key. */
function shownText(message) {
  return (message.text ?? "").replace(/^(\/start) \S+$/, "$1");
}

function foot(message) {
  const time = new Date(message.date * 1000).toISOString();
  return el("div", { class: "foot" },
    message.edit_date ? el("span", { class: "edited", text: t("edited") }) : null,
    el("time", { datetime: time, text: clockTime(message.date) }));
}

function quote(message, view, act) {
  const quoted = view.quoted;
  if (!quoted) return el("div", { class: "quote gone", text: t("quoteGone") });
  return el("button", {
    type: "button", class: "quote", title: t("quoted"), on: { click: () => act.goTo(message.reply_to) },
  }, el("strong", { text: quoted.name, dir: "auto" }), el("span", { text: summary(quoted.message), dir: "auto" }));
}

/** A message in one line: its text shortened, or what it is ("Foto"). */
export function summary(message) {
  const words = [...shownText(message).replace(/\s+/g, " ").trim()];
  if (!words.length) return kindName(message.kind);
  return words.length > QUOTE_LENGTH ? `${words.slice(0, QUOTE_LENGTH).join("")} …` : words.join("");
}

const KINDS = ["photo", "document", "sticker", "voice", "location", "contact", "video"];

const OPENED = /\.(html?|json|txt|pdf)$/i;

function kindName(kind) {
  return t(KINDS.includes(kind) ? kind : "other");
}

function attachment(message, view) {
  if (message.kind === "text") return null;
  if (message.kind === "photo" && message.file) {
    const image = el("img", { src: fileUrl(message.file), alt: view.own ? t("photoOwn") : t("photoOf", view.name), loading: "lazy" });
    return el("a", { class: "photo", href: fileUrl(message.file), target: "_blank", rel: "noopener" }, image);
  }
  const name = (message.kind === "document" && message.file_name) || kindName(message.kind);
  const face = el("span", { class: "attachment-icon" }, icon(KINDS.includes(message.kind) && message.kind !== "video" ? message.kind : "document"));
  const words = el("span", { class: "attachment-name", text: name, dir: "auto" });
  if (message.kind !== "document" || !message.file) return el("div", { class: "attachment" }, face, words);
  // Pages and texts open beside, everything else is saved. Pages run in a sandbox, without scripts (control.py).
  const where = OPENED.test(name) ? { target: "_blank", rel: "noopener" } : { download: name };
  return el("a", { class: "attachment", href: fileUrl(message.file), ...where }, face, words);
}

function actions(view, act) {
  return el("div", { class: "actions" },
    iconButton("reply", t("reply"), act.reply),
    view.canEdit ? iconButton("pen", t("edit"), act.edit) : null);
}

function keyboard(message, act) {
  const rows = message.buttons.map((row, rowAt) => el("div", { class: "button-row" },
    row.map((button, columnAt) => keyboardButton(button, () => act.press(rowAt, columnAt)))));
  return el("div", { class: "keyboard" }, rows);
}

function keyboardButton(button, press) {
  const words = el("span", { text: button.text, dir: "auto" });
  const address = button.url && safeUrl(button.url);
  if (button.url) {
    return el("a", { class: "inline-button", href: address, target: "_blank", rel: "noopener noreferrer" }, words, icon("link"));
  }
  const node = el("button", { type: "button", class: "inline-button" }, words);
  node.addEventListener("click", async () => {
    if (node.getAttribute("aria-busy") === "true") return;
    node.setAttribute("aria-busy", "true");
    await press();
    node.removeAttribute("aria-busy");
  });
  return node;
}
