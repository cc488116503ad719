package io.antichain.analyzer.reader;

import io.antichain.clocks.ProcessId;

/**
 * Events of one process that stand alike to an event.
 *
 * @param process whose events
 * @param first counter of the first
 * @param last counter of the last
 * @param length how many there are in view: a count, not last − first + 1
 */
public record ProcessRun(ProcessId process, long first, long last, int length) {}
