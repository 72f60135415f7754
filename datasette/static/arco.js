// Asks how far a request has come, and shows the page anew once none waits; nothing is lost of what is being typed.

const waiting = document.querySelector("#pedidos");

function typing() {
  return [...document.querySelectorAll("input[type=text]")].some((field) => field.value !== field.defaultValue);
}

async function look() {
  if (!document.hidden && !typing()) {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (answer.ok && page.querySelector("#pedidos")?.dataset.espera !== "1") return location.assign(location.href);
    } catch {
      // asked again
    }
  }
  setTimeout(look, 3000);
}

if (waiting?.dataset.espera === "1") setTimeout(look, 2000);
