// Where the events of a window stand in the diagram: a lane for each process, causal depth from left to right.

import { causesFirst } from './order.js';
import { waysBetween } from './ways.js';

const MOST_EMPTY_LANES = 60; // with more lanes, those without events here are folded away

/**
 * A dot of the diagram: an event, or a stretch of events of one process, in a row and without communication, that are
 * drawn as one.
 *
 * @typedef {{dot: string, event: object, events: object[], lane: number, column: number}} Node
 */

/**
 * Lays out a window. A node stands to the right of all that it knew. Columns without nodes are left out, so nodes keep
 * their distance while the window moves along the log. The ways between nodes show the whole order of what is shown: two
 * nodes are connected exactly if one happened before the other, whatever is hidden between them.
 *
 * @param {object[]} events with clock, depth and covers, in any order
 * @param {{hidden?: Set<string>, folded?: boolean, lanes?: string[]}} options processes that are not shown; whether
 *     stretches without communication are folded; the processes to have lanes whether or not they have events here, unless
 *     they are too many
 * @returns {{lanes: string[], foldedLanes: number, columns: number, nodes: Node[],
 *     edges: {from: Node, to: Node, indirect: boolean}[], byDot: Map<string, Node>, hiddenEvents: number}}
 */
export function layout(events, { hidden = new Set(), folded = false, lanes = [] } = {}) {
  const shown = causesFirst(events.filter((event) => !hidden.has(event.process)));
  const withEvents = new Set(shown.map((event) => event.process));
  const all = [...new Set([...lanes, ...withEvents])].filter((process) => !hidden.has(process));
  const processes = (all.length > MOST_EMPTY_LANES ? [...withEvents] : all).sort(byNameAndNumber);
  const laneOf = new Map(processes.map((process, index) => [process, index]));
  const ways = waysBetween(shown);
  const nodes = (folded ? stretches(shown, ways) : shown.map((event) => [event])).map((stretch) => ({
    dot: stretch[0].dot,
    event: stretch[0],
    events: stretch,
    lane: laneOf.get(stretch[0].process),
    column: 0,
  }));
  const byDot = new Map();
  nodes.forEach((node) => node.events.forEach((event) => byDot.set(event.dot, node)));
  const edges = edgesBetween(ways, byDot);
  const columns = placeInColumns(nodes, edges);
  const foldedLanes = all.length - processes.length;
  return { lanes: processes, foldedLanes, columns, nodes, edges, byDot, hiddenEvents: events.length - shown.length };
}

/** The order of lanes: names with numbers in them by number. */
export function byNameAndNumber(a, b) {
  return a.localeCompare(b, 'en', { numeric: true }) || (a < b ? -1 : a > b ? 1 : 0);
}

/** The ways between events as edges between the nodes that stand for them, each once; direct if any of them is. */
function edgesBetween(ways, byDot) {
  const edges = new Map();
  for (const { from, to, indirect } of ways) {
    const [first, last] = [byDot.get(from.dot), byDot.get(to.dot)];
    const key = `${first.dot}\n${last.dot}`;
    edges.set(key, { from: first, to: last, indirect: indirect && (edges.get(key)?.indirect ?? true) });
  }
  return [...edges.values()];
}

/** Events of one process in a row as stretches: a way in begins one, a way out ends one. */
function stretches(events, ways) {
  const sends = new Set(ways.map(({ from }) => from.dot));
  const receives = new Set(ways.map(({ to }) => to.dot));
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
