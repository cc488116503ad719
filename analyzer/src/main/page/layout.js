// Where the events of a window stand in the diagram: a lane for each process, causal depth from left to right.

import { causesFirst } from './order.js';

/**
 * A dot of the diagram: an event, or a stretch of events of one process, in a row and without communication, that are
 * drawn as one.
 *
 * @typedef {{dot: string, event: object, events: object[], lane: number, column: number}} Node
 */

/**
 * Lays out a window. A node stands to the right of all that it covers. Columns without nodes are left out, so nodes keep
 * their distance while the window moves along the log.
 *
 * @param {object[]} events with clock, depth and covers, in any order
 * @param {{hidden?: Set<string>, folded?: boolean, lanes?: string[]}} options processes that are not shown; whether
 *     stretches without communication are folded; the processes to have lanes whether or not they have events here
 * @returns {{lanes: string[], columns: number, nodes: Node[], edges: {from: Node, to: Node}[], byDot: Map<string, Node>,
 *     hiddenEvents: number}}
 */
export function layout(events, { hidden = new Set(), folded = false, lanes = [] } = {}) {
  const shown = causesFirst(events.filter((event) => !hidden.has(event.process)));
  const processes = [...new Set([...lanes, ...shown.map((event) => event.process)])]
    .filter((process) => !hidden.has(process))
    .sort(byNameAndNumber);
  const laneOf = new Map(processes.map((process, index) => [process, index]));
  const nodes = (folded ? stretches(shown) : shown.map((event) => [event])).map((stretch) => ({
    dot: stretch[0].dot,
    event: stretch[0],
    events: stretch,
    lane: laneOf.get(stretch[0].process),
    column: 0,
  }));
  const byDot = new Map();
  nodes.forEach((node) => node.events.forEach((event) => byDot.set(event.dot, node)));
  const edges = edgesBetween(nodes, byDot);
  const columns = placeInColumns(nodes, edges);
  return { lanes: processes, columns, nodes, edges, byDot, hiddenEvents: events.length - shown.length };
}

/** The order of lanes: names with numbers in them by number. */
export function byNameAndNumber(a, b) {
  return a.localeCompare(b, 'en', { numeric: true }) || (a < b ? -1 : a > b ? 1 : 0);
}

/** The edges of the Hasse diagram between different processes: along a lane order is seen without them. */
function edgesBetween(nodes, byDot) {
  const edges = [];
  for (const node of nodes) {
    const from = new Set();
    for (const event of node.events) {
      for (const cause of event.covers ?? []) {
        const covered = byDot.get(cause);
        if (covered && covered.lane !== node.lane && !from.has(covered)) {
          from.add(covered);
          edges.push({ from: covered, to: node });
        }
      }
    }
  }
  return edges;
}

/** Events of one process in a row as stretches: a message in begins one, a message out ends one. */
function stretches(events) {
  const inWindow = new Map(events.map((event) => [event.dot, event]));
  const sends = new Set();
  const receives = new Set();
  for (const event of events) {
    for (const cause of event.covers ?? []) {
      if (inWindow.has(cause) && inWindow.get(cause).process !== event.process) {
        sends.add(cause);
        receives.add(event.dot);
      }
    }
  }
  const open = new Map();
  const found = [];
  for (const event of events) {
    const stretch = open.get(event.process);
    if (stretch && !receives.has(event.dot)) {
      stretch.push(event);
    } else {
      const fresh = [event];
      open.set(event.process, fresh);
      found.push(fresh);
    }
    if (sends.has(event.dot)) {
      open.delete(event.process);
    }
  }
  return found;
}

/** Gives each node its column, and returns how many there are. Nodes come with causes first. */
function placeInColumns(nodes, edges) {
  const causes = new Map(nodes.map((node) => [node, []]));
  edges.forEach(({ from, to }) => causes.get(to).push(from));
  const lastOfLane = new Map();
  for (const node of nodes) {
    const before = lastOfLane.get(node.lane);
    let depth = Math.max(node.event.depth ?? 1, before ? before.column + 1 : 0);
    for (const cause of causes.get(node)) {
      depth = Math.max(depth, cause.column + 1);
    }
    node.column = depth;
    lastOfLane.set(node.lane, node);
  }
  const depths = [...new Set(nodes.map((node) => node.column))].sort((a, b) => a - b);
  const columnOf = new Map(depths.map((depth, index) => [depth, index]));
  nodes.forEach((node) => (node.column = columnOf.get(node.column)));
  return depths.length;
}

/** Which node the keys lead to: along the lane, or the nearest one of the lane above or below that has any. */
export function neighbour({ nodes, lanes }, node, direction) {
  if (direction === 'left' || direction === 'right') {
    const lane = nodes.filter((other) => other.lane === node.lane).sort((a, b) => a.column - b.column);
    return lane[lane.indexOf(node) + (direction === 'left' ? -1 : 1)] ?? node;
  }
  const step = direction === 'up' ? -1 : 1;
  for (let lane = node.lane + step; lane >= 0 && lane < lanes.length; lane += step) {
    const candidates = nodes.filter((other) => other.lane === lane);
    if (candidates.length > 0) {
      return candidates.reduce((best, other) =>
        Math.abs(other.column - node.column) < Math.abs(best.column - node.column) ? other : best,
      );
    }
  }
  return node;
}
