/**
 * What a node did, written to a file beside Kafka: a debugging aid, by which the fault tests know the true order.
 * Start at {@link io.antichain.node.journal.FileJournal}.
 */
package io.antichain.node.journal;
