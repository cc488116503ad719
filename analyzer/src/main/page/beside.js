// A second execution below the one that is shown, and what both have in common.

import { counterparts } from './comparison.js';
import { LocalSource } from './local-source.js';
import { Stage } from './stage.js';

const none = () => false;

/** The execution beside. Its diagram is asked about through the counterparts of its events. */
export class Beside {
  /** @param {{pageView: Function, listener: object}} page what the page shows, and who is told what the user does */
  static async of(execution, source, { pageView, listener, ask }) {
    const other = new LocalSource(execution);
    const all = async (one) => (await one.events({ limit: Infinity })).events;
    return new Beside(other, counterparts(await all(source), await all(other)), pageView, { ...listener, choose: ask });
  }

  constructor(source, pairing, pageView, listener) {
    this.pairing = pairing;
    this.stage = new Stage(source, { listener, view: () => this.#view(pageView()), changed: () => {}, moved: () => {} }, 'beside');
  }

  get name() {
    return this.stage.source.name;
  }

  /** Whether an event of the execution above has no counterpart here. */
  lacks({ dot }) {
    return !this.pairing.there.has(dot);
  }

  #view(view) {
    const single = ({ dot }) => !this.pairing.back.has(dot);
    const selected = this.pairing.there.get(view.marks.selected) ?? null;
    return {
      ...view,
      conflict: null,
      marks: { ...view.marks, selected, other: null, part: () => null, lit: none, doubtful: none, single },
    };
  }
}
