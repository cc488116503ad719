/**
 * Log files with vector clocks, as other systems write them: read into executions, analysed without Kafka.
 * Start at {@link io.antichain.analyzer.logfile.LoggedExecution}, then {@link io.antichain.analyzer.logfile.ShivizParser}.
 */
package io.antichain.analyzer.logfile;
