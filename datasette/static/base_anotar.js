// The Base's page: what is written waits on the phone until the registry says that it has it; then it leaves the phone.
import { button, drop, followTheClock, keep, line, onlyInMemory, outgoing, tell, waiting, written } from "./base_cola.js";

const { aqui, entrar, guardia, hallazgo } = document.body.dataset;
const form = document.querySelector("#anotar");
const at = (id) => document.querySelector(`#${id}`);
const LOT = 20;
const LIMIT = 20000; // milliseconds
const KEPT = "hallazgos-base";
let { token, quien } = document.body.dataset;
let sending = false;
let again = 0;
let pause = 5000;
let log = null; // how many entries the log has, and whether the Base is open, as last told

function show() {
  const left = waiting();
  at("cuenta").textContent = `Por enviar: ${left.length}`;
  at("pendientes").hidden = !left.length;
  at("cola").replaceChildren(
    ...left.map((entry) => {
      if (!entry.error) return line(entry);
      const why = document.createElement("p");
      why.className = "mal";
      why.textContent = `No se guardó: ${entry.error}`;
      return line(entry, why, button("Corregir", () => correct(entry)), " ", button("Quitar", () => remove(entry)));
    }),
  );
}

function correct(entry) {
  for (const name of ["tipo", "tipo_persona"]) {
    const chosen = form.querySelector(`[name=${name}][value="${CSS.escape(entry[name])}"]`);
    if (chosen) chosen.checked = true;
  }
  for (const name of ["texto", "iniciales", "folio"]) form.elements[name].value = entry[name];
  form.elements.hora.value = new Date(entry.hora).toTimeString().slice(0, 5);
  form.elements.hora.dispatchEvent(new Event("input"));
  if (entry.folio) form.querySelector("details").open = true;
  drop(entry.uuid);
  show();
  form.scrollIntoView();
}

function remove(entry) {
  if (confirm("¿Quitar esta anotación? No se guardó en el registro.")) drop(entry.uuid);
  show();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  try {
    const stored = keep({ ...written(form), de: quien });
    form.reset();
    tell(stored ? "" : "Este teléfono no guarda nada: no cierre la página hasta que «Por enviar» diga 0.", { bad: !stored });
  } catch (error) {
    tell(error.message, { bad: true });
    return;
  }
  show();
  send();
});

async function ask(address, options = {}) {
  const answer = await fetch(address, {
    credentials: "same-origin",
    redirect: "error",
    signal: AbortSignal.timeout(LIMIT),
    ...options,
    headers: { accept: "application/json", ...options.headers },
  });
  let told = null;
  try {
    told = await answer.json();
  } catch {
    // a page instead of an answer: something stands between
  }
  return { status: answer.status, told };
}

const post = (lot) =>
  ask(aqui, {
    method: "POST",
    headers: { "content-type": "application/json", "x-csrftoken": token },
    body: JSON.stringify({ registros: lot.map(outgoing), anoto: lot[0].de ?? "" }),
  });

/** Take a new token and the name of who is in; false: nobody is. */
async function renew() {
  const { status, told } = await ask(`${aqui}/estado`);
  if (status !== 200 || !told?.ok) return false;
  ({ token, quien } = told);
  return true;
}

async function send() {
  clearTimeout(again);
  if (sending) return;
  sending = true;
  try {
    for (let lot = next(); lot.length; lot = next()) if (!(await sendLot(lot))) break;
  } catch {
    tell(`Sin red: lo anotado queda en este teléfono y se envía solo.`);
    later();
  } finally {
    sending = false;
    show();
  }
}

/** What goes next: of one writer, without what was refused. */
function next() {
  const left = waiting().filter((entry) => !entry.error);
  return left.filter((entry) => entry.de === left[0].de).slice(0, LOT);
}

function later() {
  again = setTimeout(send, pause);
  pause = Math.min(pause * 2, 60000);
}

async function sendLot(lot) {
  let { status, told } = await post(lot);
  if (status === 403 && !told?.registros && (await renew())) ({ status, told } = await post(lot));
  if (status === 403 || status === 401) return ended();
  if (!told?.registros) {
    tell(told?.error ? `No se guardó: ${told.error}` : "El servidor no contesta bien; se intenta otra vez.", { bad: true });
    later();
    return false;
  }
  pause = 5000;
  for (const one of told.registros) {
    const entry = lot[one.numero - 1];
    if (log && one.estado === "guardada") log.total += 1;
    if (one.estado !== "rechazada") arrived(entry);
    else keep({ ...entry, error: one.error });
  }
  tell("");
  show();
  count();
  return true;
}

function ended() {
  const link = document.createElement("a");
  link.href = `${entrar}?volver=${encodeURIComponent(location.pathname)}`;
  link.textContent = "Entre de nuevo";
  const what = onlyInMemory() ? " Este teléfono no guarda: éntre en otra pestaña y deje ésta abierta." : " Lo anotado queda en este teléfono.";
  tell("La sesión terminó. ", { bad: true, more: [link, what] });
  return false;
}

function arrived(entry) {
  drop(entry.uuid);
  at("registros").querySelector(`[data-uuid="${CSS.escape(entry.uuid)}"]`)?.remove(); // the log may have told of it already
  at("registros").prepend(listed(entry));
}

function listed(entry) {
  const link = (text, href) => Object.assign(document.createElement("a"), { textContent: text, href });
  const more = ["\n", link("Atender", `${aqui}/atencion?registro=${entry.uuid}`)];
  if (/^H-\d+-\d+$/.test(entry.folio ?? "")) more.push(" · ", link(entry.folio, hallazgo + entry.folio));
  const item = line(entry, ...more);
  item.dataset.uuid = entry.uuid;
  return item;
}

function count() {
  if (log) at("estado").textContent = `${log.total} en la bitácora${log.abierta ? "" : "; la Base está cerrada"}.`;
}

async function refresh() {
  try {
    const { status, told } = await ask(`${aqui}/estado?registros=1`);
    if (!told?.ok) return status === 403 ? ended() : null;
    ({ token, quien } = told);
    at("registros").replaceChildren(...told.registros.map(listed));
    log = told;
    count();
    return send();
  } catch {
    at("estado").textContent = "Sin red: lo anotado por otras personas se verá cuando vuelva.";
    return later();
  }
}

/** Let the page open without network: it holds no entry of anybody; a browser without encryption does not offer this. */
async function watch() {
  if (!("serviceWorker" in navigator) || !window.caches) return;
  try {
    await navigator.serviceWorker.register(guardia);
    await navigator.serviceWorker.ready;
    const parts = [...document.querySelectorAll("link[rel=stylesheet], script[src]")].map((one) => one.href || one.src);
    const kept = await caches.open(KEPT);
    if (await kept.match(location.pathname)) return; // the guard keeps it fresh from here on
    await kept.addAll([location.pathname, ...parts, new URL("./base_cola.js", import.meta.url).href]);
  } catch {
    // no network just now, or not allowed here: the form without network remains
  }
}

window.addEventListener("online", send);
document.addEventListener("visibilitychange", () => document.hidden || send());
window.addEventListener("storage", show);
window.addEventListener("beforeunload", (event) => onlyInMemory() && event.preventDefault());
at("enviar").addEventListener("click", send);
at("actualizar").hidden = false;
at("actualizar").addEventListener("click", refresh);
followTheClock(form.elements.hora);
show();
refresh();
watch();
