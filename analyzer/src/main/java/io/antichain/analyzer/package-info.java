/**
 * The analyzer: rebuilds the happened-before order from the events topic and writes conflict records.
 * Start at {@link io.antichain.analyzer.Analyzer}, then {@code topology} (the data's way through Kafka Streams) and
 * {@code order} (the engine that decides).
 */
package io.antichain.analyzer;
