// The page without a server: what Gradio does for the live one, with pieces that were painted ahead.
const runs = JSON.parse(document.currentScript.dataset.runs);
const parts = Object.fromEntries([...document.querySelectorAll("[data-part]")].map((e) => [e.dataset.part, e]));
const repainted = new Map();
const stories = new Map();
const REPLAY_MS = 1800; // a block, long enough to read what changed
let replay = null;
let at = { ...runs[document.currentScript.dataset.start], block: Infinity, view: "diff" };

const load = async ({ dataset, user }) => {
  const address = `stories/${encodeURIComponent(dataset)}/${encodeURIComponent(user)}.json`;
  if (!stories.has(address)) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address} is not there (${answer.status}): is the copy whole?`);
    stories.set(address, await answer.json());
  }
  return stories.get(address);
};

const put = (name, html) => {
  const part = parts[name];
  const focused = part.contains(document.activeElement) ? keyOf(document.activeElement) : null;
  const told = name === "status" && part.querySelector("[role=status]");
  if (told) { // a new one that comes with its words would say nothing
    const fresh = document.createElement("template");
    fresh.innerHTML = html;
    told.textContent = fresh.content.textContent.trim();
    return;
  }
  part.innerHTML = html;
  repainted.get(part)?.();
  const again = [...part.querySelectorAll("a, button, input, select, summary, [tabindex]")].find((e) => keyOf(e) === focused);
  again?.focus({ preventScroll: true });
};
// What had the focus is found again by what it does.
const keyOf = (e) => [
  e.tagName, e.name, e.value, e.id, e.getAttribute("href"), e.getAttribute("aria-label"),
  JSON.stringify(e.dataset), e.closest("details")?.dataset.key,
].join("|");

const paint = async (change) => {
  const next = { ...at, ...change };
  const story = await load(next);
  next.block = Math.min(Math.max(next.block, 1), story.shown.length);
  at = next;
  const shown = story.shown[at.block - 1][at.view] ?? story.shown[at.block - 1].diff;
  for (const [name, html] of Object.entries(shown)) put(name, html);
  showStop();
  put("picker", story.picker);
  const why = story.why[at.block - 1];
  put("why", why[at.picked] ?? why[story.picked[at.block - 1]]);
  const pair = [at.left ?? "mllm-msr", at.right ?? "zero-shot"];
  put("compare", story.compare[pair.join(" ")] ?? Object.values(story.compare)[0]);
  for (const beside of [parts.why, parts.compare]) { // painted ahead, of one block and one view
    const part = beside.querySelector("[data-link]");
    const link = new URLSearchParams(part.dataset.link.slice(part.dataset.link.indexOf("?")));
    link.set("b", at.block);
    link.set("view", at.view);
    part.dataset.link = `?${link}`;
  }
  for (const option of parts.compare.querySelectorAll("option")) {
    option.disabled = !story.systems.includes(option.value); // nothing of it is recorded
  }
};

const showStop = () => { // painted ahead, nothing is running
  const button = parts.controls.querySelector("[data-do=stop]");
  if (replay) button.removeAttribute("aria-disabled");
  else button.setAttribute("aria-disabled", "true");
};
const stop = () => {
  clearInterval(replay);
  replay = null;
  showStop();
};
const open = ({ dataset, user }) => {
  stop();
  const fresh = { picked: undefined, left: undefined, right: undefined };
  return paint({ dataset, user, block: Infinity, ...fresh }).finally(window.tasteline.opened);
};
const does = {
  choose: ({ user }) => open({ dataset: at.dataset, user }),
  dataset: ({ dataset }) => open(runs.find((run) => run.dataset === dataset)),
  step: ({ block }) => (stop(), paint({ block })),
  view: ({ view }) => (stop(), paint({ view })),
  pick: ({ item }) => (stop(), paint({ picked: item })),
  why: async ({ item }) => {
    stop();
    await paint({ picked: item });
    select("why");
    window.tasteline.focusOn("#tl-picked");
  },
  system: ({ side, system }) => (stop(), paint({ [side]: system })),
  stop,
  replay: () => {
    stop();
    window.tasteline.run = null; // nothing is to be waited for before it can be stopped
    replay = setInterval(async () => {
      const before = at.block;
      await paint({ block: before + 1 });
      if (at.block === before) stop();
    }, REPLAY_MS);
    return paint({ block: 1 });
  },
};
const say = (error) => (parts.status.querySelector("[role=status]").textContent = error.message);
const trigger = (wish, data) =>
  Promise.resolve(does[wish]?.(data)).catch(say).finally(window.tasteline.chosen);

const tabs = [...document.querySelectorAll("[role=tab]")];
const select = (name) => {
  for (const tab of tabs) {
    const here = tab.id === `tab-${name}`;
    tab.setAttribute("aria-selected", here);
    tab.tabIndex = here ? 0 : -1;
    document.getElementById(tab.getAttribute("aria-controls")).hidden = !here;
  }
};
for (const tab of tabs) {
  tab.addEventListener("click", () => select(tab.id.slice(4)));
}

for (const part of Object.values(parts)) {
  window.tastelineMount(part, trigger, (_, then) => repainted.set(part, then));
}
const link = new URLSearchParams(location.search);
const linked = runs.find((run) => run.dataset === link.get("d") && run.user === link.get("u"));
const wanted = linked ? { ...linked, block: Number(link.get("b")) || Infinity, view: link.get("view") || "diff" } : {};
paint({ ...wanted, picked: link.get("c") ?? undefined, left: link.get("l") ?? undefined, right: link.get("r") ?? undefined })
  .catch(say).finally(window.tasteline.arrived);
if (document.getElementById(`tab-${link.get("tab")}`)) select(link.get("tab"));
