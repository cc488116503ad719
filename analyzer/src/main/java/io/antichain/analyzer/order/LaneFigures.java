package io.antichain.analyzer.order;

import io.antichain.clocks.ProcessId;

/**
 * How one lane stands.
 *
 * @param process whose
 * @param partition where
 * @param unstable how many events are held
 * @param stable the greatest counter of the process that was dropped as stable, in whatever partition; 0 if none
 * @param presence of the process
 */
public record LaneFigures(ProcessId process, int partition, int unstable, long stable, Presence presence) {
    /** Whether what a process has not acknowledged is held back for it. */
    public enum Presence {
        /** It is. */
        LIVE,
        /** It is not, for the process said nothing for too long, or held back too much; until it speaks again. */
        SILENT,
        /** It is not, for the process left, or lives on as another incarnation. */
        GONE
    }
}
