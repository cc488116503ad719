// Follows what happens: events, conflicts and numbers as the source tells of them.

import { inConflict } from './conflict-record.js';
import { parsedDot } from './order.js';

const MOST_TAKEN = 1000; // conflicts between two summaries
const LIST_SHARE = 100; // of the time, one part in so many is spent drawing the list

/** What a source tells, brought to where it is shown. */
export class Live {
  summary = null;
  #page;
  #freshConflicts = [];
  #awaited = null;
  #stale = false; // whether the list lacks some
  #nextList = 0;
  #stop = () => {};

  constructor(page) {
    this.#page = page;
  }

  /** Asks how things stand, and follows from there. */
  async begin() {
    const { source, stage, topLine } = this.#page;
    this.#stop();
    this.#take(await source.summary());
    stage.knowProcesses((await source.processes()).processes.map(({ process }) => process));
    this.#stop = source.follow(
      {
        event: (event) => {
          topLine.count();
          stage.take(event);
        },
        conflict: (conflict) => {
          stage.mark(conflict);
          this.#awaited?.(conflict);
          this.#freshConflicts.length <= MOST_TAKEN && this.#freshConflicts.push(conflict);
        },
        summary: (summary) => this.#take(summary),
        lost: () => (this.#page.following ? stage.toNow() : stage.reload()),
        connected: (connected) => (topLine.connected = connected),
      },
      stage.window.last?.seq,
    );
  }

  /** The conflict that has both of two events: known already, or told within the time; null where it is neither. */
  async conflictOf(dots, limitMs) {
    const has = (conflict) => dots.every((dot) => inConflict(conflict, parsedDot(dot)));
    const told = new Promise((resolve) => {
      this.#awaited = (conflict) => has(conflict) && resolve(conflict);
      setTimeout(() => resolve(null), limitMs);
    });
    const { conflicts } = await this.#page.source.conflicts({ limit: 50 });
    return conflicts.find(has) ?? told;
  }

  #take(summary) {
    const restarted = this.summary !== null && summary.since !== this.summary.since;
    this.summary = summary;
    this.#page.topLine.summary = summary;
    if (restarted) {
      // The analyzer counts from 0 again.
      this.#page.lists.conflicts.reload().then(() => this.#page.again());
    } else {
      this.#takeConflicts();
    }
  }

  /** Puts new conflicts into the list: those that were told, or the newest again where they were too many to be told. */
  async #takeConflicts() {
    const fresh = this.#freshConflicts;
    this.#freshConflicts = [];
    const { conflicts } = this.#page.lists;
    if (fresh.length > MOST_TAKEN) {
      await conflicts.reload();
    } else {
      conflicts.take(fresh);
    }
    this.#stale ||= fresh.length > 0;
    const began = performance.now();
    const isRead = conflicts.element.matches(':hover, :focus-within');
    if (this.#stale && this.#page.state.tab === 'conflicts' && !isRead && began >= this.#nextList) {
      conflicts.render();
      this.#stale = false;
      this.#nextList = began + LIST_SHARE * (performance.now() - began);
    }
  }
}
