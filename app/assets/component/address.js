// The address, and links to copy.

const onScreen = () => ([...document.querySelectorAll("[data-link]")].find((part) => part.offsetParent) ?? bar()).dataset.link;
// Back, a reload and a connection that comes back (Gradio then loads the page anew) open what was here.
const keepAddress = () => {
  clearTimeout(shared.keeping);
  shared.keeping = setTimeout(writeAddress, 100); // a tab that opens is on screen by then
};
const writeAddress = () => {
  const link = onScreen();
  if (link === shared.link || shared.opening) return;
  shared.link = link;
  for (const copied of document.querySelectorAll(".tl-copied")) copied.hidden = true; // of another view
  const address = new URL(link, location.origin + location.pathname);
  const theme = new URLSearchParams(location.search).get("__theme"); // Gradio's
  if (theme) address.searchParams.set("__theme", theme);
  history.replaceState(history.state, "", address);
};

const copyLink = async () => {
  const link = new URL(onScreen(), location.origin + location.pathname).toString();
  const [field, told] = [element.querySelector(".tl-link"), element.querySelector(".tl-copied-text")];
  told.textContent = ""; // or the same words would not be said again
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
  told.textContent = said;
};
