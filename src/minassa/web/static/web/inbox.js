// The inbox by keyboard. Every key only presses what is already on the page: without it, nothing is lost.
(() => {
  "use strict";
  const table = document.querySelector(".queue");
  const rows = table ? [...table.tBodies[0].rows] : [];
  let at = -1;

  const choose = (index) => {
    if (!rows.length) return;
    if (at >= 0) rows[at].classList.remove("chosen-row");
    at = Math.max(0, Math.min(rows.length - 1, index));
    rows[at].classList.add("chosen-row");
    rows[at].querySelector("a.open").focus();
  };
  const box = () => (at >= 0 ? rows[at].querySelector("input[type=checkbox]") : null);
  const together = (act) => {
    const button = document.querySelector(`button[name=act][value=${act}]`);
    if (!button || (!box() && !rows.some((row) => row.querySelector("input:checked")))) return;
    if (!rows.some((row) => row.querySelector("input:checked"))) box().checked = true;
    button.click();
  };
  const press = (key) => {
    const found = document.querySelector(`[data-key="${key}"]`);
    if (!found) return;
    found.click();
    found.focus();
  };
  const open = (then) => {
    if (at < 0) return;
    const address = rows[at].querySelector("a.open").href;
    window.location.assign(then ? `${address}#${then}` : address);
  };
  const onQueue = {
    j: () => choose(at + 1),
    k: () => choose(at - 1),
    o: () => open(),
    x: () => { if (box()) box().checked = !box().checked; },
    a: () => together("moi"),
    f: () => together("favorable"),
    r: () => open("complement"),
    "?": () => { const help = document.getElementById("keys"); help.open = true; help.scrollIntoView({ block: "center" }); help.querySelector("summary").focus(); },
  };
  const onTask = {
    f: () => press("f"),
    r: () => press("r"),
    a: () => press("a"),
    n: () => press("n"),
    u: () => document.querySelector(".trail a").click(),
  };
  // Who speaks to their machine, or presses keys by accident, turns them off (WCAG 2.1.4).
  const wanted = document.getElementById("shortcuts");
  const kept = (value) => {
    try {
      if (value !== undefined) localStorage.setItem("minassa-shortcuts", value);
      return localStorage.getItem("minassa-shortcuts") !== "off";
    } catch { return true; }
  };
  if (wanted) {
    wanted.checked = kept();
    wanted.addEventListener("change", () => kept(wanted.checked ? "on" : "off"));
  }
  document.addEventListener("keydown", (event) => {
    if (wanted && !wanted.checked) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input:not([type=checkbox], [type=radio]), textarea, select")) return;
    const act = (table ? onQueue : onTask)[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  if (rows.length) rows.forEach((row, index) => row.addEventListener("focusin", () => {
    if (index === at) return;
    if (at >= 0) rows[at].classList.remove("chosen-row");
    at = index;
    row.classList.add("chosen-row");
  }));
})();
