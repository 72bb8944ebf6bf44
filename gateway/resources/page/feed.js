const FLUSH_MILLIS = 100;
const FLOOD_FLUSH_MILLIS = 400;
const COLOURS = 6;

/**
 * A list in the document that shows the newest entry first and keeps a bounded number of them.
 * However fast entries come, the document is touched ten times a second at most, and less often
 * when every entry of the list would be a new one each time.
 */
export class Feed {
  #list;
  #limit;
  #draw;
  #pending = [];
  #paused = false;
  #timer;
  #flushedAt = 0;
  #rest = FLUSH_MILLIS;

  /** @param draw makes the element of an entry */
  constructor(list, limit, draw) {
    this.#list = list;
    this.#limit = limit;
    this.#draw = draw;
  }

  add(entry) {
    this.#pending.push(entry);
    if (this.#pending.length >= 2 * this.#limit) {
      this.#pending.splice(0, this.#limit);
    }
    this.#schedule();
  }

  /** While paused the list stands still so that it can be read; what comes meanwhile is kept. */
  pause(paused) {
    this.#paused = paused;
    this.#schedule();
  }

  /** Empties the list, except for elements which still wait for the reader (`.held`). */
  clear() {
    this.#pending = this.#pending.filter((entry) => entry.held);
    this.#list.querySelectorAll(':scope > :not(.held)').forEach((element) => element.remove());
  }

  #schedule() {
    if (this.#paused || this.#timer !== undefined || this.#pending.length === 0) {
      return;
    }
    const wait = Math.max(0, this.#flushedAt + this.#rest - performance.now());
    this.#timer = setTimeout(() => this.#flush(), wait);
  }

  #flush() {
    this.#timer = undefined;
    if (this.#paused) {
      return;
    }
    const newest = this.#pending.slice(-this.#limit).reverse();
    this.#pending = [];
    this.#list.prepend(...newest.map(this.#draw));
    while (this.#list.childElementCount > this.#limit) {
      this.#list.lastElementChild.remove();
    }
    this.#flushedAt = performance.now();
    this.#rest = newest.length < this.#limit / 4 ? FLUSH_MILLIS : FLOOD_FLUSH_MILLIS;
  }
}

/** How many things happened, and how many per second lately. */
export class Tally {
  #count = 0;
  #samples = [];

  add() {
    this.#count++;
  }

  get count() {
    return this.#count;
  }

  /** Events per second over the last samples; call it at a steady pace. */
  sample(now) {
    this.#samples.push({ now, count: this.#count });
    if (this.#samples.length > 5) {
      this.#samples.shift();
    }
    const first = this.#samples[0];
    const seconds = (now - first.now) / 1000;
    return seconds > 0 ? Math.round((this.#count - first.count) / seconds) : 0;
  }
}

/** Makes an element; children are elements or text, never markup. */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === 'data') {
      Object.assign(made.dataset, value);
    } else {
      made[name] = value;
    }
  }
  made.append(...children);
  return made;
}

/** The colour in which a subscription and its messages are recognised. */
export function colourDot(id) {
  const number = Number(id.slice(id.lastIndexOf('-') + 1));
  return element('span', { className: `dot colour-${number % COLOURS}` });
}
