/**
 * The log of events as an engine needs it: which partitions of which topics, read from an offset, and from where on it is
 * there. {@link io.antichain.analyzer.log.OpenTransactions} finds who holds it up.
 */
package io.antichain.analyzer.log;
