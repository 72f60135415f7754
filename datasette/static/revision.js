// The queue by keyboard, mouse and finger: what each key does, and what becomes of each decision.

import "./revision_llegados.js";
import { busy, idle, send } from "./revision_envio.js";
import * as past from "./revision_historia.js";
import * as menu from "./revision_menu.js";
import * as cards from "./revision_tarjetas.js";

const cola = document.querySelector("#cola");
const presets = JSON.parse(cola.dataset.motivos);
const people = JSON.parse(cola.dataset.personas);
const KEYS = "123456789abcdefghijklmnopqrstuvwxyz"; // one an entry of a list; what is beyond takes a click
const lists = { posponer: "Posponer", asignar: "Asignar" };

/* what a key or a button does */

const actions = {
  validar(card) {
    if (Number(card.dataset.fuentes) !== 1) return decide(card, { accion: "validar" });
    return menu.show(card, "Una sola fuente: ¿por qué basta?", reasons("validar_una_fuente", (motivo) => decide(card, { accion: "validar", motivo })));
  },
  descartar(card) {
    const many = several(card);
    const title = many.length > 1 ? `Descartar ${many.length} escogidos: ¿por qué?` : "Descartar: ¿por qué?";
    menu.show(card, title, reasons("descartar", (motivo) => many.forEach((one) => decide(one, { accion: "descartar", motivo }))));
  },
  posponer(card) {
    const many = several(card);
    const entries = presets.posponer.map(({ tecla, texto, dias }) => ({ tecla, texto, run: () => many.forEach((one) => decide(one, { accion: "posponer", hasta: cards.later(dias) })) }));
    menu.show(card, titled("posponer", many), entries);
  },
  asignar(card) {
    const many = several(card);
    const choices = [[cola.dataset.quien, "A mí"], ["", "A nadie"], ...people.map((name) => [name, name])];
    menu.show(card, titled("asignar", many), choices.map(([who, texto], at) => ({ tecla: KEYS[at] ?? "", texto, run: () => many.forEach((one) => change(one, { accion: "asignar", a_quien: who })) })));
  },
  corregir(card) {
    const codes = JSON.parse(card.dataset.codigos);
    const has = (field, valor) => (field.lista ? codes[field.campo].includes(valor) : valor === codes[field.campo]);
    const told = (field) => field.valores.filter(({ valor }) => has(field, valor)).map(({ texto }) => texto).join(", ") || "Sin dato";
    const fields = presets.corregir.map((field) => ({
      tecla: field.tecla, texto: `${field.texto}: ${told(field)}`, run: () => (field.lista ? listed : values)(card, field, codes[field.campo]),
    }));
    menu.show(card, "¿Qué código se corrige?", fields);
  },
  comentar(card) {
    menu.ask(card, "Comentario", (texto) => change(card, { accion: "comentar", texto }));
  },
  fusionar(card, button) {
    const first = button ?? card.querySelector("[data-accion=fusionar]");
    if (!first) return cards.say("Este candidato no tiene un posible duplicado.");
    const yes = { tecla: "s", texto: "Sí, es el mismo: fusionar", run: () => decide(card, { accion: "fusionar", en: first.dataset.en }) };
    return menu.show(card, `¿Fusionar ${name(card)} en ${first.dataset.en}?`, [yes]);
  },
  aparte(card, button) {
    const first = button ?? card.querySelector("[data-accion=aparte]");
    if (first) change(card, { accion: "aparte", de: first.dataset.en });
  },
  visto: (card) => decide(card, { accion: "visto" }),
  aceptar_rechazada: (card) => decide(card, { accion: "aceptar_rechazada" }),
  confirmar_rechazada: (card) => decide(card, { accion: "confirmar_rechazada" }),
  escoger: (card) => cards.choose(card),
  deshacer: (card) => undo(card),
  reintentar(card) {
    card.warned = true;
    card.again?.();
  },
  abrir: (card) => leaveTo(card.querySelector(".mando a.boton").href, card),
};

const keys = {
  j: () => cards.goTo(cards.beside(cards.current(), 1)),
  k: () => cards.goTo(cards.beside(cards.current(), -1)),
  ArrowDown: () => keys.j(),
  ArrowUp: () => keys.k(),
  v: (card) => actions[{ seguimiento: "visto", rechazada: "aceptar_rechazada" }[card.dataset.tipo] ?? "validar"](card),
  d: (card) => card.dataset.tipo === "rechazada" ? actions.confirmar_rechazada(card) : only("descartar", card),
  p: (card) => only("posponer", card),
  r: (card) => only("corregir", card),
  m: (card) => only("fusionar", card),
  n: (card) => only("aparte", card),
  a: (card) => card.dataset.folio && actions.asignar(card),
  c: (card) => card.dataset.folio && actions.comentar(card),
  x: (card) => actions.escoger(card),
  u: () => undo(),
  e: (card) => actions.abrir(card),
  Enter: (card) => actions.abrir(card),
  i: () => cards.goTo(cola.querySelector(".falla, .conflicto")),
  Escape: () => cards.chosen().forEach((card) => cards.choose(card, false)),
  "?": () => help.showModal(),
};

