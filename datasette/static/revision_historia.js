// What was done on this page, the last at the end, and how each is taken back: `u` goes back through it, whatever card it was on.

const done = [];
const OUT = ["validar", "descartar", "fusionar", "posponer", "visto"]; // these take the card out of the filter that it is shown in
const LASTS = {
  comentar: "un comentario no se quita",
  visto: "lo visto no se deshace",
  aceptar_rechazada: "la noticia ya es un hallazgo, que se decide en su página",
};
const BACK = {
  asignar: ({ assigned }) => ({ accion: "asignar", a_quien: assigned }),
  posponer: ({ postponed }) => ({ accion: "posponer", hasta: postponed }),
  confirmar_rechazada: () => ({ accion: "reconsiderar_rechazada" }),
};

/** Keep what is about to be done on a card, with how the card was before. */
export function remember(card, body) {
  const { asignado = "", pospuesto = "" } = card.dataset;
  const entry = { card, accion: body.accion, other: body.en ?? body.de, to: body.a_quien ?? "", assigned: asignado, postponed: pospuesto };
  done.push(entry);
  return entry;
}

export function forget(entry) {
  if (done.includes(entry)) done.splice(done.lastIndexOf(entry), 1);
}

export const holds = (entry) => done.includes(entry);
export const again = (entry) => done.push(entry);

/** Return the last thing done, on a card or on any. */
export const last = (card = null) => done.findLast((entry) => !card || entry.card === card);

/** Somebody else changed the finding: undoing its last change would take back theirs. */
export function changedByOthers(card) {
  done.filter((entry) => entry.card === card && !BACK[entry.accion]).forEach((entry) => { entry.theirs = true; });
}

export const lasting = ({ accion }) => accion in LASTS;

/** Return why it is not taken back here, or nothing. */
export function whyNot(entry) {
  if (lasting(entry)) return LASTS[entry.accion];
  return entry.theirs ? "otra persona lo cambió después; se deshace en su página" : "";
}

export const wayBack = (entry) => BACK[entry.accion]?.(entry) ?? { accion: "deshacer" };

/** Return by how much each count moves once it is done: those of the filters, and `decided` for the day's work. */
export function moves({ accion, to, assigned, postponed }, me) {
  const whose = (who) => ({ mios: Number(who === me), nadie: Number(who === "") });
  if (accion === "asignar" && !postponed) {
    const [before, after] = [whose(assigned), whose(to)];
    return { mios: after.mios - before.mios, nadie: after.nadie - before.nadie };
  }
  if (!OUT.includes(accion)) return {};
  const decided = Number(["validar", "descartar", "fusionar"].includes(accion));
  const later = Number(accion === "posponer");
  if (postponed) return { pospuestos: later - 1, decided };
  const { mios, nadie } = whose(assigned);
  return { todos: -1, mios: -mios, nadie: -nadie, pospuestos: later, decided };
}
