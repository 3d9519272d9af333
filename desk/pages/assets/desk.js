// SPDX-License-Identifier: GPL-3.0-or-later
// Comfort on pages that are whole without it: keys, completion, marks to step through, live counts,
// copying. It makes no HTML of text: everything is set as text.
"use strict";

const byId = (id) => document.getElementById(id);
const box = byId("q");
const typing = (event) =>
  event.target.closest("input, textarea, select, [contenteditable]") !== null;

// ---- Keys -----------------------------------------------------------------------------------------
const hits = Array.from(document.querySelectorAll(".hit"));
let current = -1;

function showHit(step) {
  if (hits.length === 0) return;
  if (current >= 0) hits[current].classList.remove("current");
  current = Math.min(Math.max(current + step, 0), hits.length - 1);
  hits[current].classList.add("current");
  hits[current].querySelector("h3 a").focus();
}

const marks = Array.from(document.querySelectorAll(".article mark"));
let mark = -1;

function showMark(step) {
  if (marks.length === 0) return;
  if (mark >= 0) marks[mark].classList.remove("here");
  mark = (mark + step + marks.length) % marks.length;
  marks[mark].classList.add("here");
  marks[mark].scrollIntoView({ block: "center" });
  byId("mark-place").textContent = `${mark + 1} of ${marks.length}`;
}

function follow(rel) {
  const link = document.querySelector(`a[rel="${rel}"]`);
  if (link !== null) link.click();
}

const keys = {
  "/": () => { box.focus(); box.select(); },
  j: () => showHit(1),
  k: () => showHit(-1),
  n: () => showMark(1),
  N: () => showMark(mark < 0 ? 0 : -1),
  ArrowLeft: () => follow("prev"),
  ArrowRight: () => follow("next"),
  "?": () => byId("keys").showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (typing(event) || byId("keys").open) return;
  const act = keys[event.key];
  if (act === undefined) return;
  event.preventDefault();
  act();
});

byId("mark-next")?.addEventListener("click", (event) => {
  event.preventDefault();
  showMark(1);
});

// ---- Completion: the pattern "combobox" of the ARIA guide, with the list below the box --------------
const KEY_PAUSE_MS = 80;
const list = document.createElement("ul");
list.className = "completions";
list.id = "completions";
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", "Completions");
list.hidden = true;
box.parentElement.append(list);
box.setAttribute("role", "combobox");
box.setAttribute("aria-autocomplete", "list");
box.setAttribute("aria-controls", "completions");
box.setAttribute("aria-expanded", "false");
let chosen = -1;
let asked = 0;
let pause = 0;

function closeList() {
  list.hidden = true;
  chosen = -1;
  asked += 1;
  box.setAttribute("aria-expanded", "false");
  box.removeAttribute("aria-activedescendant");
}

function choose(index) {
  const rows = list.children;
  if (chosen >= 0) rows[chosen].setAttribute("aria-selected", "false");
  chosen = (index + rows.length) % rows.length;
  rows[chosen].setAttribute("aria-selected", "true");
  rows[chosen].scrollIntoView({ block: "nearest" });
  box.setAttribute("aria-activedescendant", rows[chosen].id);
}

function take(row) {
  box.value = row.dataset.query;
  closeList();
  box.focus();
}

function showCompletions(completions) {
  list.replaceChildren(...completions.map((completion, index) => {
    const row = document.createElement("li");
    row.id = `completion-${index}`;
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", "false");
    row.dataset.query = completion.query ?? "";
    const text = document.createElement("span");
    text.dir = "auto";
    text.textContent = completion.value || completion.text || "";
    const kind = document.createElement("span");
    kind.className = "kind";
    kind.textContent = completion.count ? `${completion.kind}, ${completion.count}` : completion.kind;
    row.append(text, kind);
    return row;
  }));
  chosen = -1;
  list.hidden = completions.length === 0;
  box.setAttribute("aria-expanded", String(!list.hidden));
}

