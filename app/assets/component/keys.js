// The whole page, once: arrows step through blocks and tabs, and what is read stays in place.
if (element.querySelector(".tl-controls")) {
  document.body.classList.toggle("tl-opening", shared.opening);
  shared.link = bar().dataset.link; // as it was opened: the address says it, or is the first one's
  document.addEventListener("keydown", (event) => {
    const busy = "input, textarea, select, [contenteditable], .tl-scroll, pre";
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.target.closest?.(busy)) return;
    const delta = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!delta) return;
    const tab = event.target.closest?.("[role=tab]");
    if (tab) {
      const tabs = [...tab.closest("[role=tablist]").querySelectorAll("[role=tab]")];
      const other = tabs[(tabs.indexOf(tab) + delta + tabs.length) % tabs.length];
      other.click();
      other.focus();
    } else if (document.querySelector(".tl-stepper").offsetParent) { // else another tab is open
      event.preventDefault();
      goTo(delta);
    }
  });
  document.addEventListener("pointerdown", () => (shared.stays = null), true); // who points is elsewhere
  const nameTabs = () => {
    document.querySelector("[role=tablist]").setAttribute("aria-label", "What to look at");
    for (const { id } of document.querySelectorAll("[role=tab]")) {
      document.querySelector(`[role=tabpanel]#${id.replace("-button", "")}`)?.setAttribute("aria-labelledby", id);
    }
  };
  setTimeout(nameTabs, 500); // Gradio paints a tab's panel when it is opened
  document.addEventListener("click", ({ target }) => {
    if (!target.closest?.("[role=tab]")) return;
    setTimeout(nameTabs, 500);
    shared.link = null; // as when a history is chosen
    keepAddress();
  });
  // A menu is over what it hides no longer than it is wanted.
  const closeMenus = (but) => {
    for (const menu of document.querySelectorAll(".tl-menu[open]")) {
      if (!menu.contains(but)) menu.open = false;
    }
  };
  for (const kind of ["pointerdown", "focusin"]) document.addEventListener(kind, ({ target }) => closeMenus(target));
  document.addEventListener("keydown", ({ key, target }) => {
    if (key !== "Escape") return;
    target.closest?.(".tl-menu")?.querySelector("summary").focus();
    closeMenus(null);
  });
  // The page stays under whoever scrolls, presses or types: a button that moves away is no click.
  for (const kind of ["wheel", "touchmove", "pointerdown", "keydown"]) {
    document.addEventListener(kind, () => ([shared.follow, shared.touched] = [false, true]), { passive: true, capture: true });
  }
}
