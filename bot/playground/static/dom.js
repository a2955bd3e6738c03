/** Building elements without markup strings: whatever people wrote only ever becomes text nodes. */

/**
 * Make an element. `props`: class, text, on ({event: handler}), style ({"--name": value}); all others are attributes,
 * of which null, undefined and false are left out and true is set empty. Children may be null.
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) setProperty(node, name, value);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

function setProperty(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "class") node.className = value;
  else if (name === "text") node.textContent = value;
  else if (name === "on") for (const [event, handler] of Object.entries(value)) node.addEventListener(event, handler);
  else if (name === "style") for (const [key, setting] of Object.entries(value)) node.style.setProperty(key, setting);
  else node.setAttribute(name, value === true ? "" : value);
}

const ICONS = {
  plus: "M12 5v14M5 12h14",
  slash: "M15 5 9 19",
  send: "M5 12h13M12.5 6l6 6-6 6",
  check: "m5 12.5 4.5 4.5L19 7.5",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  reply: "M10 6 4.5 11.5 10 17M4.5 11.5H14a5.5 5.5 0 0 1 5.5 5.5v1",
  pen: "M4.5 19.5h4L19 9l-4-4L4.5 15.5zM13 7l4 4",
  close: "M6 6l12 12M18 6 6 18",
  down: "M12 5v13M6 12.5l6 6 6-6",
  arrow: "M4.5 12h15M14 6.5l5.5 5.5-5.5 5.5",
  photo: "M4 6.5h16v12H4zM4 16l4.5-4.5 4 4 2.5-2.5 5 5M15.5 10h.01",
  document: "M7 3.5h7l4 4v13H7zM14 3.5v4h4",
  sticker: "M5 5h14v9l-5 5H5zM19 14h-5v5M9 9.5h.01M14.5 9.5h.01M9 13c1 1 2.5 1.2 3.5.5",
  voice: "M12 4a2.5 2.5 0 0 1 2.5 2.5v5a2.5 2.5 0 0 1-5 0v-5A2.5 2.5 0 0 1 12 4zM6.5 11.5a5.5 5.5 0 0 0 11 0M12 17v3.5",
  location: "M12 20.5s6-5.6 6-10.2a6 6 0 0 0-12 0c0 4.6 6 10.2 6 10.2zM12 12.5a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6z",
  contact: "M12 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM5 19.5c.8-3.3 3.5-5 7-5s6.2 1.7 7 5",
  keyboard: "M3.5 7h17v10.5h-17zM7 10.5h.01M10.3 10.5h.01M13.7 10.5h.01M17 10.5h.01M8 14h8",
  restart: "M5 12a7 7 0 1 0 2.2-5.1M4.5 4.5v3.7h3.7",
  chevron: "m9 5.5 6.5 6.500L9 18.5",
  link: "M9 15 15.5 8.5M10 8.5h5.5V14",
  chat: "M4.5 5.5h15v10.5h-9l-4 3.5v-3.5h-2z",
  compass: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM15 9l-1.8 4.2L9 15l1.8-4.2z",
  people: "M9 11.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3.5 18.5c.5-2.8 2.6-4.5 5.5-4.5s5 1.7 5.5 4.5M15 5.8a3 3 0 0 1 0 5.4M17 14.3c2 .6 3.2 2.1 3.5 4.2",
};
const SVG = "http://www.w3.org/2000/svg";

/** A line icon, 24 units square, drawn in the colour of the text around it and hidden from screen readers. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** A button with only an icon; its name is spoken and shown as a tooltip. */
export function iconButton(name, title, onClick, extra = "") {
  return el("button", {
    type: "button", class: `icon-button ${extra}`.trim(), "aria-label": title, title, on: { click: onClick },
  }, icon(name));
}

/** A line to the next part of the page: which way a message goes. */
export function flowArrow() {
  return el("span", { class: "flow", "aria-hidden": "true" }, icon("chevron"));
}

/** One letter for an avatar. */
export function initial(name) {
  return [...(name.trim() || "?")][0].toUpperCase();
}