async function complete() {
  const mine = ++asked;
  const before = box.value.slice(0, box.selectionStart ?? box.value.length);
  if (before.trim() === "") return closeList();
  const request = { text: box.value, cursorByte: new TextEncoder().encode(before).length, limit: 8 };
  const reply = await fetch(`${document.documentElement.dataset.base}/v1/completions:suggest`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(request),
  }).catch(() => null);
  // A later key has asked again, or the list was closed.
  if (mine !== asked || reply === null || !reply.ok) return;
  const answer = await reply.json();
  if (mine === asked) showCompletions(answer.completions ?? []);
}

box.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(complete, KEY_PAUSE_MS);
});
box.addEventListener("blur", closeList);
box.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !list.hidden) {
    event.preventDefault();
    closeList();
  } else if (event.key === "Escape") {
    box.blur();
  } else if (event.key === "ArrowDown" && !list.hidden) {
    event.preventDefault();
    choose(chosen + 1);
  } else if (event.key === "ArrowUp" && !list.hidden) {
    event.preventDefault();
    choose(chosen < 0 ? list.children.length - 1 : chosen - 1);
  } else if (event.key === "Enter" && chosen >= 0) {
    event.preventDefault();
    take(list.children[chosen]);
  }
});
// The box keeps the focus.
list.addEventListener("mousedown", (event) => {
  event.preventDefault();
  const row = event.target.closest("li");
  if (row !== null) take(row);
});

// ---- Live: how many stories came since the page was made ---------------------------------------------
const live = byId("live");
let stream = null;

function stopLive() {
  stream?.close();
  stream = null;
  live.setAttribute("aria-pressed", "false");
}

function startLive() {
  stream = new EventSource(live.dataset.url);
  live.setAttribute("aria-pressed", "true");
  stream.addEventListener("fresh", (event) => {
    const count = Number(event.data);
    const fresh = byId("fresh");
    fresh.hidden = count === 0;
    fresh.textContent = `${count} new: show`;
    document.title = document.title.replace(/^(\(\d+\) )?/, count === 0 ? "" : `(${count}) `);
  });
}

if (live !== null) {
  live.hidden = false;
  live.addEventListener("click", () => (stream === null ? startLive() : stopLive()));
}

// ---- Copying, and where the focus was ---------------------------------------------------------------
function copyButton(label, text) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = label;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text());
    button.textContent = "Copied";
  });
  return button;
}
// Without TLS, browsers let no page copy but one of their own machine.
if (navigator.clipboard !== undefined) {
  for (const text of document.querySelectorAll(".copyable")) {
    text.after(copyButton("Copy", () => text.textContent));
  }
  const permanent = byId("permanent");
  permanent?.after(" ", copyButton("Copy headline and link", () =>
    `${document.querySelector("h1").textContent}\n${permanent.href}`));
}

// A link of the facets or chips loads a page that narrows the search further: the focus stays there.
const KEPT = "focus";
for (const area of document.querySelectorAll(".facets, .chips")) {
  area.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link === null) return;
    const links = Array.from(area.querySelectorAll("a"));
    sessionStorage.setItem(KEPT, JSON.stringify([area.className, links.indexOf(link)]));
  });
}
const kept = sessionStorage.getItem(KEPT);
sessionStorage.removeItem(KEPT);
if (kept !== null) {
  const [area, index] = JSON.parse(kept);
  const links = document.getElementsByClassName(area)[0]?.querySelectorAll("a") ?? [];
  (links[Math.min(index, links.length - 1)] ?? byId("main")).focus({ preventScroll: true });
}

// The choices of the form hold at once; without a script its button sends them.
for (const select of document.querySelectorAll("#search select")) {
  select.addEventListener("change", () => select.form.requestSubmit());
}
// Parameters that say nothing stay out of the address.
byId("search").addEventListener("submit", (event) => {
  for (const field of event.target.elements) {
    if (field.name !== "" && field.name !== "q" && field.value === "") field.disabled = true;
  }
});
addEventListener("pageshow", () => {
  for (const field of byId("search").elements) field.disabled = false;
});

// ---- Timeline --------------------------------------------------------------------------------------
// What a bar is called, for who points at it.
for (const bar of document.querySelectorAll(".timeline a")) {
  const tip = document.createElementNS("http://www.w3.org/2000/svg", "title");
  tip.textContent = bar.getAttribute("aria-label");
  bar.append(tip);
}
