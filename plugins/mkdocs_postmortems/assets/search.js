/* Finds past incidents: reads a query as `postmortem search` does, fetches the few pieces of the
   index that it needs, and ranks by the same numbers. docs/finding.md tells how. */
(() => {
  "use strict";

  // Words and stems, as in search/words.py.

  const folded = (text) => text.normalize("NFKD").replace(/\p{Mn}|\p{Mc}/gu, "");
  const wordsOf = (text) => folded(text).toLowerCase().match(/[\p{L}\p{N}]+/gu) || [];
  const NAME = /[\p{L}\p{N}]+(?:[-_./:@]+[\p{L}\p{N}]+)+/gu;
  const CAMEL_CASE = /[A-Za-z]*[a-z][A-Z][A-Za-z]*/g;
  const CAMEL = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g;

  const namesOf = (text) => {
    const names = new Set();
    for (const chunk of folded(text).split(/\s+/)) {
      for (const found of chunk.toLowerCase().match(NAME) || []) names.add(wordsOf(found).join(""));
      for (const found of chunk.match(CAMEL_CASE) || []) {
        for (const part of found.match(CAMEL)) names.add(part.toLowerCase());
      }
    }
    return [...names].filter((name) => !/^\p{N}*$/u.test(name) && name.length <= 64);
  };

  /* c for a consonant and v for a vowel; y is a vowel after a consonant. */
  const shape = (word) => {
    let shape = "";
    for (const letter of word) {
      shape += "aeiou".includes(letter) || (letter === "y" && shape.endsWith("c")) ? "v" : "c";
    }
    return shape;
  };
  const measure = (word) => (shape(word).match(/vc/g) || []).length;
  const hasVowel = (word) => /[aeiou]|.y/.test(word);
  const isShort = (word) => /[^wxy]$/.test(word) && shape(word).endsWith("cvc");

  /* The longest of the endings gives way to another, if enough is left of the word. */
  const endings = (table) => {
    const ends = Object.keys(table).sort((a, b) => b.length - a.length);
    return (word, least) => {
      const end = ends.find((end) => word.length > end.length && word.endsWith(end));
      if (!end) return word;
      const left = word.slice(0, -end.length);
      return measure(left) > least && (end !== "ion" || /[st]$/.test(left)) ? left + table[end] : word;
    };
  };
  const second = endings({ ational: "ate", tional: "tion", enci: "ence", anci: "ance", izer: "ize", logi: "log", bli: "ble", alli: "al", entli: "ent", eli: "e", ousli: "ous", ization: "ize", ation: "ate", ator: "ate", alism: "al", iveness: "ive", fulness: "ful", ousness: "ous", aliti: "al", iviti: "ive", biliti: "ble" });
  const third = endings({ icate: "ic", ative: "", alize: "al", iciti: "ic", ical: "ic", ful: "", ness: "" });
  const fourth = endings(Object.fromEntries("al ance ence er ic able ible ant ement ment ent ion ou ism ate iti ous ive ize".split(" ").map((end) => [end, ""])));

  /* Porter's stemmer (1980), with the endings that SQLite's has. */
  const porter = (word) => {
    if (word.endsWith("es")) word = word.slice(0, /(?:.ss|.i)es$/.test(word) ? -2 : -1);
    else if (/[^s]s$/.test(word)) word = word.slice(0, -1);
    const past = /^(.+)(ed|ing)$/.exec(word);
    if (/.eed$/.test(word)) word = measure(word.slice(0, -3)) > 0 ? word.slice(0, -1) : word;
    else if (past && hasVowel(past[1])) {
      word = past[1];
      if (/(?:at|bl|iz)$/.test(word)) word += "e";
      else if (/([^aeioulsz])\1$/.test(word)) word = word.slice(0, -1);
      else if (measure(word) === 1 && isShort(word)) word += "e";
    }
    if (word.endsWith("y") && hasVowel(word.slice(0, -1))) word = `${word.slice(0, -1)}i`;
    word = fourth(third(second(word, 0), 0), 1);
    const left = word.slice(0, -1);
    if (word.endsWith("e") && (measure(left) > 1 || (measure(left) === 1 && !isShort(left)))) word = left;
    if (word.endsWith("ll") && measure(word.slice(0, -1)) > 1) word = word.slice(0, -1);
    return word;
  };
  const stemmed = new Map();
  const stem = (word) => {
    if (!stemmed.has(word)) stemmed.set(word, /^[a-z0-9]{3,64}$/.test(word) ? porter(word) : word);
    return stemmed.get(word);
  };

  // Spelling, as in search/spelling.py.

  const bits = (word) => [...word].reduce((all, letter) => all | (1 << (letter.codePointAt(0) & 31)), 0);
  const count = (number) => { let n = 0; for (; number; number &= number - 1) n += 1; return n; };

  const distance = (one, other, most) => {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let before = [];
    let row = Array.from({ length: other.length + 1 }, (_, at) => at);
    for (let i = 1; i <= one.length; i += 1) {
      const above = row;
      row = [i];
      for (let j = 1; j <= other.length; j += 1) {
        const same = one[i - 1] === other[j - 1];
        row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (same ? 0 : 1));
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      if (Math.min(...row) > most) return most + 1;
      before = above;
    }
    return Math.min(row[other.length], most + 1);
  };

  const nearest = (typed, spelling) => {
    if (typed.length < 4 || !/^\p{L}+$/u.test(typed)) return null;
    const allowed = typed.length >= 6 ? 2 : 1;
    const letters = bits(typed);
    let best = null;
    let least = Infinity;
    spelling.words.forEach((word, at) => {
      if (Math.abs(word.length - typed.length) > allowed) return;
      if (count(letters ^ bits(word)) > 2 * allowed) return;
      const slips = distance(typed, word, allowed);
      if (slips > allowed) return;
      const ends = (typed[0] === word[0] ? 0 : 0.6) + (typed.at(-1) === word.at(-1) ? 0 : 0.3);
      const cost = slips + ends - (0.5 * spelling.common[at]) / spelling.most;
      if (cost < least) [least, best] = [cost, word];
    });
    return best;
  };

  const completions = (typed, spelling) => spelling.words
    .map((word, at) => [word, spelling.common[at]])
    .filter(([word]) => word.startsWith(typed))
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, 4)
    .map(([word]) => word);

  // A word may be called like something that every object has.
  const own = (table, key) => (Object.hasOwn(table, key) ? table[key] : undefined);

  // The index, as search/site.py writes it.

  class Index {
    constructor(folder) {
      this.folder = folder;
      this.fetched = new Map();
    }

    async open() {
      if (!this.opening) this.opening = this.load("start.gz", "no-cache").then((start) => this.begin(start));
      return this.opening;
    }

    begin(start) {
      Object.assign(this, start);
      this.filling = new Set(start.filling);
      this.alike = new Set(Object.keys(start.groups).flatMap((key) => key.split(" ")));
      let day = 0;
      this.days = start.days.map((gap) => (day += gap));
      return this;
    }

    async load(name, cache = "default") {
      const answer = await fetch(`${this.folder}${name}${this.version ? `?v=${this.version}` : ""}`, { cache });
      if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
      return new Response(answer.body.pipeThrough(new DecompressionStream("gzip"))).json();
    }

    get(name) {
      if (!this.fetched.has(name)) this.fetched.set(name, this.load(name));
      return this.fetched.get(name);
    }

    async spelling() {
      const { words, common } = await this.get("words.gz");
      if (!this.spelt) {
        const powers = [...common].map((letter) => letter.charCodeAt(0) - 97);
        this.spelt = { words: words.split(" "), common: powers, most: Math.max(0, ...powers) || 1 };
      }
      return this.spelt;
    }

    /* The number of the file that has `key`, if any has. */
    place(key) {
      let low = 0;
      let high = this.firsts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (this.firsts[middle] <= key) low = middle;
        else high = middle - 1;
      }
      return low;
    }

    /* What `key` is worth in the postmortems: the scale, the gaps and the steps; or nothing. */
    async worth(key) {
      return this.firsts.length ? own(await this.get(`keys-${this.place(key)}.gz`), key) : undefined;
    }

    groupsOf(key) { return own(this.groups, key) || []; }

    async beginning(typed) {
      const found = [];
      for (let at = this.place(typed); at < this.firsts.length; at += 1) {
        const keys = await this.get(`keys-${at}.gz`);
        found.push(...Object.keys(keys).filter((key) => key.startsWith(typed) && !key.includes(" ")).map((key) => [key, keys[key][1].length]));
        if (!this.firsts[at + 1]?.startsWith(typed)) break;
      }
      return found.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 4).map(([key]) => key);
    }

    async has(key) {
      return this.alike.has(key) || Object.hasOwn(this.terms.keys, key) || Boolean(await this.worth(key));
    }

    result(number) { return this.get(`result-${number}.gz`); }
  }

  // Queries and ranking, as in search/query.py and search/finder.py.

  const understand = async (typed, index, literal) => {
    const words = wordsOf(typed).slice(0, index.most);
    const telling = new Set(words.filter((word) => !index.filling.has(word)));
    if (!telling.size) words.forEach((word) => telling.add(word));
    const keys = words.map(stem);
    const corrections = [];
    const slots = new Map();
    // All at once: what the words are worth, and what says the same.
    await Promise.all(keys.flatMap((key) => [key, ...index.groupsOf(key)]).map((key) => index.worth(key)));
    for (const [at, word] of words.entries()) {
      if (!telling.delete(word)) continue;
      let found = new Map([[keys[at], 1]]);
      if (!literal && !(await index.has(keys[at]))) found = await meant(word, index, corrections);
      slots.set(at, { keys: found, groups: new Set() });
      keys[at] = found.keys().next().value;
    }
    const more = namesOf(typed).map((name) => ({ keys: new Map([[stem(name), 1]]) }));
    const spans = runs(keys, index.longest);
    more.push(...synonyms(slots, spans, index));
    const concepts = new Set(spans.flatMap(([, , key]) => own(index.named, key) || []));
    return { slots: merged([...slots.values()]), more, concepts, corrections };
  };

  const meant = async (word, index, corrections) => {
    const as = (stems) => new Map(stems.map((one) => [one, index.completed]));
    const literally = new Map([[stem(word), 1]]);
    if (!/^\p{L}+$/u.test(word)) {
      const longer = await index.beginning(word);
      return longer.length ? as(longer) : literally;
    }
    const spelling = await index.spelling();
    const longer = completions(word, spelling);
    if (longer.length) return as(longer.map(stem));
    const near = nearest(word, spelling);
    if (!near) return literally;
    corrections.push([word, near]);
    return new Map([[stem(near), 1]]);
  };

  /* Every run of words: where it begins and ends, and its key. */
  const runs = (keys, longest) => keys.flatMap((_, first) => {
    const found = [];
    for (let last = first + 1; last <= Math.min(keys.length, first + longest); last += 1) {
      found.push([first, last, keys.slice(first, last).join(" ")]);
    }
    return found;
  });

  const synonyms = (slots, spans, index) => {
    const known = spans.filter(([, , key]) => index.groupsOf(key).length);
    const phrases = known.filter(([first, last]) => last > first + 1);
    // The words of a phrase mean what it means.
    const taken = (at) => phrases.some(([first, last]) => first <= at && at < last);
    for (const [first, last, key] of known) {
      if (last > first + 1 || !slots.has(first) || taken(first)) continue;
      for (const group of index.groupsOf(key)) {
        slots.get(first).keys.set(group, index.same);
        slots.get(first).groups.add(group);
      }
    }
    const meant = new Map(phrases.flatMap(([, , key]) => index.groupsOf(key).map((group) => [group, key])));
    return [...meant].map(([group, key]) => ({ keys: new Map([[key, 1], [group, index.same]]) }));
  };

  const merged = (slots) => {
    const kept = [];
    for (const slot of slots) {
      const same = kept.find((other) => [...slot.groups].some((group) => other.groups.has(group)));
      if (!same) { kept.push(slot); continue; }
      for (const group of slot.groups) same.groups.add(group);
      for (const [key, weight] of slot.keys) same.keys.set(key, Math.max(weight, same.keys.get(key) || 0));
    }
    return kept;
  };

  const scores = (query, size, worths, index, least = index.any) => {
    const total = new Float64Array(size + 1);
    const answered = new Uint8Array(size + 1);
    const best = new Float64Array(size + 1);
    const add = (slot, counts) => {
      best.fill(0);
      for (const [key, weight] of slot.keys) {
        const [scale, gaps, steps] = worths.get(key) || [0, [], []];
        let number = 0;
        gaps.forEach((gap, at) => {
          number += gap;
          best[number] = Math.max(best[number], (weight * scale * steps[at]) / index.steps);
        });
      }
      best.forEach((worth, number) => {
        total[number] += worth;
        if (counts && worth) answered[number] += 1;
      });
    };
    query.slots.forEach((slot) => add(slot, true));
    query.more.forEach((slot) => add(slot, false));
    const slots = query.slots.length || 1;
    return total.map((worth, number) => worth * (least + ((1 - least) * answered[number]) / slots));
  };

  const strengths = (query, index) => {
    const { keys, results, unknown } = index.terms;
    const first = query.slots.map((slot) => slot.keys.keys().next().value);
    const most = first.reduce((sum, key) => sum + (own(keys, key)?.[0] ?? index.strange * unknown), 0) || 1;
    const worths = new Map(Object.entries(keys));
    return [...scores(query, results.length, worths, index, 1)]
      .map((score, number) => ({ number, score, term: results[number - 1] }))
      .filter((one) => one.term && one.score > 0)
      .map((one) => ({ ...one, strength: query.concepts.has(concept(one.term)) ? 1 : Math.min(1, one.score / most) }))
      .sort((a, b) => round(b.strength) - round(a.strength) || b.term.count - a.term.count || byName(a.term, b.term));
  };

  const byName = (one, other) => (`${one.facet}:${one.id}` < `${other.facet}:${other.id}` ? -1 : 1);

  const concept = (term) => (term.facet === "root-causes" ? `@${term.id}` : "");

  const round = (score) => Math.round(score * 1e9) / 1e9;

  /* The postmortems by number with their scores, the terms to offer, and what was corrected. */
  const find = async (typed, index, literal) => {
    const query = await understand(typed, index, literal);
    const clear = strengths(query, index);
    const causes = clear.filter((one) => concept(one.term) && one.strength >= index.spokenOf);
    for (const { term, strength } of causes.slice(0, index.concepts)) {
      query.more.push({ keys: new Map([[concept(term), index.concept * strength]]) });
    }
    const wanted = new Set([...query.slots, ...query.more].flatMap((slot) => [...slot.keys.keys()]));
    const worths = new Map(await Promise.all([...wanted].map(async (key) => [key, await index.worth(key)])));
    const found = scores(query, index.size, worths, index);
    const hits = [];
    found.forEach((score, number) => { if (score) hits.push({ number, score: round(score) }); });
    const terms = clear.filter((one) => one.strength >= index.offered).slice(0, index.offers).map((one) => one.term);
    return { query, hits, terms, corrections: query.corrections };
  };

  // What of a text to show, with what was found in it marked.

  const AROUND = 32;

  const excerpt = (text, query, index) => {
    const parts = text.split(/([^\p{L}\p{N}]+)/u);
    const asked = [...query.slots, ...query.more];
    const sought = (word) => {
      const key = stem(folded(word).toLowerCase());
      const said = [key, ...index.groupsOf(key)];
      return asked.findIndex((slot) => said.some((one) => slot.keys.has(one)));
    };
    const marks = parts.map((part, at) => (at % 2 || !part ? -1 : sought(part)));
    let best = 0;
    let most = -1;
    for (let from = 0; from < parts.length; from += 8) {
      const here = marks.slice(from, from + 2 * AROUND).filter((mark) => mark >= 0);
      const worth = 3 * new Set(here).size + here.length;
      if (worth > most) [most, best] = [worth, from];
    }
    const nodes = [best ? "… " : ""];
    parts.slice(best, best + 2 * AROUND).forEach((part, at) => {
      nodes.push(marks[best + at] >= 0 ? element("mark", {}, part) : part);
    });
    if (best + 2 * AROUND < parts.length) nodes.push(" …");
    return nodes;
  };

  // The page.

  const element = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, value);
    made.append(...children.filter((child) => child !== null && child !== ""));
    return made;
  };

  const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
  const PAGE = 10;
  const FEW = 6;

  const written = (day) => {
    if (!day) return element("span", { class: "pm-undated" }, "undated");
    const date = new Date(day * 864e5);
    const text = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
    return element("time", { datetime: date.toISOString().slice(0, 10) }, text);
  };

  const plural = (number, one) => `${number.toLocaleString("en")} ${number === 1 ? one : `${one}s`}`;

  class SearchPage {
    constructor(form) {
      this.form = form;
      this.input = form.elements.q;
      this.index = new Index(new URL(form.dataset.pmSearch, document.baseURI));
      this.root = new URL(form.dataset.pmRoot, document.baseURI);
      this.part = (name) => document.querySelector(`[data-pm-part="${name}"]`);
      this.turn = 0;
      this.shown = PAGE;
      form.addEventListener("submit", (event) => { event.preventDefault(); this.say({ push: true }); });
      this.input.addEventListener("input", () => this.say());
      this.input.addEventListener("focus", () => this.warm(), { once: true });
      this.part("sort").addEventListener("change", () => this.say());
      this.part("facets").addEventListener("change", () => this.say());
      this.part("more").addEventListener("click", () => this.more());
      // On a phone the results come first.
      this.part("narrow").open = matchMedia("(min-width: 60em)").matches;
      addEventListener("popstate", () => { if (this.form.isConnected) this.read(); });
      this.read();
    }

    warm() { this.index.open().then((index) => index.spelling()).catch(() => {}); }

    read() {
      const state = new URLSearchParams(location.search);
      this.input.value = state.get("q") || "";
      this.literal = state.has("literal");
      this.part("sort").value = state.get("sort") || "relevance";
      this.chosen = new Map();
      for (const [name, id] of state) {
        if (!["q", "sort", "literal"].includes(name)) this.chosen.set(name, [...(this.chosen.get(name) || []), id]);
      }
      if (this.input.value || this.chosen.size) this.show();
      else { this.part("found").replaceChildren(); this.reveal(false); }
    }

    /* Takes over what the reader set, writes it into the address, and shows what it finds. */
    say({ push = false, literal = false } = {}) {
      this.literal = literal;
      this.shown = PAGE;
      // Until there are boxes, what the address says stands.
      if (this.part("facets").children.length) this.chosen = new Map();
      for (const box of this.part("facets").querySelectorAll("input:checked")) {
        this.chosen.set(box.name, [...(this.chosen.get(box.name) || []), box.value]);
      }
      const state = new URLSearchParams();
      if (this.input.value) state.set("q", this.input.value);
      for (const [name, ids] of this.chosen) ids.forEach((id) => state.append(name, id));
      if (this.part("sort").value !== "relevance") state.set("sort", this.part("sort").value);
      if (literal) state.set("literal", "");
      const address = `${location.pathname}${`?${state}`.replace(/^\?$/, "")}`;
      history[push ? "pushState" : "replaceState"](history.state, "", address);
      this.show();
    }

    async show() {
      const turn = (this.turn += 1);
      const typed = this.input.value.trim();
      if (!typed && !this.chosen.size) { this.part("found").replaceChildren(); this.reveal(false); return; }
      try {
        const index = await this.index.open();
        const found = typed ? await find(typed, index, this.literal) : everything(index);
        const narrowed = this.sorted(found.hits.filter((hit) => this.fits(hit.number)));
        const first = narrowed.slice(0, this.shown);
        const results = await Promise.all(first.map((hit) => index.result(hit.number)));
        // Another letter has been typed meanwhile.
        if (turn !== this.turn) return;
        this.terms(typed ? found.terms : []);
        this.part("hits").replaceChildren(...results.map((result, at) => this.hit(result, first[at].number, found.query)));
        this.part("more").hidden = narrowed.length <= this.shown;
        this.tell(typed, narrowed.length, found);
        this.reveal(true, narrowed.length > 0);
        // The results are what somebody waits for; they are drawn before anything is counted.
        if (this.part("facets").children.length) await new Promise(requestAnimationFrame);
        if (turn !== this.turn) return;
        this.facets(found.hits);
        this.form.dataset.pmAnswered = typed;
      } catch (error) {
        if (turn === this.turn) this.fail(error);
      }
    }

    async more() {
      const from = this.shown;
      this.shown += PAGE;
      await this.show();
      const link = this.part("hits").children[from]?.querySelector("a");
      if (link) link.focus();
    }

    carried(facet, number) {
      const places = facet.carried[number - 1];
      return (Array.isArray(places) ? places : [places]).map((place) => facet.terms[place][0]);
    }

    fits(number, without) {
      return [...this.chosen].every(([name, ids]) => {
        const facet = this.index.facets.find((one) => one.name === name);
        if (!facet || name === without) return true;
        return this.carried(facet, number).some((id) => ids.includes(id) || ids.includes(above(id)));
      });
    }

    sorted(hits) {
      const { days, minutes } = this.index;
      const by = {
        relevance: (hit) => hit.score,
        date: (hit) => days[hit.number - 1] || -Infinity,
        duration: (hit) => minutes[hit.number - 1] ?? -1,
      }[this.part("sort").value];
      return hits.sort((a, b) => by(b) - by(a) || b.score - a.score || a.number - b.number);
    }

    facets(hits) {
      const open = new Set([...this.part("facets").querySelectorAll("details[open]")].map((one) => one.dataset.facet));
      const focus = document.activeElement?.closest?.("[data-pm-part=facets]") ? document.activeElement.id : "";
      const first = !this.part("facets").children.length;
      this.part("facets").replaceChildren(...this.index.facets.map((facet, at) => {
        const others = [...this.chosen.keys()].some((name) => name !== facet.name);
        const kept = others ? hits.filter(({ number }) => this.fits(number, facet.name)) : hits;
        const counts = this.counts(facet, kept);
        return this.facet(facet, counts, first ? at === 0 || this.chosen.has(facet.name) : open.has(facet.name));
      }).filter(Boolean));
      if (focus) document.getElementById(focus)?.focus();
    }

    /* The postmortems with each term or one below it, each counted once. */
    counts(facet, hits) {
      const counts = new Map();
      const add = (id) => counts.set(id, (counts.get(id) || 0) + 1);
      const lone = new Uint32Array(facet.terms.length);
      for (const { number } of hits) {
        const places = facet.carried[number - 1];
        if (Array.isArray(places)) {
          const ids = this.carried(facet, number);
          new Set([...ids, ...ids.map(above)]).forEach(add);
        } else lone[places] += 1;
      }
      lone.forEach((count, place) => {
        const id = facet.terms[place][0];
        for (const one of new Set([id, above(id)])) if (count) counts.set(one, (counts.get(one) || 0) + count);
      });
      return counts;
    }

    facet(facet, counts, isOpen) {
      const chosen = this.chosen.get(facet.name) || [];
      const terms = byCount(facet, counts).filter(([id]) => counts.has(id) || chosen.includes(id));
      if (!terms.length) return null;
      const items = terms.map(([id, title]) => {
        const box = element("input", { type: "checkbox", name: facet.name, value: id, id: `pm-${facet.name}-${id}` });
        box.checked = chosen.includes(id);
        const label = element("label", {}, box, ` ${title} `, element("span", { class: "pm-number" }, String(counts.get(id) || 0)));
        return element("li", { class: above(id) ? "pm-leaf" : undefined }, label);
      });
      const list = element("ul", { class: "pm-list" }, ...items.slice(0, FEW));
      const details = element("details", { "data-facet": facet.name }, element("summary", {}, facet.title), list);
      if (items.length > FEW) {
        const all = element("details", { "data-facet": `${facet.name} all` }, element("summary", {}, `${items.length - FEW} more`), element("ul", { class: "pm-list" }, ...items.slice(FEW)));
        all.open = chosen.length > 0 || Boolean(this.part("facets").querySelector(`[data-facet="${facet.name} all"][open]`));
        details.append(all);
      }
      details.open = isOpen;
      return details;
    }

    terms(terms) {
      const items = terms.filter((term) => term.url !== null).map((term) => element("li", {},
        element("a", { href: new URL(term.url, this.root) }, term.title),
        ` ${term.one}, ${plural(term.count, "incident")}`,
        term.definition ? element("span", { class: "pm-note" }, ` ${term.definition}`) : null));
      this.part("terms").replaceChildren(...items);
      this.part("terms").hidden = !items.length;
    }

    hit(result, number, query) {
      const { facets, days } = this.index;
      const severities = facets.find((facet) => facet.name === "severities")?.terms || [];
      const rank = severities.findIndex(([id]) => id === result.severity);
      const causes = facets.find((facet) => facet.name === "root-causes");
      const titles = new Map(causes?.terms || []);
      return element("li", { class: "pm-incident" },
        element("p", { class: "pm-incident__head" },
          rank < 0 ? null : element("span", { class: `pm-severity pm-severity--${Math.min(result.rank || rank + 1, 5)}` }, severities[rank][1]),
          element("span", { class: "pm-incident__day" }, written(days[number - 1]))),
        element("p", { class: "pm-incident__title" }, element("a", { href: new URL(result.url, this.root) }, result.title)),
        element("p", { class: "pm-hit__excerpt" }, ...excerpt(result.text, query, this.index)),
        result.fixed ? element("p", { class: "pm-hit__fixed" }, element("strong", {}, "What fixed it:"), ` ${result.fixed}`) : null,
        element("p", { class: "pm-incident__causes" },
          ...(causes ? this.carried(causes, number).map((id) => element("span", { class: "pm-tag" }, titles.get(id) || id)) : [])));
    }

    tell(typed, size, found) {
      const said = [size ? plural(size, "incident") : "Nothing was found"];
      if (typed) said.push(" for ", element("q", {}, this.literal ? typed : corrected(typed, found.corrections)));
      said.push(". ");
      if (found.corrections.length) {
        const back = element("button", { type: "button", class: "pm-link" }, `Search for “${typed}” as it stands`);
        back.addEventListener("click", () => { this.input.focus(); this.say({ push: true, literal: true }); });
        const words = found.corrections.map(([word]) => `“${word}”`).join(", ");
        said.push(`Nobody wrote ${words}. `, back, ".");
      }
      if (!size && this.chosen.size) said.push("Fewer boxes on the left find more.");
      this.part("found").replaceChildren(...said);
    }

    fail(error) {
      this.reveal(false);
      this.part("found").replaceChildren(location.protocol === "file:"
        ? "Search needs a web server: run mkdocs serve, or look at the table of all postmortems."
        : `The search index cannot be read (${error.message}). The table of all postmortems still works.`);
    }

    reveal(results, any = true) {
      this.part("results").hidden = !results;
      this.part("empty").hidden = results && any;
    }
  }

  /* The terms of a facet, most incidents first and each below what it belongs to; years and
     severities as they come. */
  const byCount = (facet, counts) => {
    if (["years", "severities"].includes(facet.name)) return facet.terms;
    const of = ([id]) => counts.get(id) || 0;
    const tops = facet.terms.filter(([id]) => !above(id)).sort((a, b) => of(b) - of(a));
    const below = (top) => facet.terms.filter(([id]) => above(id) === top[0]).sort((a, b) => of(b) - of(a));
    return tops.flatMap((top) => [top, ...below(top)]);
  };

  const above = (id) => (id.includes("/") ? id.slice(0, id.lastIndexOf("/")) : "");
  const everything = (index) => ({ query: { slots: [] }, terms: [], corrections: [], hits: Array.from({ length: index.size }, (_, at) => ({ number: at + 1, score: 0 })) });
  const corrected = (typed, corrections) => corrections.reduce((text, [word, meant]) => text.replace(new RegExp(word, "i"), meant), typed);

  // The box in the header: / and s and f lead to it from anywhere.

  const KEYS = ["/", "s", "f"];
  const isTyping = (target) => target.isContentEditable || /^(?:input|select|textarea)$/i.test(target.tagName);

  document.addEventListener("keydown", (event) => {
    if (!KEYS.includes(event.key) || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const box = [...document.querySelectorAll("[data-pm-search] input[type=search], [data-pm-box]")].find((one) => one.offsetParent);
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  const start = () => {
    const form = document.querySelector("form[data-pm-search]");
    if (form && !form.dataset.pmReady) {
      form.dataset.pmReady = "yes";
      new SearchPage(form);
    }
  };
  // What tests hold against the command line.
  window.pmSearch = { wordsOf, namesOf, stem, nearest, distance };

  // Material replaces the page without loading it when instant navigation is on.
  if (window.document$) window.document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
