// The card of Check files takes what is dropped on it. Without this file the chooser does the same.
"use strict";

(() => {
  const card = document.querySelector("[data-drop]");
  const input = card?.querySelector("input[type=file]");
  if (!input) return;
  const list = card.querySelector(".chosen");

  const tell = () => {
    list.replaceChildren(
      ...[...input.files].map((file) => {
        const line = document.createElement("li");
        line.textContent = `${file.name}, ${Math.max(1, Math.ceil(file.size / 1024))} KiB`;
        return line;
      }),
    );
  };

  const holds = (event) => event.dataTransfer?.types.includes("Files");

  for (const name of ["dragenter", "dragover"]) {
    card.addEventListener(name, (event) => {
      if (!holds(event)) return;
      event.preventDefault();
      card.classList.add("over");
    });
  }
  card.addEventListener("dragleave", (event) => {
    if (!card.contains(event.relatedTarget)) card.classList.remove("over");
  });
  card.addEventListener("drop", (event) => {
    if (!holds(event)) return;
    event.preventDefault();
    card.classList.remove("over");
    const both = new DataTransfer();
    for (const file of [...input.files, ...event.dataTransfer.files]) both.items.add(file);
    input.files = both.files;
    tell();
  });
  // A file that misses the card must not replace the page.
  for (const name of ["dragover", "drop"]) {
    document.addEventListener(name, (event) => {
      if (holds(event) && !event.defaultPrevented) event.preventDefault();
    });
  }
  input.addEventListener("change", tell);
  tell();
})();
