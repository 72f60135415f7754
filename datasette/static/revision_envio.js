// Sends decisions one after another, in the order of the keys. The body is made when its turn comes, so that what follows on the
// same card carries the version that the one before led to; after a failure, what followed on that card is not sent.

const cola = document.querySelector("#cola");
const LIMIT = 20000; // milliseconds

let chain = Promise.resolve();
let waiting = 0;
const failures = new WeakMap();

export const busy = () => waiting > 0;
export const idle = () => chain;

/** Queue one decision on a card. Resolves to {kind: "done" | "conflict" | "refused" | "lost" | "dropped", ...the answer}. */
export function send(card, body) {
  const seen = failures.get(card) ?? 0;
  wait(1);
  const turn = chain.then(async () => {
    if ((failures.get(card) ?? 0) !== seen) return { kind: "dropped" };
    const outcome = await post({ ...about(card), ...body });
    if (outcome.kind === "done" && outcome.version) card.dataset.version = card.known = outcome.version;
    if (outcome.kind !== "done") failures.set(card, seen + 1);
    return outcome;
  });
  chain = turn.then(() => wait(-1));
  return turn;
}

function wait(by) {
  waiting += by;
  if (waiting) cola.setAttribute("aria-busy", "true");
  else cola.removeAttribute("aria-busy");
}

function about(card) {
  const { folio, version, noticia } = card.dataset;
  return folio ? { folio, version: Number(version) } : { noticia_id: Number(noticia) };
}

async function post(body) {
  let answer;
  try {
    answer = await fetch(`${cola.dataset.base}/decidir`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-csrftoken": cola.dataset.token },
      body: JSON.stringify(body),
      credentials: "same-origin",
      redirect: "error",
      signal: AbortSignal.timeout(LIMIT),
    });
  } catch {
    return { kind: "lost", error: "No hubo respuesta: no se sabe si se guardó." };
  }
  let told = {};
  try {
    told = await answer.json();
  } catch {
    // a page instead of an answer: the session ended, or something stands between
  }
  if (answer.ok && told.ok === true) return { ...told, kind: "done" };
  if (answer.status === 409) return { ...told, kind: "conflict" };
  if (answer.status === 400 && told.error) return { ...told, kind: "refused" };
  const why = { 401: "La sesión terminó: vuelva a entrar.", 403: "No se permite: la sesión terminó o la cuenta cambió." };
  return { kind: "lost", error: why[answer.status] ?? `El servidor no lo guardó (${answer.status}).` };
}

/** Fetch cards as a list of <article>, and from where the next ones follow. */
export async function fetchCards(query) {
  const answer = await fetch(`${cola.dataset.base}/tarjetas?${new URLSearchParams(query)}`, {
    credentials: "same-origin",
    signal: AbortSignal.timeout(LIMIT),
  });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return {
    cards: [...page.querySelectorAll("article.tarjeta")],
    next: page.querySelector("[data-sigue]")?.dataset.sigue ?? "",
  };
}