/** Offer the values of a field; the one that it has is told and is nothing to correct. */
function values(card, field, present) {
  const same = () => cards.say(`${name(card)}: ${field.texto} ya dice eso; no se corrigió nada.`);
  menu.show(card, `Corregir: ${field.texto}`, field.valores.map(({ tecla, texto, valor }) => ({
    tecla,
    texto: valor === present ? `${texto} (lo que dice ahora)` : texto,
    run: () => (valor === present ? same() : change(card, { accion: "corregir", campo: field.campo, valor })),
  })));
}

/** Offer the values of a field that takes several as boxes; an empty list of modalities is said on the finding's page. */
function listed(card, field, present) {
  const entries = field.valores.map((one) => ({ ...one, elegida: present.includes(one.valor) }));
  menu.tick(card, `Corregir: ${field.texto}`, entries, (chosen) => {
    const alike = chosen.length === present.length && chosen.every((one) => present.includes(one));
    if (alike) return cards.say(`${name(card)}: ${field.texto} ya dice eso; no se corrigió nada.`);
    if (!chosen.length) return cards.say(`${name(card)}: sin ${field.texto} no se guarda aquí; se dice en su página (tecla e).`);
    return change(card, { accion: "corregir", campo: field.campo, valor: chosen });
  });
}

/** Run an action that only candidates take. */
function only(name, card) {
  if (card.dataset.tipo === "candidato") actions[name](card);
}

function several(card) {
  const many = cards.chosen();
  return many.length ? many : [card];
}

function titled(name, many) {
  return many.length > 1 ? `${lists[name]} ${many.length} escogidos` : lists[name];
}

function reasons(list, run) {
  const own = { tecla: "0", texto: "Otro motivo…", write: "Motivo", run };
  return [...presets[list].map(({ tecla, texto }) => ({ tecla, texto, run: () => run(texto) })), own];
}

/* what becomes of a decision */

/** A decision that takes the card out of the queue: the next one is current at once, the answer comes when it comes. */
async function decide(card, body) {
  if (card.matches(".enviando, .hecha")) return;
  if (card.matches(".falla, .conflicto") && !card.warned) {
    // the key may have been on its way before the failure was seen
    card.warned = true;
    cards.alarm(`${name(card)}: lo anterior no se guardó. Si aun así lo decide, otra vez la misma tecla.`);
    return;
  }
  cards.choose(card, false);
  cards.mark(card, "enviando", "Guardando…");
  const entry = past.remember(card, body);
  if (card === cards.current()) cards.leave(card);
  const outcome = await send(card, body);
  if (outcome.kind === "done") {
    const words = [outcome.mensaje, body.motivo].filter(Boolean).join(" ");
    if (past.lasting(entry)) cards.mark(card, "hecha", words);
    else if (past.holds(entry)) cards.mark(card, "hecha", words, { name: "deshacer", text: "Deshacer" }); // else it is being undone
    cards.count(past.moves(entry, cola.dataset.quien));
    cards.say(outcome.mensaje);
    await refreshed(entry.other);
    cards.atTheEnd();
  } else {
    past.forget(entry);
    await failed(card, outcome, () => decide(card, body));
  }
}

/** A change that leaves the card in the queue: it is shown anew. */
async function change(card, body) {
  cards.choose(card, false);
  cards.mark(card, "", "");
  const entry = past.remember(card, body);
  const outcome = await send(card, body);
  if (outcome.kind !== "done") {
    past.forget(entry);
    return failed(card, outcome, () => change(card, body));
  }
  if (outcome.sin_cambio) past.forget(entry); // nothing to take back
  else cards.count(past.moves(entry, cola.dataset.quien));
  cards.say(outcome.mensaje);
  await refreshed(entry.other);
  return renewed(card);
}

const NOTHING_LEFT = "Desde que abrió esta página no queda nada por deshacer; lo anterior se deshace en la página de cada hallazgo (tecla e).";

