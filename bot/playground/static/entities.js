/**
 * Text with its entities (bold, links …) as DOM nodes.
 *
 * Offsets count UTF-16 units, as JavaScript strings do. Entities may nest and overlap; faulty ones are cut to the text.
 * Links are only made for http(s), mailto and tel addresses: anything else stays text.
 */

import { el } from "./dom.js";
import { t } from "./texts.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "code", blockquote: "q",
  expandable_blockquote: "q",
};

/** Nodes for a message's text; `onCommand("/hilfe")` is called when a command in the text is pressed. */
export function richText(text, entities, onCommand) {
  const usable = (entities ?? [])
    .map((entity) => ({ ...entity, start: Math.max(0, entity.offset), end: Math.min(text.length, entity.offset + entity.length) }))
    .filter((entity) => entity.start < entity.end)
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const cuts = [...new Set([0, text.length, ...usable.flatMap((entity) => [entity.start, entity.end])])].sort((a, b) => a - b);
  const nodes = [];
  for (let i = 0; i + 1 < cuts.length; i += 1) {
    const piece = text.slice(cuts[i], cuts[i + 1]);
    const covering = usable.filter((entity) => entity.start <= cuts[i] && cuts[i + 1] <= entity.end);
    nodes.push(covering.reduceRight((inner, entity) => wrap(entity, inner, text, onCommand), document.createTextNode(piece)));
  }
  return nodes;
}

function wrap(entity, inner, text, onCommand) {
  const words = text.slice(entity.start, entity.end);
  if (entity.type in TAGS) return el(TAGS[entity.type], {}, inner);
  if (entity.type === "spoiler") return spoiler(inner);
  if (entity.type === "bot_command") {
    return el("button", { type: "button", class: "text-command", on: { click: () => onCommand(words) } }, inner);
  }
  const address = linkAddress(entity, words);
  if (!address) return inner;
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer", title: t("opensOutside") }, inner);
}

function spoiler(inner) {
  const node = el("span", { class: "spoiler", tabindex: "0", role: "button" }, inner);
  node.addEventListener("click", () => node.classList.add("shown"));
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") node.classList.add("shown");
  });
  return node;
}

/** The checked address of a link entity, or null. */
export function linkAddress(entity, words) {
  if (entity.type === "email") return `mailto:${words}`;
  if (entity.type === "phone_number") return `tel:${words.replace(/[^+\d]/g, "")}`;
  if (entity.type === "text_link") return safeUrl(entity.url);
  if (entity.type === "url") return safeUrl(/^[a-z]+:/i.test(words) ? words : `https://${words}`);
  return null;
}

export function safeUrl(address) {
  try {
    const url = new URL(address);
    return ["http:", "https:", "mailto:", "tel:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
