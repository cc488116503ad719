// Executions for tests.

/** Events from [process, clock] pairs. */
export function chain(pairs) {
  return pairs.map(([process, clock]) => ({
    dot: `${process}:${clock[process]}`,
    process,
    counter: clock[process],
    clock,
    payload: `${process} says ${clock[process]}`,
    key: null,
  }));
}

/** Numbers from 0 to 1 that a seed decides. */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Events of processes p1, p2 … that publish and deliver each other's latest messages at random. */
export function randomExecution(seed, count, processes, delivering = 0.5) {
  const next = random(seed);
  const clocks = Array.from({ length: processes }, () => ({}));
  const pairs = [];
  while (pairs.length < count) {
    const one = Math.floor(next() * processes);
    if (next() < delivering && pairs.length > 0) {
      const [, received] = pairs[Math.floor(next() * pairs.length)];
      for (const [process, counter] of Object.entries(received)) {
        clocks[one][process] = Math.max(clocks[one][process] ?? 0, counter);
      }
    }
    const name = `p${one + 1}`;
    clocks[one] = { ...clocks[one], [name]: (clocks[one][name] ?? 0) + 1 };
    pairs.push([name, { ...clocks[one] }]);
  }
  return chain(pairs);
}
