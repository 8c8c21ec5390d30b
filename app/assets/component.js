// Runs once in every gr.HTML of the page, as the body of a function that app/ui.py puts into the
// head; `element`, `trigger` and `watch` are Gradio's.
const linked = ["v", "d", "u"].some((name) => new URLSearchParams(location.search).has(name));
const shared = (window.tasteline ??= {
  open: new Set(), follow: false, block: null, linked, opening: linked, waiting: [], parts: [],
  // Controls as they were painted: after a refusal they must not name what is not there.
  restore() {
    for (const restore of shared.parts) restore();
  },
  focusOn(selector) { // what was clicked is hidden by now, and the keyboard must not start anew
    setTimeout(() => document.querySelector(selector)?.focus(), 100);
  },
  opened() { // told by the server's answer, whatever it was
    shared.opening = false;
    document.body.classList.remove("tl-opening");
    shared.restore();
    for (const wish of shared.waiting.splice(0)) wish();
  },
  arrived() { // what the address names is on screen; a page that is loaded anew had it already
    if (!shared.linked) return;
    shared.linked = false;
    shared.opened();
  },
});

// What is asked for while another history opens is meant for that one, and waits until it is there.
const OPENS = ["choose", "dataset", "random", "recorded"];
const ask = (wish, data = {}) => {
  const opens = OPENS.includes(wish);
  shared.writing = null; // what was written is sent, or given up for what is asked for
  if (shared.opening) {
    if (opens) shared.waiting = [];
    shared.waiting.push(() => ask(wish, data));
    return;
  }
  shared.opening = opens;
  document.body.classList.toggle("tl-opening", opens);
  if (wish === "replay" || wish === "live") shared.run = { said: status(), at: Date.now() };
  trigger(wish, data);
};

const bar = () => document.querySelector(".tl-controls");
const goTo = (delta) => {
  if (shared.opening) return shared.waiting.push(() => goTo(delta)); // blocks of what is to come
  const { block, blocks } = bar().dataset;
  const from = shared.block ?? Number(block);
  shared.block = Math.max(Math.min(1, blocks), Math.min(Number(blocks), from + delta));
  shared.follow = true;
  askForBlock();
};
// One request at a time, so that answers cannot overtake each other; the newest wish comes last.
const askForBlock = () => {
  if (Date.now() - (shared.asked ?? 0) < 2000) return;
  if (shared.block === Number(bar().dataset.block)) shared.block = null;
  if (shared.block === null) return;
  shared.asked = Date.now();
  ask("step", { block: shared.block });
};

// A run that has not said anything yet cannot be stopped: Gradio may not have answered its request.
const status = () => document.querySelector("#tl-now [role=status]").textContent;
const stopOnceBegun = () => {
  const { said: before, at } = shared.run ?? { at: 0 };
  if (!shared.opening && (status() !== before || Date.now() - at > 5000)) trigger("stop", {});
  else setTimeout(stopOnceBegun, 50);
};

// A control that goes with what it did leaves the keyboard to one that stays.
const STAYS = { recorded: "[data-do=replay]", ask: "#tl-left", undo: "[data-submit=rescore] [type=submit]" };

element.addEventListener("click", (event) => {
  const button = event.target.closest("button, a");
  if (!button || button.disabled) return;
  shared.stays = "user" in button.dataset ? ".tl-person input:checked" : STAYS[button.dataset.do];
  const { do: wish, step, jump, why, preset, user, export: kind } = button.dataset;
  if (wish) {
    shared.follow = wish === "replay" || wish === "live";
    shared.block = null;
    if (wish === "stop") stopOnceBegun();
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
    localStorage.setItem("tasteline-theme", dark ? "dark" : "light");
  } else if ("copy" in button.dataset) {
    copyLink();
  }
});

// Back, a reload and a connection that comes back (Gradio then loads the page anew) open what was here.
const keepAddress = () => {
  const { link } = bar().dataset;
  if (link === shared.link) return;
  shared.link = link;
  const address = new URL(link, location.origin + location.pathname);
  const theme = new URLSearchParams(location.search).get("__theme"); // Gradio's
  if (theme) address.searchParams.set("__theme", theme);
  history.replaceState(history.state, "", address);
};

