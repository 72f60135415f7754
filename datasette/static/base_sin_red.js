// The form without any network: entries stay on the phone until they are handed over in a file, and wiped.
import { button, drop, followTheClock, initials, keep, line, onlyInMemory, outgoing, tell, waiting, wipe, written } from "./base_cola.js";

const about = JSON.parse(document.querySelector("#sobre").textContent);
const sheet = document.querySelector("#anotar");
const place = (id) => document.querySelector(`#${id}`);
const NOT_KEPT = "Este teléfono no guarda nada: no cierre la página sin guardar antes el archivo.";
let exported = 0;

function draw() {
  const left = waiting();
  place("cuenta").textContent = `Anotadas: ${left.length}`;
  place("vacia").hidden = left.length > 0;
  place("cola").replaceChildren(...left.map((entry) => line(entry, "\n", button("Quitar", () => remove(entry)))));
}

function remove(entry) {
  if (confirm("¿Quitar esta anotación de este teléfono?")) drop(entry.uuid);
  draw();
}

sheet.addEventListener("submit", (event) => {
  event.preventDefault();
  try {
    const stored = keep(written(sheet));
    sheet.reset();
    tell(stored ? "" : NOT_KEPT, { bad: !stored });
  } catch (error) {
    tell(error.message, { bad: true });
  }
  draw();
});

place("exportar").addEventListener("click", () => {
  try {
    const left = waiting();
    if (!left.length) throw new Error("No hay nada que guardar.");
    const content = { ...about, anoto: initials(place("anoto").value), escrito_en: new Date().toISOString(), registros: left.map(outgoing) };
    const file = new Blob([JSON.stringify(content, null, 1)], { type: "application/json" });
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file) });
    link.download = `base-${about.base}-${content.escrito_en.replace(/\D/g, "").slice(0, 14)}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    exported = left.length;
    tell(`Se guardó un archivo con ${left.length}: ${link.download}. Cuando la oficina lo haya recibido, borre este teléfono.`);
  } catch (error) {
    tell(error.message, { bad: true });
  }
});

place("borrar").addEventListener("click", () => {
  const left = waiting().length;
  const warning = exported < left ? ` Hay ${left - exported} que no están en ningún archivo.` : "";
  if (!confirm(`¿Borrar ${left} de este teléfono?${warning}`)) return;
  wipe();
  exported = 0;
  sheet.reset();
  place("anoto").value = "";
  draw();
  tell("Este teléfono ya no guarda nada de esta Base.");
});

window.addEventListener("beforeunload", (event) => onlyInMemory() && event.preventDefault());
followTheClock(sheet.elements.hora);
draw();
