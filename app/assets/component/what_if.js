// What if: forms change the text, and the text is what is scored.
const written = () => element.querySelector("#tl-text");
const rescore = () => ask("rescore", { text: written().value });
// The ranking is of the text that was scored last: say so once another one stands there.
const markUnscored = () => {
  const field = written();
  if (!field) return;
  const changed = field.value.trim() !== field.defaultValue.trim();
  element.querySelector(".tl-what-if").classList.toggle("tl-is-changed", changed);
  const said = changed ? "Changed, not scored yet: press Rescore." : "";
  const line = element.querySelector(".tl-unscored");
  if (line.textContent !== said) line.textContent = said; // or it would be read out at every letter
};
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
    const [text, called, { openings }] = [written().value, title.value, shared];
    const read = file ? await dataUri(file) : "";
    if (openings === shared.openings) ask("own", { title: called, picture: read, text }); // and of the same history
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
