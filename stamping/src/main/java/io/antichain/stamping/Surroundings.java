package io.antichain.stamping;

import io.antichain.clocks.Stamp;
import io.antichain.stamping.clock.ClockRecovery;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import org.apache.kafka.common.TopicPartition;

/** What a life needs of the world: time, a number that no other life has, and what stands in the log. */
interface Surroundings {
    /** ms since 1970 UTC; never falls within a life, and knows no leap of the wall clock. */
    long nowMs();

    /**
     * The incarnation of a life that begins now. It may take some seconds.
     *
     * @param properties how the broker is reached
     */
    LifeNumber lifeNumber(String process, Map<String, ?> properties);

    /**
     * A life's incarnation.
     *
     * @param isDrawn whether it was drawn at random, since no broker gave one
     * @param reason why it was drawn, else empty
     */
    record LifeNumber(int incarnation, boolean isDrawn, String reason) {}

    /**
     * Reads ranges of partitions, as far as they are there.
     *
     * @param sink told each stamp that can be read, with its record's timestamp, ms since 1970 UTC
     * @return whether all was read in time
     */
    boolean readTails(
            Map<TopicPartition, ClockRecovery.Step.Tail> tails, Map<String, ?> properties, ObjLongConsumer<Stamp> sink);

    /** Reads the tails of a topic's partitions, up to their ends as they are now; as {@link #readTails}. */
    boolean readEnds(String topic, Map<String, ?> properties, ObjLongConsumer<Stamp> sink);
}
