// What arrived meanwhile: asked when somebody comes back to the page, never more than once a minute.

const cola = document.querySelector("#cola");
let askedAt = Date.now();

async function arrivals() {
  if (document.hidden || Date.now() - askedAt < cola.dataset.cada * 1000) return;
  askedAt = Date.now();
  const { pestania, llegado } = cola.dataset;
  try {
    const answer = await fetch(`${cola.dataset.base}/llegados?${new URLSearchParams({ pestania, desde: llegado })}`);
    if (!answer.ok) return;
    const { nuevos } = await answer.json();
    const place = document.querySelector("#llegaron");
    place.hidden = !nuevos;
    place.querySelector("span").textContent = nuevos === 1 ? "Llegó 1 nuevo." : `Llegaron ${nuevos} nuevos.`;
  } catch {
    // asked again the next time
  }
}

window.addEventListener("focus", arrivals);
document.addEventListener("visibilitychange", arrivals);
