/** The Kafka Streams application: its topology, the processor that places each record, and what it writes. Begin with {@code OrderStream}, then {@code OrderProcessor}. */
package io.antichain.analyzer.stream;
