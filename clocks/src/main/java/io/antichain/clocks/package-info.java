/**
 * The algebra of logical clocks: who happened before whom, and who could not have known.
 * Start at {@link io.antichain.clocks.VectorClock} and {@link io.antichain.clocks.CausalOrder}.
 * Everything here is an immutable value; nothing here knows of Kafka, Avro or time.
 */
package io.antichain.clocks;
