// A guided tour: one conflict of what is there, step by step.

import { endsOf } from './conflict-record.js';
import { byId, html } from './element.js';
import { parsedDot } from './order.js';
import { foreign } from './parts.js';

/** The steps: what is shown, and what is said of it. */
const TOUR = [
  {
    show: (actions) => actions.clear(),
    say: () => 'Each row is a process, each dot a message that it published. A line leads from a message to one that knew it, further right.',
  },
  {
    show: (actions, [one]) => actions.ask(one),
    say: ([one]) => `${one} is selected. The triangles to its left are its past: the messages that it knew. Those to its right are its future: the messages that knew it.`,
  },
  {
    show: (actions, [one, other]) => actions.ask(other),
    say: ([one, other]) => `This is ${other}. ${one} is neither in its past nor in its future: it is a diamond. No path along rows and lines leads from one to the other.`,
  },
  {
    show: (actions, [one]) => actions.compare(one),
    say: ([one]) => `Beside the diagram stands the proof. Each message carries a clock, which says how many messages of each process it knew, and ${one} is number ${parsedDot(one).counter} of its process. Neither clock counts up to the other message.`,
  },
  {
    show: (actions, ends, conflict) => actions.lightInList(conflict),
    say: ([one]) => `So they are in conflict. The list beside the diagram names all that ${one} is concurrent with; choose any entry to see it in the diagram.`,
  },
];

/** The tour; it stands below the diagram while it lasts. */
export class Tour {
  #app;

  constructor(app) {
    this.#app = app;
  }

  /** Begins with the newest conflict, or says that there is none. */
  async begin() {
    const { conflicts } = await this.#app.source.conflicts({ limit: 1, status: 'CONCURRENT' });
    if (conflicts.length === 0) {
      byId('notice').textContent = 'The tour goes along a conflict, and there is none yet.';
      return;
    }
    await this.#go(0, conflicts[0]);
  }

  async #go(at, conflict) {
    const [one, other] = endsOf(conflict);
    const { show, say } = TOUR[at];
    const button = (label, to, attributes = {}) =>
      html('button', { type: 'button', onclick: () => this.#go(to, conflict), ...attributes }, label);
    await show(this.#app.actions, [one, other], conflict);
    const next = at < TOUR.length - 1 ? button('Next', at + 1) : html('button', { type: 'button', onclick: () => this.end() }, 'Done');
    byId('tour').replaceChildren(
      html('p', { role: 'status' }, html('strong', {}, `${at + 1} of ${TOUR.length} `), foreign(say([one, other]), 600)),
      html(
        'div',
        { class: 'tools' },
        at > 0 && button('Back', at - 1),
        next,
        at < TOUR.length - 1 && html('button', { type: 'button', onclick: () => this.end() }, 'End'),
      ),
    );
    next.focus();
  }

  /** Ends it; the diagram stays as it is. */
  end() {
    byId('tour').replaceChildren();
  }
}
