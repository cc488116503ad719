package io.antichain.analyzer.order;

import io.antichain.clocks.ProcessId;

/**
 * How one lane stands.
 *
 * @param process whose
 * @param partition where
 * @param unstable how many events are held
 * @param stable the greatest counter of the process that was dropped as stable, in whatever partition; 0 if none
 * @param live whether what it has not acknowledged is held back for it
 */
public record LaneFigures(ProcessId process, int partition, int unstable, long stable, boolean live) {}
