// What an update must not undo.
const restore = () => {
  for (const i of element.querySelectorAll("input[type=radio]")) i.checked = i.hasAttribute("checked");
  for (const o of element.querySelectorAll("option[selected]")) o.selected = true;
};
shared.parts.push(restore);

// An update undoes what the page did by itself: keep open what was open, checked what is checked.
element.addEventListener(
  "toggle",
  ({ target }) => {
    const key = target.dataset?.key;
    if (key) shared.open[target.open ? "add" : "delete"](key);
  },
  true,
);
const loading = new WeakSet(); // pictures that are listened to
watch("value", () => {
  // A picture is patched in place: do not show the old one under a new title while it loads.
  element.querySelectorAll("img").forEach((image) => {
    if (image.complete) return;
    image.classList.add("tl-loading");
    if (loading.has(image)) return;
    loading.add(image);
    image.addEventListener("load", () => image.classList.remove("tl-loading"));
  });
  element.querySelectorAll("details[data-key]").forEach((d) => (d.open = shared.open.has(d.dataset.key)));
  if (shared.writing !== element) { // an update that nobody here asked for takes no words away
    restore();
    if (written()) written().value = written().defaultValue;
    for (const box of element.querySelectorAll("[name=tl-sentence]")) box.checked = box.hasAttribute("checked"); // with their text
  }
  markUnscored();
  if (element.querySelector(".tl-controls")) {
    shared.asked = 0;
    askForBlock();
  }
  keepAddress();
  if (shared.stays && document.activeElement === document.body) {
    document.querySelector(shared.stays)?.focus({ preventScroll: true });
    shared.stays = null;
  }
  const chosen = element.querySelector(".tl-person:has(input:checked)"); // beyond the edge of a small screen, maybe
  if (chosen) chosen.parentElement.scrollLeft += chosen.getBoundingClientRect().left - chosen.parentElement.getBoundingClientRect().left - 3;
  const file = element.querySelector(".tl-export");
  if (file && file.dataset.at !== shared.taken) {
    shared.taken = file.dataset.at;
    file.click();
  }
  const here = element.querySelector(".tl-is-current, .tl-is-writing");
  if (here && shared.follow) here.scrollIntoView({ block: "nearest" });
});
