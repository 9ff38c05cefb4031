// The stage's main keys, when nothing has the focus: a learner who opens the page and presses Space expects it to play.
// Left and right also from the text, which scrolls up and down only.

const kSteps = {
  ArrowLeft: ["step", -1],
  ArrowRight: ["step", 1],
  Home: ["seek", 0],
};

export function listenToKeys({ engine, act, help }) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "?" && event.target !== document.getElementById("stage")) {
      event.preventDefault();
      help();
      return;
    }
    if (!engine.attached || !isFree(event)) return;
    const call = callFor(event, engine);
    if (!call) return;
    event.preventDefault();
    act(...call);
  });
}

function isFree({ target, key }) {
  if (target === document.body) return true;
  return (key === "ArrowLeft" || key === "ArrowRight") && target.closest("#article") !== null && !target.closest("pre");
}

function callFor(event, engine) {
  if (event.key !== " " && event.key !== "End" && !(event.key in kSteps)) return null;
  const { playing, busy, steps } = engine.call({ op: "summary" });
  if (event.key === " ") return event.repeat ? null : [playing || busy ? "pause" : "play"];
  if (steps === 0) return null;  // There is nothing to step through in this lesson.
  if (event.key === "End") return ["seek", steps - 1];
  const call = kSteps[event.key];
  return call && event.shiftKey && call[0] === "step" ? ["step_product", call[1]] : call;
}
