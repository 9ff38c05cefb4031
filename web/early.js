// Runs before the first paint, so that a theme asked for by the link or chosen earlier does not flash in late.
// Everything else about themes is in theme.js.
{
  let asked = /[?&]theme=(light|dark|contrast)(?:&|$)/.exec(location.hash)?.[1];
  try {
    asked ??= localStorage.getItem("kernelglass.theme");
  } catch {
    // A page inside a sandboxed frame has no storage: the system's theme it is.
  }
  if (["light", "dark", "contrast"].includes(asked)) {
    for (const link of document.querySelectorAll("link[data-palette]")) {
      link.media = link.dataset.palette === asked || link.dataset.palette === "light" ? "all" : "not all";
    }
  }
  if (/[?&]stage=only(?:&|$)/.test(location.hash)) document.documentElement.dataset.stage = "only";
}
