// What is clicked, chosen and sent.

// A control that goes with what it did leaves the keyboard to one that stays.
const STAYS = { recorded: "[data-do=replay]", stop: "[data-do=replay]", ask: "#tl-left", undo: "[data-submit=rescore] [type=submit]" };

element.addEventListener("click", (event) => {
  const button = event.target.closest("button, a");
  if (!button || button.disabled) return;
  shared.stays = "user" in button.dataset ? ".tl-person input:checked" : STAYS[button.dataset.do];
  const { do: wish, step, jump, why, preset, user, export: kind } = button.dataset;
  if (wish) {
    shared.follow = wish === "replay" || wish === "live";
    shared.block = null;
    if (wish === "stop") stopOnceBegun();
    else if (wish === "flip") ask(wish, { text: written().value });
    else ask(wish);
  } else if (kind) {
    ask("export", { kind, at: Date.now() }); // the same view may be taken away twice
    const menu = button.closest("details");
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (preset) {
    ask("preset", { name: preset });
  } else if (user !== undefined) {
    shared.block = null;
    ask("choose", { user });
  } else if (why !== undefined) {
    ask("why", { item: why });
    document.querySelector(".tl-tabs").scrollIntoView({ block: "start" });
  } else if (step) {
    goTo(Number(step));
  } else if (jump) {
    event.preventDefault();
    const target = document.getElementById(jump);
    target.scrollIntoView({ block: "center" });
    target.focus({ preventScroll: true });
  } else if ("theme" in button.dataset) {
    const dark = document.body.classList.toggle("dark");
    const theme = dark ? "dark" : "light";
    localStorage.setItem("tasteline-theme", theme);
    const address = new URL(location);
    if (address.searchParams.has("__theme")) { // it decides when the page is loaded anew
      address.searchParams.set("__theme", theme);
      history.replaceState(history.state, "", address);
    }
  } else if ("copy" in button.dataset) {
    copyLink();
  }
});

element.addEventListener("change", (event) => {
  const { name, value } = event.target;
  shared.block = null;
  if (name === "tl-user") ask("choose", { user: value });
  if (name === "tl-dataset") ask("dataset", { dataset: value });
  if (name === "tl-sentence") {
    const boxes = [...element.querySelectorAll("[name=tl-sentence]")];
    const text = (kept) => boxes.filter(kept).map((box) => box.value).join(" ");
    const before = text((box) => (box === event.target ? !box.checked : box.checked));
    const field = written();
    if (field.value === before) field.value = text((box) => box.checked);
    else if (event.target.checked) field.value = `${field.value} ${value}`.trim(); // written by hand
    else field.value = field.value.replace(value, "").replace(/\s+/g, " ").trim();
    shared.writing = element;
    markUnscored();
  }
  if (name === "tl-left" || name === "tl-right") askLast("system", { side: name.slice(3), system: value });
  if (name === "tl-picked") askLast("pick", { item: value });
  if (name === "tl-view") ask("view", { view: value });
});

element.addEventListener("input", () => {
  if (written()) shared.writing = element;
  markUnscored();
});

element.addEventListener("submit", (event) => {
  event.preventDefault();
  const { submit } = event.target.dataset;
  const fields = event.target.elements;
  if (submit) tryOut[submit](fields);
  else ask("search", { query: fields.query.value });
});
