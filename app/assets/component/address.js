// The address, and links to copy.

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
