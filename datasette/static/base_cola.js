// Entries that wait on this phone: read from the form, checked, kept one a key in localStorage (in memory where that is denied).

const body = document.body;
const PREFIX = `hallazgos-base:${body.dataset.base}:`;
const MINUTE = 60000;
const HALF_DAY = 12 * 60 * MINUTE;
const LETTERS = Number(body.dataset.letras);
const INITIALS_ONLY = `Sólo iniciales, hasta ${LETTERS} letras: si el teléfono se pierde o lo revisan, un nombre completo pone en riesgo a esa persona.`;
const inMemory = new Map();

/** Keep one entry; false: this phone does not store, it lives as long as the page. */
export function keep(entry) {
  try {
    localStorage.setItem(PREFIX + entry.uuid, JSON.stringify(entry));
    inMemory.delete(entry.uuid);
    return true;
  } catch {
    inMemory.set(entry.uuid, entry);
    return false;
  }
}

export function drop(uuid) {
  inMemory.delete(uuid);
  try {
    localStorage.removeItem(PREFIX + uuid);
  } catch {
    // denied: there was only the memory
  }
}

/** Return what waits, by the order in which it was written. */
export function waiting() {
  const found = new Map(inMemory);
  for (const key of storedKeys()) {
    try {
      const entry = JSON.parse(localStorage.getItem(key));
      if (entry?.uuid) found.set(entry.uuid, entry);
    } catch {
      // not ours, or cut off: it stays where it is
    }
  }
  return [...found.values()].sort((one, other) => one.escrita - other.escrita);
}

function storedKeys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
}

export const onlyInMemory = () => inMemory.size > 0;

export function wipe() {
  inMemory.clear();
  for (const key of storedKeys()) localStorage.removeItem(key);
}

/** A random UUID; `crypto.randomUUID` is missing where the page came without encryption. */
export function newUuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** Return initials as they are kept, or throw why not. */
export function initials(typed) {
  const letters = typed.replace(/[\s.,·-]/g, "");
  if (/\p{Lu}\p{Ll}{2}/u.test(typed) || letters.length > LETTERS || /\P{L}/u.test(letters)) throw new Error(INITIALS_ONLY);
  return typed.trim().toUpperCase();
}

/** Return the moment of an hour typed as HH:MM: today's, or last night's where today's has not come yet. */
export function moment(typed, now = new Date()) {
  const [hours, minutes] = typed.split(":").map(Number);
  const found = new Date(now);
  found.setHours(hours, minutes, 0, 0);
  if (found - now > 10 * MINUTE) found.setDate(found.getDate() - 1);
  if (Number.isNaN(found.getTime()) || now - found > HALF_DAY && found.getDate() !== now.getDate()) {
    throw new Error("Esa hora todavía no llega: revise la hora.");
  }
  return found.toISOString().replace(/\.\d+Z$/, "Z");
}

/** Return the entry that the form says, or throw what is wrong with it. */
export function written(form) {
  const said = new FormData(form);
  const text = (name) => String(said.get(name) ?? "").trim();
  const entry = { uuid: newUuid(), hora: moment(text("hora")), tipo: text("tipo"), texto: text("texto") };
  entry.tipo_persona = text("tipo_persona");
  entry.iniciales = initials(text("iniciales"));
  entry.folio = text("folio");
  if (!entry.tipo) throw new Error("Falta qué pasa.");
  if (!entry.texto) throw new Error("Falta qué pasó.");
  if (entry.iniciales && !entry.tipo_persona) throw new Error("Hay iniciales: diga si es periodista o defensora.");
  return { ...entry, escrita: Date.now() };
}

/** Return what goes out of an entry: not what this phone noted beside it. */
export function outgoing({ uuid, hora, tipo, texto, tipo_persona, iniciales, folio }) {
  return { uuid, hora, tipo, texto, tipo_persona, iniciales, folio };
}

const two = (number) => String(number).padStart(2, "0");
export const clock = (when) => `${two(when.getHours())}:${two(when.getMinutes())}`;

/** Keep the hour of the form at now until somebody touches it. */
export function followTheClock(field) {
  let touched = false;
  const set = () => {
    if (!touched) field.value = clock(new Date());
  };
  field.addEventListener("input", () => (touched = true));
  field.form.addEventListener("reset", () => {
    touched = false;
    queueMicrotask(set);
  });
  setInterval(set, 20000);
  set();
}

/** Put what is wrong, or what was done, before the person. */
export function tell(text, { bad = false, more = [] } = {}) {
  const place = document.querySelector("#aviso");
  place.replaceChildren();
  if (!text) return;
  const line = document.createElement("p");
  line.className = bad ? "mensaje fallo" : "mensaje";
  line.append(text, ...more);
  place.append(line);
  if (bad) line.scrollIntoView({ block: "center" });
}

export const kindOf = (entry) =>
  document.querySelector(`[name=tipo][value="${CSS.escape(entry.tipo)}"]`)?.nextElementSibling?.textContent ?? entry.tipo;

/** One line of a list: hour, kind, person; then the text; then what is given as nodes. */
export function line(entry, ...more) {
  const item = document.createElement("li");
  const head = document.createElement("strong");
  const person = [{ periodista: "Periodista", defensora: "Defensora" }[entry.tipo_persona], entry.iniciales].filter(Boolean).join(" ");
  head.textContent = [clock(new Date(entry.hora)), kindOf(entry), person, entry.folio].filter(Boolean).join(" · ");
  item.append(head, "\n", entry.texto, ...more);
  return item;
}

export function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "menor";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}
