/**
 * Real programs on a real broker under load, killed, stopped, fenced, cut off and restarted by a schedule that is a seed; then
 * the true order is rebuilt from the nodes' journals and compared. Start at {@link io.antichain.cli.faults.FaultRun}.
 */
package io.antichain.cli.faults;
