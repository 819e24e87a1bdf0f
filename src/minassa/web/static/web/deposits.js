"use strict";
// Betters two pages that work without it: files are sent one by one with their progress, findings are walked by key.
(() => {
  const form = document.getElementById("depot");
  const typing = "input, select, textarea, [contenteditable]";

  document.addEventListener("keydown", (event) => {
    const step = { n: 1, p: -1 }[event.key.toLowerCase()];
    if (!step || event.ctrlKey || event.metaKey || event.altKey || event.target.closest(typing)) return;
    const all = [...document.querySelectorAll(".finding")];
    if (!all.length) return;
    const now = all.indexOf(document.activeElement.closest(".finding"));
    const next = now < 0 ? (step > 0 ? 0 : all.length - 1) : now + step;
    if (next >= 0 && next < all.length) {
      event.preventDefault();
      all[next].focus();
      all[next].scrollIntoView({ block: "center" });
    } else {
      const beyond = document.querySelector(step > 0 ? ".pager a[rel=next]" : ".pager a[rel=prev]");
      if (beyond) beyond.focus();
    }
  });

  // Each thing found is brought into sight, and the lines around it move along so that columns stay above each other.
  for (const line of document.querySelectorAll(".line-found")) {
    const text = line.querySelector(".line-text");
    const mark = text.querySelector("mark");
    const around = [line.previousElementSibling, line.nextElementSibling]
      .filter((near) => near && !near.classList.contains("line-found"))
      .map((near) => near.querySelector(".line-text"))
      .filter(Boolean);
    text.addEventListener("scroll", () => {
      for (const near of around) near.scrollLeft = text.scrollLeft;
    });
    if (mark) text.scrollLeft = Math.max(mark.offsetLeft - text.clientWidth / 2, 0);
  }

  if (!form) return;
  const input = form.querySelector("input[type=file]");
  const list = document.getElementById("sending");
  const words = form.dataset;

  const shown = (file) => {
    const row = document.createElement("li");
    const name = document.createElement("bdi");
    const bar = document.createElement("progress");
    const said = document.createElement("span");
    name.dir = "ltr";
    name.textContent = file.name;
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    said.className = "said";
    said.textContent = words.waiting;
    row.append(name, bar, said);
    list.append(row);
    return { row, bar, said };
  };

  const ended = (row, sentence, wrong) => {
    row.bar.remove();
    row.said.textContent = sentence;
    row.said.classList.toggle("wrong", wrong);
  };

  const send = (file, row) =>
    new Promise((done) => {
      const request = new XMLHttpRequest();
      const body = new FormData();
      body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      body.append("files", file, file.name);
      request.open("POST", form.action);
      request.setRequestHeader("Accept", "application/json");
      request.upload.addEventListener("progress", (event) => {
        row.said.textContent = words.sending;
        if (event.lengthComputable) row.bar.value = event.loaded / event.total;
      });
      request.addEventListener("loadend", () => {
        let answer = null;
        try {
          answer = JSON.parse(request.responseText);
        } catch {
          answer = null;
        }
        const one = answer && ((answer.files && answer.files[0]) || answer);
        const sentence = (one && one.sentence) || words.failed;
        ended(row, sentence, !one || !one.sentence || Boolean(one.problem));
        done(Boolean(one && one.address));
      });
      request.send(body);
    });

  const sendAll = async (files) => {
    list.replaceChildren();
    if (files.length > Number(words.most)) {
      const row = document.createElement("li");
      row.className = "wrong";
      row.textContent = words.tooMany;
      list.append(row);
      return;
    }
    const rows = files.map(shown);
    let kept = false;
    let refused = false;
    for (const [rank, file] of files.entries()) {
      if (file.size > Number(words.bytes)) {
        ended(rows[rank], words.tooLarge, true);
        refused = true;
      } else {
        const received = await send(file, rows[rank]);
        kept = kept || received;
        refused = refused || !received;
      }
    }
    form.reset();
    if (kept && !refused) window.location.reload();
    else if (kept && window.htmx) window.htmx.ajax("GET", window.location.href, { target: "#rows", select: "#rows", swap: "outerHTML" });
  };

  form.addEventListener("submit", (event) => {
    if (!input.files.length) return;
    event.preventDefault();
    sendAll([...input.files]);
  });
  for (const name of ["dragenter", "dragover"]) {
    form.addEventListener(name, (event) => {
      event.preventDefault();
      form.classList.add("drop-over");
    });
  }
  for (const name of ["dragleave", "drop"]) {
    form.addEventListener(name, () => form.classList.remove("drop-over"));
  }
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) sendAll([...event.dataTransfer.files]);
  });
})();
