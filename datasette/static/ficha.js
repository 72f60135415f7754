// Comfort on the finding's page: forms are sent without leaving it, a conflict keeps what was typed, files get their digest here.
// Without this script every form is posted and comes back to the page.

const WAIT = 2000; // ms between two looks at a note that is on its way

async function send(form, button) {
    const fields = new URLSearchParams(new FormData(form));
    if (button?.name) fields.append(button.name, button.value);
    const token = fields.get("csrftoken");
    fields.delete("volver");
    const answer = await fetch(form.action, {
        method: "POST",
        headers: { "x-csrftoken": token, accept: "application/json", "content-type": "application/x-www-form-urlencoded" },
        body: fields,
    });
    return answer.headers.get("content-type")?.includes("json") ? answer.json() : { ok: false, error: `El servidor respondió ${answer.status}.` };
}

function notice(place, text, kind) {
    place.querySelector(":scope > .conflicto")?.remove();
    const box = document.createElement("div");
    box.className = kind;
    box.setAttribute("role", "alert");
    const line = document.createElement("p");
    line.textContent = text;
    box.append(line);
    place.prepend(box);
    return box;
}

function conflict(form, told) {
    const box = notice(form, told.error, "conflicto");
    const kept = document.createElement("p");
    kept.textContent = "Lo que escribió sigue aquí. Vea lo que cambió antes de decidir.";
    const look = document.createElement("a");
    look.href = location.pathname;
    look.target = "_blank";
    look.textContent = "Ver el hallazgo como está ahora (otra pestaña)";
    const again = document.createElement("button");
    again.type = "button";
    again.className = "secundario";
    again.textContent = "Aplicar lo mío sobre lo que hay ahora";
    again.addEventListener("click", () => {
        form.elements.version.value = told.version;
        form.requestSubmit();
    });
    box.append(kept, look, document.createTextNode(" "), again);
    again.focus();
}

// A message's words, each folio in it a link to that finding; this page's own is only told.
function withFolios(message) {
    return message.split(/(\bH-\d{4}-\d{6,}\b)/).map((words, at) => {
        if (at % 2 === 0 || location.pathname.endsWith(`/${words}`)) return document.createTextNode(words);
        const link = document.createElement("a");
        link.className = "folio";
        link.href = words;
        link.textContent = words;
        return link;
    });
}

async function refresh(message, anchor) {
    const answer = await fetch(location.pathname, { headers: { accept: "text/html" } });
    if (!answer.ok) return location.reload();
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.querySelector("main").replaceChildren(...fresh.querySelector("main").childNodes);
    dress(document);
    if (message) {
        const line = document.createElement("p");
        line.className = "mensaje";
        line.append(...withFolios(message));
        document.querySelector(".avisos").replaceChildren(line);
    }
    const place = anchor && document.getElementById(anchor);
    if (place) {
        place.tabIndex = -1;
        place.focus({ preventScroll: false });
    }
}

async function submitted(event) {
    const form = event.target.closest("form.decision");
    if (!form) return;
    event.preventDefault();
    const button = event.submitter ?? form.querySelector("button");
    if (button?.getAttribute("aria-busy") === "true") return;
    button?.setAttribute("aria-busy", "true");
    try {
        const told = await send(form, event.submitter);
        if (told.ok) {
            const anchor = form.elements.volver.value.split("#")[1];
            await refresh(told.mensaje, anchor);
        } else if (told.conflicto) conflict(form, told);
        else notice(form, told.error, "conflicto");
    } catch {
        notice(form, "No se pudo enviar: no hay conexión con el servidor. Lo que escribió sigue aquí.", "conflicto");
    } finally {
        button?.removeAttribute("aria-busy");
    }
}

async function digest(input) {
    const file = input.files[0];
    if (!file) return;
    const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    const target = input.closest("form").querySelector(".huella");
    target.value = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    target.dispatchEvent(new Event("input", { bubbles: true }));
}

// A borough chosen on the map is chosen in its list, which stays the way for keyboards.
function mapped(event) {
    const shape = event.target.closest(".mapa path[data-valor]");
    const select = shape && document.getElementById("campo-alcaldia-valor");
    if (!select) return;
    select.closest("details").open = true;
    select.value = shape.dataset.valor;
    select.focus();
}

function dress(root) {
    root.querySelectorAll(".con-script").forEach((each) => (each.hidden = !(crypto.subtle || each.matches("button"))));
    if (root.querySelector("#campo-alcaldia-valor")) root.querySelector(".mapa")?.classList.add("se-elige");
}

// A note that is on its way: asks how it is getting on, and shows the page anew once it ended and nobody is typing.
async function watch() {
    const waiting = document.querySelector("[data-trabajo]");
    if (!waiting || document.hidden || document.activeElement?.matches("form.decision :is(input, textarea, select)")) return;
    const answer = await fetch(waiting.dataset.trabajo, { headers: { accept: "application/json" } }).catch(() => null);
    if (answer?.ok && ["hecho", "fallido"].includes((await answer.json()).estado)) await refresh("", "");
}

document.addEventListener("submit", submitted);
document.addEventListener("click", mapped);
document.addEventListener("click", (event) => event.target.closest(".imprimir") && print());
document.addEventListener("change", (event) => event.target.matches(".archivo-huella") && digest(event.target));
dress(document);
setInterval(watch, WAIT);
