// The cards on the page: which one is current, what each shows of its state, the counts, and the cards that follow.

import { fetchCards } from "./revision_envio.js";

const cola = document.querySelector("#cola");
const CLOSE_TO_THE_END = 8; // cards left before the next ones are fetched

export const all = () => [...cola.querySelectorAll(".tarjeta")];
const pending = (card) => !card.matches(".hecha, .enviando");
export const chosen = () => all().filter((card) => pending(card) && box(card)?.checked);
const box = (card) => card.querySelector("input[data-accion=escoger]");

let now = null;
export const current = () => now;

/** Make a card the current one and bring it into sight. */
export function goTo(card, { scroll = true, focus = true } = {}) {
  if (!card) return;
  now?.removeAttribute("aria-current");
  if (now) now.tabIndex = -1;
  now = card;
  now.setAttribute("aria-current", "true");
  now.tabIndex = 0;
  if (focus) now.focus({ preventScroll: true });
  const { top, bottom } = now.getBoundingClientRect();
  if (scroll && (top < 0 || bottom > window.innerHeight)) now.scrollIntoView({ block: "start" });
  fetchMore();
}

/** Return the nearest card in a direction (1, -1) that still waits. */
export function beside(card, step) {
  const cards = all();
  for (let at = cards.indexOf(card) + step; at >= 0 && at < cards.length; at += step) {
    if (pending(cards[at])) return cards[at];
  }
  return null;
}

/** Leave a card that is being decided: to the next one that waits, else the one before, else the end. */
export function leave(card) {
  const other = beside(card, 1) ?? beside(card, -1);
  if (other) goTo(other);
  else atTheEnd();
}

export function atTheEnd() {
  const end = document.querySelector("#fin");
  const left = all().some((card) => !card.matches(".hecha"));
  end.hidden = left || cola.dataset.sigue !== "";
}

export function choose(card, yes = !box(card)?.checked) {
  const found = box(card);
  if (!found) return;
  found.checked = yes;
  card.classList.toggle("escogida", yes);
}

/** Show on a card what became of it: "enviando", "hecha", "falla", "conflicto", or nothing. */
export function mark(card, state, words = "", action = null) {
  card.classList.remove("enviando", "hecha", "falla", "conflicto");
  if (state) card.classList.add(state);
  card.toggleAttribute("aria-busy", false);
  if (state === "enviando") card.setAttribute("aria-busy", "true");
  const told = card.querySelector(".estado");
  told.replaceChildren();
  told.hidden = !state;
  if (!state) return;
  const span = document.createElement("span");
  span.textContent = words;
  told.append(span);
  if (action) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "menor";
    button.dataset.accion = action.name;
    button.textContent = action.text;
    told.append(" ", button);
  }
}

/** Put the card as it stands now in the place of the one shown; its menu and its choice stay. */
export async function refresh(card) {
  const { cards } = await fetchCards({ folio: card.dataset.folio });
  if (!cards.length) return;
  const checked = box(card)?.checked;
  const [fresh] = cards;
  card.querySelector(".cuerpo").replaceWith(fresh.querySelector(".cuerpo"));
  for (const name of ["version", "estado", "fuentes", "asignado", "pospuesto", "codigos"]) card.dataset[name] = fresh.dataset[name];
  card.className = [fresh.className, ...["enviando", "hecha", "falla", "conflicto"].filter((one) => card.matches(`.${one}`))].join(" ");
  if (checked) choose(card, true);
}

let fetching = false;

/** Fetch the cards that follow while the last ones are read. */
export async function fetchMore() {
  const after = all().slice(all().indexOf(now)).filter(pending).length;
  if (fetching || !cola.dataset.sigue || after > CLOSE_TO_THE_END) return;
  fetching = true;
  try {
    const { pestania, de, sigue } = cola.dataset;
    const { cards, next } = await fetchCards({ pestania, de, desde: sigue });
    cola.append(...cards.filter((card) => !document.getElementById(card.id)));
    cola.dataset.sigue = next;
    if (!now || now.matches(".hecha, .enviando")) goTo(all().find(pending), { scroll: false });
  } catch {
    // the next move tries again
  } finally {
    fetching = false;
  }
}

const number = (place) => Number(place.textContent.replaceAll(",", ""));
const add = (id, by) => {
  const place = document.getElementById(id);
  if (place) place.textContent = (number(place) + by).toLocaleString("en");
};

/** Move the counts: those of the filters (the tab's own is that of all), and what was done today by the reader and by everyone. */
export function count({ decided = 0, ...filters }, by = 1) {
  for (const [name, amount] of Object.entries(filters)) add(`cuantos-${name}`, amount * by);
  add("quedan", (filters.todos ?? 0) * by);
  ["hechos", "mios", "todos"].forEach((id) => add(id, decided * by));
  const bar = document.querySelector("#barra");
  if (bar) bar.value = number(document.querySelector("#hechos"));
}

/** Return the day that lies so many days after today, AAAA-MM-DD. */
export function later(days) {
  const day = new Date(`${cola.dataset.hoy}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}

export function say(words) {
  document.querySelector("#aviso").textContent = words;
}

export function alarm(words) {
  document.querySelector("#alerta").textContent = words;
}
