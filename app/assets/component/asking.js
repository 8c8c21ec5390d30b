// What is asked of the server: one wish at a time, and none for a history that is not there yet.
const linked = ["v", "d", "u"].some((name) => new URLSearchParams(location.search).has(name));
const shared = (window.tasteline ??= {
  open: new Set(), follow: false, block: null, linked, opening: linked, openings: 0, waiting: [], parts: [],
  held: Date.now(), // since when wishes wait for an answer
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
    keepAddress();
    shared.chosen();
  },
  chosen() { // what was picked is on screen, or was refused
    shared.choosing = false;
    for (const wish of shared.waiting.splice(0)) wish();
  },
  arrived() { // what the address names is on screen; a page that is loaded anew had it already
    if (!shared.linked) return;
    shared.linked = false;
    shared.opened();
    if (!["story", null].includes(new URLSearchParams(location.search).get("tab"))) showTabs();
  },
});

// A link to a tab is to what stands in it, which takes a moment to be painted.
const showTabs = (until = Date.now() + 2000) => {
  const tabs = document.querySelector(".tl-tabs");
  tabs.scrollIntoView({ block: "start" });
  if (tabs.getBoundingClientRect().top < 180 || Date.now() > until) return; // below what sticks
  setTimeout(() => shared.touched || showTabs(until), 100);
};

// What is asked for while another history opens is meant for that one, and waits until it is there.
const OPENS = ["choose", "dataset", "random", "recorded"];
const CHOOSES = ["pick", "system"]; // answered from what was on screen: what comes next waits for it
const SENDS = ["rescore", "preset", "undo", "flip", "own"];
const LOST_MS = 20_000; // an answer that has not come by then was lost on its way
const giveUpWhatIsLost = () => {
  if ((shared.opening || shared.choosing) && Date.now() - shared.held > LOST_MS) shared.opened();
};
const ask = (wish, data = {}) => {
  giveUpWhatIsLost();
  askSoon(); // what was chosen before comes before
  const opens = OPENS.includes(wish);
  if (opens || SENDS.includes(wish)) shared.writing = null; // what was written goes with it
  if (opens) shared.openings += 1;
  if (shared.opening || (shared.choosing && !opens)) {
    if (opens) shared.waiting = [];
    shared.waiting.push(() => ask(wish, data));
    return;
  }
  shared.opening = opens;
  shared.choosing = CHOOSES.includes(wish);
  shared.held = Date.now();
  if (opens) shared.link = null; // the address may name what a link opened, though nothing was written since
  document.body.classList.toggle("tl-opening", opens);
  if (wish === "replay" || wish === "live") shared.run = { said: status(), at: Date.now() };
  trigger(wish, data);
};

// Requests may overtake each other: of choices made within a moment only the last is asked for.
const askLast = (wish, data) => {
  const choice = wish + (data.side ?? "");
  if (shared.soon?.choice === choice) clearTimeout(shared.soon.timer);
  else askSoon();
  shared.soon = { choice, ask: () => ask(wish, data), timer: setTimeout(askSoon, 80) };
};
const askSoon = () => {
  const { soon } = shared;
  shared.soon = null;
  clearTimeout(soon?.timer);
  soon?.ask();
};

const bar = () => document.querySelector(".tl-controls");
const goTo = (delta) => {
  giveUpWhatIsLost();
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
