// What is asked about: an event, perhaps a second one and their relation, perhaps a conflict; and how it marks the diagram.

import { endsOf, inConflict } from './conflict-record.js';
import { falselyOrdered } from './lamport.js';
import { causalOrder } from './order.js';
import { asks, matches, parsedQuery } from './query.js';

const MOST_ENDS = 20; // of a conflict: where more are, only those in the window are known to lie where they do
const PART_OF = { AFTER: 'past', BEFORE: 'future', CONCURRENT: 'concurrent' };

/** The answers to what a state asks. Immutable: each state gets its own. */
export class Asked {
  /** Nothing. */
  static NOTHING = new Asked(null, null, null, null, new Map());

  /** @param {Map<string, number>} seqs of the ends of the conflict, by dot, as far as they are in view */
  constructor(selected, other, relation, conflict, seqs) {
    this.selected = selected;
    this.other = other;
    this.relation = relation;
    this.conflict = conflict;
    this.seqs = seqs;
  }

  /**
   * Asks a source for what a state names; what was known already is not asked for again.
   *
   * @param {(id: string) => object} listed the conflict with an id, where a list has it
   */
  static async of(state, source, known, listed) {
    const { select, other, conflict } = state;
    const record =
      conflict === null ? null : conflict === known.conflict?.id ? known.conflict : (listed(conflict) ?? (await found(source, conflict)));
    return new Asked(
      select === null ? null : select === known.selected?.dot ? known.selected : await source.event(select),
      other === null ? null : other === known.other?.dot ? known.other : await source.event(other),
      select === null || other === null ? null : await source.relation(select, other),
      record,
      record === null ? new Map() : record === known.conflict ? known.seqs : await seqsOf(source, endsOf(record)),
    );
  }

  /** How an event relates to the one that is asked about: past, future or concurrent; null for others. */
  part(event) {
    return PART_OF[this.#order(event)] ?? null;
  }

  #order(event) {
    const { selected } = this;
    return selected?.clock && event.clock && event.dot !== selected.dot ? causalOrder(selected, event) : null;
  }

  /** What is to be marked. @returns {import('./diagram.js').Marks} */
  marks({ at, other, search, exact, tab, lamport }, isSingle) {
    const query = { ...parsedQuery(search), exact };
    const searching = asks(query);
    return {
      selected: this.selected?.dot ?? null,
      other,
      part: (event) => this.part(event),
      lit: (event) => this.conflict !== null && inConflict(this.conflict, event),
      found: (event) => searching && matches(query, event),
      current: (event) => searching && tab === 'search' && event.dot === at,
      doubtful: (event) => lamport && this.#order(event) === 'CONCURRENT' && falselyOrdered(this.selected, event),
      single: isSingle,
      lamport,
    };
  }
}

async function seqsOf(source, dots) {
  const events = await Promise.all(dots.slice(0, MOST_ENDS).map((dot) => source.event(dot).catch(() => null)));
  return new Map(events.filter((event) => event !== null).map(({ dot, seq }) => [dot, seq]));
}

/** The conflict with this id, or null. */
async function found(source, id) {
  const { conflicts } = await source.conflicts({ limit: 50, text: id.slice(id.indexOf('/') + 1) });
  return conflicts.find((conflict) => conflict.id === id) ?? null;
}