/** Take back what was done last, of a card or of all: its card is current at once, and what is decided anew follows once this is done. */
async function undo(of = null) {
  const entry = past.last(of);
  if (!entry) return cards.say(NOTHING_LEFT);
  past.forget(entry);
  const { card } = entry;
  if (past.whyNot(entry)) return cards.say(`${name(card)}: ${past.whyNot(entry)}. Otra vez u deshace lo de antes.`);
  cards.mark(card, "");
  cards.goTo(card);
  cards.atTheEnd();
  const outcome = await send(card, past.wayBack(entry));
  if (outcome.kind !== "done") {
    return failed(card, outcome, () => {
      past.again(entry);
      undo(card);
    });
  }
  cards.count(past.moves(entry, cola.dataset.quien), -1);
  cards.say(outcome.mensaje);
  await refreshed(entry.other);
  return card.dataset.folio && renewed(card);
}

const name = (card) => card.dataset.folio ?? "Noticia rechazada";

/** Show on the card that nothing was saved, and why; after a conflict, with what somebody else made of it. */
async function failed(card, outcome, again) {
  if (outcome.kind === "dropped") return;
  card.again = again;
  card.warned = false;
  const conflict = outcome.kind === "conflict";
  const said = outcome.error.replace(`${card.dataset.folio}: `, "").replace(/([^.!?])$/, "$1.");
  const words = conflict ? `${said} Su cambio no se guardó; esto es lo que hay ahora.` : said;
  if (conflict && card.dataset.folio) await renewed(card);
  cards.mark(card, conflict ? "conflicto" : "falla", words, conflict ? null : { name: "reintentar", text: "Intentar otra vez" });
  cards.alarm(`${name(card)}: ${words} Tecla i para ir.`);
  cards.atTheEnd();
  if (!cards.current() || cards.current().matches(".hecha, .enviando")) cards.goTo(card);
}

async function renewed(card, { mine = false } = {}) {
  const focused = card.contains(document.activeElement) && !menu.isOpen();
  const { version } = card.dataset;
  try {
    await cards.refresh(card);
    const known = Math.max(Number(version), card.known ?? 0); // by what this page sent
    if (mine) card.known = Number(card.dataset.version);
    else if (Number(card.dataset.version) > known) past.changedByOthers(card);
    if (Number(card.dataset.version) < known) card.dataset.version = known; // read before what was sent since
  } catch {
    cards.say("No se pudo volver a leer el hallazgo; recargue la página.");
  }
  if (focused && card === cards.current() && !menu.isOpen()) card.focus({ preventScroll: true }); // a menu opened since has it
}

/** Show anew the other finding of a pair that was decided on. */
async function refreshed(folio) {
  const other = folio && document.getElementById(folio);
  if (other) await renewed(other, { mine: true });
}

let toldBeforeLeaving = false;

/** Go to another page once everything is sent; coming back finds the card by the address. */
async function leaveTo(address, card = null) {
  if (card) history.replaceState(null, "", `#${card.id}`);
  await idle();
  if (cola.querySelector(".falla") && !toldBeforeLeaving) {
    toldBeforeLeaving = true;
    cards.alarm("Hay cambios sin guardar: tecla i para verlos. Otra vez la misma tecla para irse así.");
    return;
  }
  location.assign(address);
}

/* events */

const help = document.querySelector("#ayuda");
document.querySelector("#ayuda-abre").addEventListener("click", () => help.showModal());

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
  if (menu.takeKey(event)) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
  if ([" ", "Enter"].includes(event.key) && event.target.closest("button, a, input, summary")) return;
  const tab = document.querySelector(`.pestanias a[data-tecla="${event.key}"]`);
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const card = cards.current();
  if (tab) leaveTo(tab.href);
  else if (keys[key] && (card || ["?", "u", "i"].includes(key))) keys[key](card);
  else return;
  event.preventDefault();
});

cola.addEventListener("click", (event) => {
  const card = event.target.closest(".tarjeta");
  const button = event.target.closest("button[data-accion]");
  if (!card) return;
  if (button && !card.matches(".hecha")) cards.goTo(card, { scroll: false });
  if (button) actions[button.dataset.accion](card, button);
});

cola.addEventListener("change", (event) => {
  if (event.target.matches("input[data-accion=escoger]")) cards.choose(event.target.closest(".tarjeta"), event.target.checked);
});

// Tab or a click brings the focus into a card: it is the current one then.
cola.addEventListener("focusin", (event) => {
  const card = event.target.closest(".tarjeta");
  if (card && card !== cards.current() && !card.matches(".hecha, .enviando")) cards.goTo(card, { scroll: false, focus: false });
});

window.addEventListener("beforeunload", (event) => {
  if (busy()) event.preventDefault();
});

const here = document.getElementById(decodeURIComponent(location.hash.slice(1)));
cards.goTo(here?.matches(".tarjeta") ? here : cards.all()[0], { scroll: Boolean(here) });
