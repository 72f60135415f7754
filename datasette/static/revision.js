// The queue by keyboard, mouse and finger: what each key does, and what becomes of each decision.

import { busy, idle, send } from "./revision_envio.js";
import * as menu from "./revision_menu.js";
import * as cards from "./revision_tarjetas.js";

const cola = document.querySelector("#cola");
const presets = JSON.parse(cola.dataset.motivos);
const people = JSON.parse(cola.dataset.personas);
const lists = { posponer: "Posponer", asignar: "Asignar" };
const LASTING = ["visto", "aceptar_rechazada"]; // not taken back here: the one is only read, the other is a finding now
const decided = []; // the cards decided here, the last one at the end: what `u` undoes

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
    const entries = presets.posponer.map(({ tecla, texto, dias }) => ({ tecla, texto, run: () => many.forEach((one) => decide(one, { accion: "posponer", hasta: later(dias) })) }));
    menu.show(card, titled("posponer", many), entries);
  },
  asignar(card) {
    const many = several(card);
    const choices = [[cola.dataset.quien, "A mí"], ["", "A nadie"], ...people.map((name) => [name, name])].slice(0, 9);
    menu.show(card, titled("asignar", many), choices.map(([who, texto], at) => ({ tecla: String(at + 1), texto, run: () => many.forEach((one) => change(one, { accion: "asignar", a_quien: who })) })));
  },
  corregir(card) {
    menu.show(card, "¿Qué código se corrige?", presets.corregir.map((field) => ({
      tecla: field.tecla,
      texto: field.texto,
      run: () => menu.show(card, `Corregir: ${field.texto}`, field.valores.map(({ tecla, texto, valor }) => ({
        tecla, texto, run: () => change(card, { accion: "corregir", campo: field.campo, valor }),
      }))),
    })));
  },
  comentar(card) {
    menu.ask(card, "Comentario", (texto) => change(card, { accion: "comentar", texto }));
  },
  fusionar(card, button) {
    const first = button ?? card.querySelector("[data-accion=fusionar]");
    if (first) decide(card, { accion: "fusionar", en: first.dataset.en });
    else cards.say("Este candidato no tiene un posible duplicado.");
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
  u: () => undo(decided.at(-1)),
  e: (card) => actions.abrir(card),
  Enter: (card) => actions.abrir(card),
  i: () => cards.goTo(cola.querySelector(".falla, .conflicto")),
  Escape: () => cards.chosen().forEach((card) => cards.choose(card, false)),
  "?": () => help.showModal(),
};

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

function later(days) {
  const day = new Date(`${cola.dataset.hoy}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
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
  card.undone = LASTING.includes(body.accion) ? null : body.accion;
  card.into = body.en;
  if (card.undone) decided.push(card);
  if (card === cards.current()) cards.leave(card);
  const outcome = await send(card, body);
  if (outcome.kind === "done") {
    const words = [outcome.mensaje, body.motivo].filter(Boolean).join(" ");
    if (card.undone) cards.mark(card, "hecha", words, { name: "deshacer", text: "Deshacer" });
    else if (LASTING.includes(body.accion)) cards.mark(card, "hecha", words);
    tally(body.accion, 1);
    cards.say(outcome.mensaje);
    if (body.accion === "fusionar") await refreshed(body.en);
    cards.atTheEnd();
  } else {
    forget(card);
    await failed(card, outcome, () => decide(card, body));
  }
}

/** A change that leaves the card in the queue: it is shown anew. */
async function change(card, body) {
  cards.choose(card, false);
  cards.mark(card, "", "");
  const outcome = await send(card, body);
  if (outcome.kind !== "done") return failed(card, outcome, () => change(card, body));
  cards.say(outcome.mensaje);
  return renewed(card);
}

const takenBack = {
  posponer: { accion: "posponer", hasta: "" },
  confirmar_rechazada: { accion: "reconsiderar_rechazada" },
};

function tally(action, by) {
  if (["validar", "descartar", "fusionar"].includes(action)) cards.count(by);
  else if (["posponer", "visto"].includes(action)) cards.count(by, { decided: false });
}

function forget(card) {
  card.undone = null;
  if (decided.includes(card)) decided.splice(decided.lastIndexOf(card), 1);
}

/** Take back what was decided on a card: it is current at once, and what is decided anew follows once this is done. */
async function undo(card) {
  if (!card || !card.undone) return cards.say("Aquí no queda nada por deshacer.");
  const was = card.undone;
  forget(card);
  cards.mark(card, "");
  cards.goTo(card);
  cards.atTheEnd();
  const outcome = await send(card, takenBack[was] ?? { accion: "deshacer" });
  if (outcome.kind !== "done") {
    return failed(card, outcome, () => {
      card.undone = was;
      decided.push(card);
      undo(card);
    });
  }
  tally(was, -1);
  cards.say(outcome.mensaje);
  if (was === "fusionar") await refreshed(card.into);
  return card.dataset.folio && renewed(card);
}

const name = (card) => card.dataset.folio ?? "Nota rechazada";

/** Show on the card that nothing was saved, and why; after a conflict, with what somebody else made of it. */
async function failed(card, outcome, again) {
  if (outcome.kind === "dropped") return;
  card.again = again;
  card.warned = false;
  const conflict = outcome.kind === "conflict";
  const words = conflict ? `${outcome.error} Su cambio no se guardó; esto es lo que hay ahora.` : outcome.error;
  if (conflict && card.dataset.folio) await renewed(card);
  cards.mark(card, conflict ? "conflicto" : "falla", words, conflict ? null : { name: "reintentar", text: "Intentar otra vez" });
  cards.alarm(`${name(card)}: ${words} Tecla i para ir.`);
  cards.atTheEnd();
  if (!cards.current() || cards.current().matches(".hecha, .enviando")) cards.goTo(card);
}

async function renewed(card) {
  const focused = card.contains(document.activeElement) && !menu.isOpen();
  try {
    await cards.refresh(card);
  } catch {
    cards.say("No se pudo volver a leer el hallazgo; recargue la página.");
  }
  if (focused) card.focus({ preventScroll: true });
}

async function refreshed(folio) {
  const other = document.getElementById(folio);
  if (other) await renewed(other);
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
