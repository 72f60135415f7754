// The small menus under a card: one key an entry, big buttons for a finger, Escape to leave. One is open at a time.

let open = null;

export const isOpen = () => open !== null;

export function close({ focus = true } = {}) {
  if (!open) return;
  const { place, card } = open;
  open = null;
  place.replaceChildren();
  place.hidden = true;
  if (focus) card.focus({ preventScroll: true });
}

/** Open a menu: `entries` are {tecla, texto, run}; one with `write` asks for words first and runs with them. */
export function show(card, title, entries) {
  close({ focus: false });
  const place = card.querySelector(".menu");
  const heading = document.createElement("p");
  heading.className = "menu-titulo";
  heading.id = `menu-${card.id}`;
  heading.textContent = title;
  const list = document.createElement("div");
  list.className = "menu-lista";
  list.setAttribute("role", "group");
  list.tabIndex = -1; // takes the focus: no entry is a default, and Enter alone chooses none
  list.setAttribute("aria-labelledby", heading.id);
  list.append(...entries.map((entry) => button(entry)));
  place.replaceChildren(heading, list);
  place.hidden = false;
  open = { place, card, entries };
  list.focus({ preventScroll: true });
  place.scrollIntoView({ block: "nearest" });
}

/** Open a menu of boxes: each entry's key ticks or unticks it, Enter saves those that are ticked with `run`. */
export function tick(card, title, entries, run) {
  close({ focus: false });
  const place = card.querySelector(".menu");
  const form = document.createElement("form");
  const group = document.createElement("fieldset");
  const legend = document.createElement("legend");
  const list = document.createElement("div");
  const go = document.createElement("button");
  legend.className = "menu-titulo";
  legend.textContent = `${title} (Enter guarda)`;
  list.className = "menu-lista";
  go.textContent = "Guardar";
  const boxes = entries.map((entry) => box(entry));
  list.append(...boxes.map((one) => one.parentElement));
  group.append(legend, list);
  group.tabIndex = -1;
  form.append(group, go);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = boxes.filter((one) => one.checked).map((one) => one.value);
    close();
    run(chosen);
  });
  place.replaceChildren(form);
  place.hidden = false;
  const flip = (one) => () => { one.checked = !one.checked; };
  open = { place, card, form, entries: entries.map(({ tecla }, at) => ({ tecla, flip: flip(boxes[at]) })) };
  group.focus({ preventScroll: true });
  place.scrollIntoView({ block: "nearest" });
}

function box({ tecla, texto, valor, elegida }) {
  const label = document.createElement("label");
  const key = document.createElement("kbd");
  const made = document.createElement("input");
  made.type = "checkbox";
  made.value = valor;
  made.checked = elegida;
  key.textContent = tecla;
  key.setAttribute("aria-hidden", "true");
  label.className = "menu-casilla";
  label.append(made, " ", key, ` ${texto}`);
  return made;
}

/** Ask for words under the card; Enter sends them, Shift+Enter begins a line. */
export function ask(card, title, run, note = "") {
  close({ focus: false });
  const place = card.querySelector(".menu");
  const form = document.createElement("form");
  const label = document.createElement("label");
  const words = document.createElement("textarea");
  const go = document.createElement("button");
  label.textContent = note ? `${title} (${note})` : title;
  words.rows = 2;
  words.required = true;
  label.append(words);
  go.textContent = "Guardar";
  form.append(label, go);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const said = words.value.trim();
    if (!said) return;
    close();
    run(said);
  });
  words.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  place.replaceChildren(form);
  place.hidden = false;
  open = { place, card, entries: [] };
  words.focus();
}

function button(entry) {
  const made = document.createElement("button");
  made.type = "button";
  const key = document.createElement("kbd");
  key.textContent = entry.tecla;
  made.append(key, ` ${entry.texto}`);
  made.addEventListener("click", () => choose(entry));
  return made;
}

function choose(entry) {
  const { card } = open;
  if (entry.write) {
    ask(card, entry.write, entry.run, "sin nombres");
    return;
  }
  close();
  entry.run();
}

/** Take a key while a menu is open; true when it was for the menu. */
export function takeKey(event) {
  if (!open) return false;
  if (event.key === "Escape") {
    close();
    return true;
  }
  if (event.target instanceof HTMLTextAreaElement) return true;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    const buttons = [...open.place.querySelectorAll("button, input")];
    const at = buttons.indexOf(document.activeElement);
    buttons[at < 0 && step < 0 ? buttons.length - 1 : (at + step + buttons.length) % buttons.length]?.focus();
    return true;
  }
  const entry = open.entries.find((one) => one.tecla === event.key.toLowerCase());
  if (entry) {
    event.preventDefault();
    if (entry.flip) entry.flip();
    else choose(entry);
  } else if (open.form && event.key === "Enter") {
    event.preventDefault();
    open.form.requestSubmit();
  }
  return true;
}
