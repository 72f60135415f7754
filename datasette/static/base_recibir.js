// Puts the content of the chosen file where the form takes it from.

const file = document.querySelector("#archivo");
const content = document.querySelector("#exportado");
const LARGEST = 2_000_000; // bytes

async function show() {
  const [chosen] = file.files;
  file.setCustomValidity(chosen && chosen.size > LARGEST ? "Pasa de 2 MB; no parece el archivo de un teléfono." : "");
  if (chosen && file.reportValidity()) content.value = await chosen.text();
}

file.closest("[hidden]").hidden = false;
file.addEventListener("change", show);
show();