const copyLink = async () => {
  const open = [...document.querySelectorAll("[data-link]")].find((part) => part.offsetParent);
  const link = new URL((open ?? bar()).dataset.link, location.origin + location.pathname).toString();
  const field = element.querySelector(".tl-link");
  field.value = link;
  field.parentElement.hidden = false;
  field.select();
  const kept = bar().dataset.kept; // a live run is the visitor's own; its link opens the history
  let said = kept ? "Copy it from here:" : "Copy the link to this history from here; a live run is not kept:";
  try {
    await navigator.clipboard.writeText(link);
    said = kept ? "Link copied:" : "Link to this history copied; a live run is not kept:";
  } catch {
    // No permission, or plain http: the field below has the link.
  }
  element.querySelector(".tl-copied-text").textContent = said;
};

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
  }
  if (name === "tl-left" || name === "tl-right") ask("system", { side: name.slice(3), system: value });
  if (name === "tl-picked") ask("pick", { item: value });
  if (name === "tl-view") ask("view", { view: value });
});

element.addEventListener("input", () => (shared.writing = element));

element.addEventListener("submit", (event) => {
  event.preventDefault();
  const { submit } = event.target.dataset;
  const fields = event.target.elements;
  if (submit) tryOut[submit](fields);
  else ask("search", { query: fields.query.value });
});

// What if: forms change the text, and the text is what is scored.
const written = () => element.querySelector("#tl-text");
const rescore = () => ask("rescore", { text: written().value });
const tryOut = {
  rescore,
  swap: ({ old, new: to }) => {
    const phrase = old.value.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const whole = new RegExp(`(?<![\\p{L}\\p{N}])${phrase}(?![\\p{L}\\p{N}])`, "giu"); // no part of a word
    written().value = written().value.replace(whole, () => to.value);
    rescore();
  },
  add: ({ new: liking }) => {
    written().value = `${written().value} They like ${liking.value}.`.trim();
    rescore();
  },
  own: async ({ title, picture }) => {
    const [file] = picture.files;
    ask("own", { title: title.value, picture: file ? await dataUri(file) : "" });
  },
};
// A photograph has more pixels than any model looks at, and a phone sends it slowly.
const MOST_PIXELS = 1024;
const dataUri = async (file) => {
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, MOST_PIXELS / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(side * scale)));
    const paper = canvas.getContext("2d");
    paper.fillStyle = "white"; // behind what is transparent
    paper.fillRect(0, 0, canvas.width, canvas.height);
    paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL("image/jpeg", 0.92);
  } catch {
    return "data:,"; // no picture that can be read: the server says so
  }
};

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
  // The page stays under whoever scrolls, presses or types: a button that moves away is no click.
  for (const kind of ["wheel", "touchmove", "pointerdown", "keydown"]) {
    document.addEventListener(kind, () => (shared.follow = false), { passive: true, capture: true });
  }
}

const restore = () => {
  for (const i of element.querySelectorAll("input[type=radio], input[type=checkbox]")) i.checked = i.hasAttribute("checked");
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
watch("value", () => {
  // A picture is patched in place: do not show the old one under a new title while it loads.
  element.querySelectorAll("img").forEach((image) => {
    if (image.complete) return;
    image.classList.add("tl-loading");
    image.addEventListener("load", () => image.classList.remove("tl-loading"), { once: true });
  });
  element.querySelectorAll("details[data-key]").forEach((d) => (d.open = shared.open.has(d.dataset.key)));
  if (shared.writing !== element) { // an update that nobody here asked for takes no words away
    restore();
    if (written()) written().value = written().defaultValue;
  }
  if (element.querySelector(".tl-controls")) {
    shared.asked = 0;
    askForBlock();
    keepAddress();
  }
  if (shared.stays && document.activeElement === document.body) {
    document.querySelector(shared.stays)?.focus({ preventScroll: true });
    shared.stays = null;
  }
  const file = element.querySelector(".tl-export");
  if (file && file.dataset.at !== shared.taken) {
    shared.taken = file.dataset.at;
    file.click();
  }
  const here = element.querySelector(".tl-is-current, .tl-is-writing");
  if (here && shared.follow) here.scrollIntoView({ block: "nearest" });
});
