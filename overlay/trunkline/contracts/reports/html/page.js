(() => {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const findings = [...document.querySelectorAll(".finding")];
  const groups = [...document.querySelectorAll(".group")];
  const toggles = [...document.querySelectorAll("[data-toggle]")];
  const form = document.querySelector(".filters");
  const operation = byId("operation");
  const search = byId("search");
  const used = byId("used");
  const reached = JSON.parse(byId("findings").dataset.reached).map((numbers) => new Set(numbers));
  // The text of a finding is read once, when a search first needs it.
  const texts = new Map();
  const textOf = (finding) => {
    if (!texts.has(finding)) texts.set(finding, finding.textContent.toLowerCase());
    return texts.get(finding);
  };
  const pressed = (toggle) => toggle.getAttribute("aria-pressed") === "true";

  const matches = (finding, levels, words) =>
    levels.has(finding.dataset.level) &&
    (!operation.value || reached[finding.dataset.reached].has(operation.selectedIndex - 1)) &&
    (!used?.checked || finding.dataset.used !== "0") &&
    words.every((word) => textOf(finding).includes(word));

  const visible = () => findings.filter((finding) => !finding.hidden);

  function apply() {
    const levels = new Set(toggles.filter(pressed).map((toggle) => toggle.dataset.toggle));
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const finding of findings) finding.hidden = !matches(finding, levels, words);
    for (const group of groups) group.hidden = !group.querySelector(".finding:not([hidden])");
    const shown = visible().length;
    byId("count").textContent =
      shown === findings.length ? count(shown) : `${shown} of ${count(findings.length)}`;
    byId("none").hidden = shown > 0 || findings.length === 0;
    label();
  }
  const count = (number) => (number === 1 ? "1 finding" : `${number} findings`);

  function remember() {
    const state = new URLSearchParams();
    const off = toggles.filter((toggle) => !pressed(toggle)).map((toggle) => toggle.dataset.toggle);
    if (off.length) state.set("hide", off.join(","));
    if (operation.value) state.set("operation", operation.value);
    if (search.value) state.set("search", search.value);
    if (used?.checked) state.set("used", "1");
    try {
      history.replaceState(null, "", `#${state}`);
    } catch {
      // Some viewers of artifacts forbid it; the filters work all the same.
    }
  }

  function restore() {
    const hash = location.hash.slice(1);
    const target = hash.startsWith("f-") && byId(hash);
    if (target) return reveal(target);
    const state = new URLSearchParams(hash);
    const off = new Set((state.get("hide") ?? "").split(","));
    for (const toggle of toggles) toggle.setAttribute("aria-pressed", String(!off.has(toggle.dataset.toggle)));
    operation.value = state.get("operation") ?? "";
    if (operation.selectedIndex < 0) operation.value = "";
    search.value = state.get("search") ?? "";
    if (used) used.checked = state.get("used") === "1";
    apply();
  }

  function reveal(finding) {
    clear();
    finding.open = true;
    focus(finding);
  }

  function clear() {
    for (const toggle of toggles) toggle.setAttribute("aria-pressed", "true");
    operation.value = "";
    search.value = "";
    if (used) used.checked = false;
    apply();
  }

  function focus(finding) {
    const summary = finding.querySelector("summary");
    summary.focus();
    summary.scrollIntoView({ block: "nearest" });
  }

  function move(step) {
    const shown = visible();
    const at = shown.indexOf(document.activeElement?.closest?.(".finding"));
    const next = at < 0 ? (step > 0 ? 0 : shown.length - 1) : at + step;
    if (shown[next]) focus(shown[next]);
  }

  const allOpen = () => visible().length > 0 && visible().every((finding) => finding.open);
  function label() {
    byId("all").textContent = allOpen() ? "Close all" : "Open all";
  }
  function toggleAll() {
    const open = !allOpen();
    for (const finding of visible()) finding.open = open;
    label();
  }

  function dark() {
    const theme = document.documentElement.dataset.theme;
    return theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }
  function nameTheme() {
    byId("theme").textContent = dark() ? "Light" : "Dark";
  }

  const entry = (finding) => {
    const quoted = JSON.stringify(finding.querySelector(".message").textContent);
    const id = finding.querySelector(".id").textContent;
    return `[[ignore]]  # ${quoted}\nfingerprint = "${id}"\nreason = ""\n`;
  };
  async function copy(button) {
    const text = entry(button.closest(".finding"));
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      prompt("Copy this entry into the ignore file:", text);
    }
  }

  const keys = {
    j: () => move(1),
    k: () => move(-1),
    a: toggleAll,
    "/": () => search.focus(),
    "?": () => byId("help").showModal(),
    Escape: () => { clear(); remember(); search.blur(); },
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input[type=search], select, textarea");
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!plain || byId("help").open || (typing && event.key !== "Escape")) return;
    const action = Object.hasOwn(keys, event.key) && keys[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });

  form.addEventListener("submit", (event) => event.preventDefault());
  for (const toggle of toggles) {
    toggle.addEventListener("click", () => {
      toggle.setAttribute("aria-pressed", String(!pressed(toggle)));
      apply();
      remember();
    });
  }
  for (const [field, name] of [[operation, "change"], [search, "input"], [used, "change"]]) {
    field?.addEventListener(name, () => { apply(); remember(); });
  }
  byId("all").addEventListener("click", toggleAll);
  byId("findings").addEventListener("toggle", label, true);
  byId("theme").addEventListener("click", () => {
    document.documentElement.dataset.theme = dark() ? "light" : "dark";
    nameTheme();
  });
  byId("keys").addEventListener("click", () => byId("help").showModal());
  for (const button of document.querySelectorAll(".copy")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", nameTheme);
  addEventListener("hashchange", restore);
  addEventListener("beforeprint", () => { for (const finding of visible()) finding.open = true; });
  for (const element of [form, byId("theme"), byId("keys")]) element.hidden = false;
  nameTheme();
  restore();
})();
