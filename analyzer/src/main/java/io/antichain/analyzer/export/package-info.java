/**
 * Executions from log files written out again: as ShiViz text, as ndjson, and as the Hasse diagram of their events.
 * Start at {@link io.antichain.analyzer.export.Coverings}.
 */
package io.antichain.analyzer.export;
