/**
 * Real programs on a real broker under load, killed, stopped, fenced, cut off and restarted by a schedule that is a seed. Of
 * nodes and of services with stamping clients, the true order is rebuilt from their journals and compared:
 * {@link io.antichain.cli.faults.FaultRun}, {@link io.antichain.cli.faults.ServiceTruth}. Of analyzers, what they reported is
 * held against the definition: {@link io.antichain.cli.faults.AnalyzerFaultRun}.
 */
package io.antichain.cli.faults;
