// Comfort only: every page works without this file. Listeners sit on the document, so parts that htmx
// brings in later need nothing done to them, but for tables.
"use strict";

(() => {
  document.documentElement.classList.add("js");

  // "Copy": puts the text of the element that data-copy names on the clipboard.
  const copy = async (button) => {
    const source = document.querySelector(button.dataset.copy);
    if (!source) return;
    const says = button.querySelector("[role=status]");
    try {
      await navigator.clipboard.writeText(source.textContent);
      if (says) says.textContent = " Copied.";
    } catch {
      // No clipboard without HTTPS or permission: then the text is shown and selected, ready for Ctrl+C.
      const details = source.closest("details");
      if (details) details.open = true;
      getSelection().selectAllChildren(source);
      if (says) says.textContent = " Selected: press Ctrl+C.";
    }
  };

  // "Copy for the ticket": the same for a text that the link leads to; without a clipboard the link is followed.
  const copyFrom = async (link) => {
    try {
      const answer = await fetch(link.href);
      if (!answer.ok) throw new Error(answer.statusText);
      await navigator.clipboard.writeText(await answer.text());
      link.querySelector("[role=status]").textContent = " Copied.";
    } catch {
      location.assign(link.href);
    }
  };

  // "Select all" and "Unselect all": every box of the button's form that is in sight.
  const tick = (button) => {
    const boxes = document.querySelectorAll(`input[type=checkbox][name="${CSS.escape(button.dataset.tick)}"]`);
    for (const box of boxes) box.checked = button.dataset.to === "on";
  };

  document.addEventListener("click", (event) => {
    const target = event.target;
    const copies = target.closest("[data-copy]");
    const ticks = target.closest("[data-tick]");
    const copiesFrom = target.closest("a[data-copy-from]");
    if (copies) copy(copies);
    if (copiesFrom && navigator.clipboard && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      copyFrom(copiesFrom);
    }
    if (ticks) {
      event.preventDefault();
      tick(ticks);
    }
    for (const open of document.querySelectorAll(".menu > details[open]")) {
      if (!open.contains(target)) open.open = false;
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector(".menu > details[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });

  // A table knows its headings cell by cell, so that a narrow page can print a row as a block; and a box that
  // scrolls can be reached by keyboard.
  const tables = (root) => {
    for (const table of root.querySelectorAll(".tablebox > table")) {
      const heads = [...table.querySelectorAll("thead th")].map((head) => {
        const plain = head.cloneNode(true);
        for (const hidden of plain.querySelectorAll(".vh")) hidden.remove();
        return plain.textContent.trim();
      });
      if (!heads.length) continue;
      for (const row of table.tBodies[0]?.rows ?? []) {
        [...row.cells].forEach((cell, i) => {
          if (cell.tagName === "TD" && heads[i]) cell.dataset.label ??= heads[i];
        });
      }
      table.classList.add("stack");
      const box = table.parentElement;
      if (box.scrollWidth > box.clientWidth && !box.hasAttribute("tabindex")) {
        const heading = box.closest("section")?.querySelector("h1, h2");
        box.tabIndex = 0;
        box.setAttribute("role", "region");
        box.setAttribute("aria-label", heading ? heading.textContent.trim() : "Table");
      }
    }
  };

  const ready = () => tables(document);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", ready);
  else ready();

  // After htmx put a new page into the room, the reader goes on where the answer is.
  document.addEventListener("htmx:afterSettle", (event) => {
    tables(document);
    if (event.detail.target.id !== "room") return;
    const answer = document.querySelector("#main [role=alert], #main [role=status]");
    const place = answer ?? document.getElementById("main");
    if (!place.hasAttribute("tabindex")) place.tabIndex = -1;
    place.focus({ preventScroll: !answer });
  });
})();
