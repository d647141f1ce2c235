(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const say = (text) => { const line = byId("say"); if (line) line.textContent = text; };
  const names = all(".filter[class*=' f'] span").map((span) => span.textContent);

  // The look: the system's, or the one chosen, for as long as the page is open.
  const theme = byId("theme");
  theme?.addEventListener("change", () => {
    if (theme.value) document.documentElement.dataset.theme = theme.value;
    else delete document.documentElement.dataset.theme;
  });

  // Of several reports one part is shown at a time: the comparison, or a report.
  const parts = all("main > .comparison, main > .report");
  const links = all(".reports a");
  const shown = () => parts.find((part) => !part.hidden) ?? document.body;
  const show = (part) => {
    if (parts.length < 2) return;
    for (const other of parts) other.hidden = other !== part;
    for (const box of all(".filters, .find")) box.hidden = part.id === "comparison";
    for (const link of links) {
      if (link.hash === `#${part.id}`) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    find();
  };

  // Filter: sentences of the chosen functions; none chosen is all of them.
  const boxes = all("input[name=function]");
  const doubt = document.querySelector("input[name=uncertain]");
  const filter = () => {
    const chosen = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const wanted = (index) => !chosen.size || chosen.has(index);
    const active = chosen.size > 0 || doubt.checked;
    for (const text of all(".fulltext")) filterText(text, wanted, active);
    for (const part of all(".function")) part.hidden = !wanted(part.dataset.f);
    const sentences = all(".s", shown());
    const visible = sentences.filter((sentence) => !sentence.hidden).length;
    say(active ? `显示 ${visible} 句，共 ${sentences.length} 句` : "显示全部句子");
    find();
  };
  const filterText = (text, wanted, active) => {
    for (const paragraph of all("p:not(.line)", text)) {
      let any = false, skipped = false;
      for (const piece of paragraph.children) {
        if (!piece.classList.contains("s")) continue;
        const keep = wanted(functionOf(piece)) && (!doubt.checked || piece.classList.contains("u"));
        piece.hidden = !keep;
        piece.classList.toggle("gap", keep && skipped);
        skipped = !keep;
        any ||= keep;
        const tag = piece.previousElementSibling;
        if (tag?.classList.contains("tag")) tag.hidden = !keep;
        const backs = piece.nextElementSibling;
        if (backs?.classList.contains("backs")) backs.hidden = !keep;
      }
      paragraph.hidden = !any;
    }
    for (const line of all(".line", text)) line.hidden = active && !line.matches("h3,h4,h5,h6");
    // A heading stays where a sentence or a lower heading below it does.
    let below = false, inner = 0;
    for (const line of [...text.children].reverse()) {
      if (line.matches(".line:is(h3,h4,h5,h6)")) {
        const level = Number(line.tagName[1]), kept = below || level < inner;
        line.hidden = active && !kept;
        if (kept) inner = level;
        below = false;
      } else if (!line.hidden && line.matches("p")) below = true;
    }
  };
  const functionOf = (sentence) => sentence.className.match(/\bf(\d+)/)[1];
  const clearFilter = () => {
    for (const box of [...boxes, doubt]) box.checked = false;
    filter();
  };
  for (const box of [...boxes, doubt]) box?.addEventListener("change", filter);

  // Search the full text, widths and case of letters made alike; Enter goes on, Shift back.
  const query = byId("query"), hitCount = byId("hits");
  const buttons = [byId("previous"), byId("next")];
  const paints = window.CSS?.highlights && window.Highlight;
  let hits = [], current = -1;
  const fold = (text) => [...text].map((char) => {
    const same = char.normalize("NFKC").toLowerCase();
    return same.length === char.length ? same : char;
  }).join("");
  const find = () => {
    const wanted = fold(query?.value.trim() ?? "");
    for (const old of all(".has-hit")) old.classList.remove("has-hit", "now", "painted");
    hits = []; current = -1;
    const ranges = [];
    for (const element of wanted ? all(".s, .line", shown()) : []) {
      if (element.hidden || element.closest("[hidden]")) continue;
      const text = fold(element.textContent), node = element.firstChild;
      let at = text.indexOf(wanted);
      if (at < 0) continue;
      hits.push(element);
      element.classList.add("has-hit");
      if (paints) element.classList.add("painted");
      for (; at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
        const range = new Range();
        range.setStart(node, at); range.setEnd(node, at + wanted.length);
        ranges.push(range);
      }
    }
    if (paints) CSS.highlights.set("hit", new Highlight(...ranges));
    if (hitCount) hitCount.textContent = !wanted ? "" : hits.length ? `${hits.length} 处` : "没有";
    for (const button of buttons) if (button) button.disabled = !hits.length;
  };
  const step = (by) => {
    if (!hits.length) return;
    hits[current]?.classList.remove("now");
    const from = current < 0 && by < 0 ? 0 : current;
    current = (from + by + hits.length) % hits.length;
    hits[current].classList.add("now");
    hits[current].scrollIntoView({ block: "center" });
    hitCount.textContent = `${current + 1} / ${hits.length}`;
  };
  query?.addEventListener("input", find);
  query?.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) step(event.shiftKey ? -1 : 1);
    if (event.key === "Escape") { query.value = ""; find(); }
  });
  buttons[0]?.addEventListener("click", () => step(-1));
  buttons[1]?.addEventListener("click", () => step(1));

  // The score of a sentence, on hover and on focus; Escape puts it away.
  const tip = byId("tip");
  const explain = (sentence) => {
    const shares = sentence.dataset.p.split(",").map(Number);
    const order = shares.map((share, index) => [share, index]).sort((a, b) => b[0] - a[0]);
    const likely = order.filter(([share], rank) => !rank || (rank < 3 && share >= 1));
    tip.textContent = likely.map(([share, index]) => `${names[index]} ${share}%`).join("　")
      + (sentence.classList.contains("u") ? "　存疑" : "");
    tip.hidden = false;
    const [line] = sentence.getClientRects(), box = tip.getBoundingClientRect();
    if (!line) return quiet();
    const above = line.top - box.height - 8;
    const left = Math.min(Math.max(8, line.left), document.documentElement.clientWidth - box.width - 8);
    tip.style.left = `${left + scrollX}px`;
    tip.style.top = `${(above < 60 ? line.bottom + 8 : above) + scrollY}px`;
    sentence.setAttribute("aria-describedby", "tip");
  };
  const quiet = () => {
    if (tip) tip.hidden = true;
    for (const sentence of all("[aria-describedby=tip]")) sentence.removeAttribute("aria-describedby");
  };
  const sentenceOf = (event) => event.target.closest?.(".s");
  const reach = (sentence) => {
    for (const old of all(".s[tabindex='0']", sentence.closest(".fulltext"))) old.tabIndex = -1;
    sentence.tabIndex = 0;
    sentence.focus({ preventScroll: true });
  };
  document.addEventListener("mouseover", (event) => {
    const sentence = sentenceOf(event);
    if (sentence) explain(sentence);
    else if (!event.target.closest?.(".tip")) quiet();
  });
  document.addEventListener("focusin", (event) => {
    const sentence = sentenceOf(event);
    if (sentence) explain(sentence); else quiet();
  });
  document.addEventListener("click", (event) => {
    const sentence = sentenceOf(event);
    if (sentence && getSelection().isCollapsed) reach(sentence);
  });
  // Arrows go from sentence to sentence, so that Tab need not pass through all of them.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") quiet();
    const sentence = sentenceOf(event), by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!sentence || !by || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const visible = all(".s:not([hidden])", sentence.closest(".fulltext"));
    const next = visible[visible.indexOf(sentence) + by];
    if (next) { reach(next); next.scrollIntoView({ block: "nearest" }); explain(next); }
  });
  for (const text of all(".fulltext")) {
    const first = text.querySelector(".s");
    if (first) first.tabIndex = 0;
    text.addEventListener("scroll", quiet, { passive: true });
  }

  // The key figures as files: the rows that govtext figures --csv writes.
  const number = (text) => text === undefined ? null : Number(text);
  const headingOf = (sentence) => {
    let line = sentence.closest("p");
    while (line && !line.matches("h3,h4,h5,h6")) line = line.previousElementSibling;
    return line?.textContent ?? null;
  };
  const records = (report) => all("tr[data-at]", report).map((row) => {
    const [action, object, printed, unit, source] = [...row.cells].map((cell) => cell.textContent);
    const [start, end] = row.dataset.at.split(",").map(Number);
    const sentence = byId(`${report.id}-s${source}`);
    return {
      report: report.dataset.title || null, function: row.closest("[data-label]").dataset.label,
      action: action || null, object, printed, value: number(row.dataset.v),
      high: number(row.dataset.h), unit, qualifier: row.dataset.q ?? null,
      heading: headingOf(sentence), sentence: sentence.textContent, start, end,
    };
  }).sort((a, b) => a.start - b.start);
  const cell = (value) => {
    const text = String(value ?? "");
    const plain = typeof value === "string" && /^ *[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
  };
  const files = {
    json: (rows) => JSON.stringify(rows, null, 1),
    csv: (rows) => "\ufeff" + [Object.keys(rows[0]), ...rows.map(Object.values)]
      .map((row) => row.map(cell).join(",") + "\r\n").join(""),
  };
  for (const line of all(".downloads")) line.hidden = false;
  for (const button of all("[data-save]")) button.addEventListener("click", () => {
    const report = button.closest(".report"), kind = button.dataset.save;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([files[kind](records(report))]));
    link.download = `${report.querySelector("h1").textContent}.${kind}`;
    link.click();
    URL.revokeObjectURL(link.href);
  });

  // On paper all figures are shown; the sentences stand in the text.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all("details.more:not([open])");
    for (const box of opened) box.open = true;
  });
  addEventListener("afterprint", () => { for (const box of opened) box.open = false; });

  // The index: find and order the cards.
  const cards = byId("cards"), which = byId("which"), order = byId("order");
  which?.addEventListener("input", () => {
    const wanted = fold(which.value.trim());
    for (const card of cards.children) card.hidden = !fold(card.textContent).includes(wanted);
    const visible = [...cards.children].filter((card) => !card.hidden).length;
    byId("count").textContent = wanted ? `${visible} 份` : "";
  });
  order?.addEventListener("change", () => {
    const value = (card) => Number(card.dataset[order.value]);
    cards.append(...[...cards.children].sort((a, b) => value(a) - value(b)));
  });

  // A jump shows where it leads, whatever was hidden, and takes the focus along.
  const arrive = () => {
    const target = byId(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    const part = target.closest("main > .comparison, main > .report");
    if (part?.hidden) show(part);
    if (target.closest("[hidden]")) clearFilter();
    for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    target.scrollIntoView({ block: target.matches(".s, .statement") ? "center" : "start" });
    if (target.matches(".s")) reach(target);
    else { if (!target.matches("a")) target.tabIndex = -1; target.focus({ preventScroll: true }); }
  };
  addEventListener("hashchange", arrive);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href^='#']");
    if (link && link.hash === location.hash) { event.preventDefault(); arrive(); }
  });
  if (parts.length) show(parts[0]);
  if (location.hash) arrive();
})();
