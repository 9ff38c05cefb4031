// Sheets that hang below a button of the bar: one open at a time; Escape, a press elsewhere or leaving by Tab closes it.

export function startSheets() {
  const buttons = [...document.querySelectorAll("[data-opens]")];
  const sheetOf = (button) => document.getElementById(button.dataset.opens);
  const set = (button, open) => {
    button.setAttribute("aria-expanded", String(open));
    sheetOf(button).hidden = !open;
  };
  const openButton = () => buttons.find((button) => !sheetOf(button).hidden);
  const close = () => {
    const button = openButton();
    if (button) set(button, false);
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      const open = sheetOf(button).hidden;
      close();
      set(button, open);
    });
    sheetOf(button).addEventListener("click", (event) => {
      if (event.target.closest("a")) close();
    });
  }
  const outside = (event) => {
    const button = openButton();
    if (button && !button.contains(event.target) && !sheetOf(button).contains(event.target)) close();
  };
  document.addEventListener("pointerdown", outside, true);
  document.addEventListener("focusin", outside);
  document.addEventListener("keydown", (event) => {
    const button = openButton();
    if (event.key !== "Escape" || !button) return;
    event.preventDefault();
    close();
    button.focus();
  });
}
