/* Sorts and filters tables; the state lives in the address, so that a view can be sent on. */
(() => {
  "use strict";

  const words = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);

  /* A term matches itself and every term below it. */
  const carries = (row, facet, term) =>
    (row.dataset[camel(facet)] || "").split(" ").some((id) => id === term || id.startsWith(`${term}/`));

  const camel = (name) => name.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase());

  const value = (row, column) => {
    const cell = row.cells[column];
    return "value" in cell.dataset ? cell.dataset.value : cell.textContent.trim().toLowerCase();
  };

  const compare = (one, other) => {
    // What is not known comes last, whichever way the rest is sorted.
    if (one === "" || other === "") return null;
    const numbers = [Number(one), Number(other)];
    return numbers.some(Number.isNaN) ? one.localeCompare(other) : numbers[0] - numbers[1];
  };

  function start(form) {
    const table = document.getElementById(form.dataset.pmFilters);
    if (!table || form.dataset.pmReady) return;
    form.dataset.pmReady = "yes";
    form.hidden = false;
    const body = table.tBodies[0];
    const rows = Array.from(body.rows);
    const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
    const heads = Array.from(table.querySelectorAll("th[data-sort]"));
    const fields = Array.from(form.elements).filter((field) => field.name);
    const usual = heads.find((head) => head.getAttribute("aria-sort"));
    const usualSort = usual ? `-${usual.dataset.sort}` : "";
    let sort = usualSort;

    const read = () => {
      const query = new URLSearchParams(location.search);
      for (const field of fields) field.value = query.get(field.name) || "";
      sort = query.get("sort") || usualSort;
    };

    const write = () => {
      const query = new URLSearchParams();
      for (const field of fields) if (field.value) query.set(field.name, field.value);
      if (sort !== usualSort) query.set("sort", sort);
      const text = query.toString();
      history.replaceState(history.state, "", text ? `?${text}` : location.pathname);
    };

    const show = () => {
      let count = 0;
      for (const row of rows) {
        const fits = fields.every((field) =>
          !field.value || (field.name === "q"
            ? words(field.value).every((word) => texts.get(row).includes(word))
            : carries(row, field.name, field.value)));
        row.hidden = !fits;
        count += fits;
      }
      form.querySelector("output").textContent = `${count} of ${rows.length}`;
    };

    const order = () => {
      const name = sort.replace(/^-/, "");
      const column = heads.findIndex((head) => head.dataset.sort === name);
      if (column < 0) return;
      const direction = sort.startsWith("-") ? -1 : 1;
      const cell = heads[column].cellIndex;
      const sorted = rows.map((row, index) => [value(row, cell), index, row]).sort((a, b) => {
        const by = compare(a[0], b[0]);
        if (by === null) return (a[0] === "") - (b[0] === "") || a[1] - b[1];
        return by * direction || a[1] - b[1];
      });
      body.append(...sorted.map((entry) => entry[2]));
      heads.forEach((head, index) => {
        if (index === column) head.setAttribute("aria-sort", direction < 0 ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      });
    };

    for (const head of heads) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const name = head.dataset.sort;
        sort = sort === name ? `-${name}` : name;
        order();
        write();
      });
    }
    form.addEventListener("input", () => { show(); write(); });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(() => { show(); write(); }));
    addEventListener("popstate", () => { read(); order(); show(); });
    read();
    if (sort !== usualSort) order();
    show();
  }

  const startAll = () => document.querySelectorAll("[data-pm-filters]").forEach(start);
  // Material replaces the page without loading it when instant navigation is on.
  if (window.document$) window.document$.subscribe(startAll);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", startAll);
  else startAll();
})();
