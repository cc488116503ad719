package io.antichain.analyzer.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ReaderPositionsTest {
    private static final TopicPartition EVENTS = new TopicPartition("events", 0);
    private static final TopicPartition MORE = new TopicPartition("events", 1);
    private static final int HELD = 100;

    private final ReaderPositions positions = new ReaderPositions(topic -> HELD);

    @Test
    void whoIsTooFarBehindSkipsWhatTheViewCouldNotHold() {
        MockConsumer<byte[], byte[]> consumer = began(50, 1_000);
        assertThat(positions.skip(consumer, Set.of(EVENTS))).isEqualTo(950 - 2 * HELD);
        assertThat(consumer.position(EVENTS)).isEqualTo(1_000 - 2 * HELD);
    }

    @Test
    void whoIsNotMuchFurtherBehindThanTheViewReachesReadsOn() {
        MockConsumer<byte[], byte[]> consumer = began(50, 50 + 4 * HELD);
        assertThat(positions.skip(consumer, Set.of(EVENTS))).isZero();
        assertThat(consumer.position(EVENTS)).isEqualTo(50);
    }

    @Test
    void theHistoryIsReadToItsEndBeforeAnythingIsSkipped() {
        MockConsumer<byte[], byte[]> consumer = began(49, 10_000);
        assertThat(positions.unfinished(consumer, Set.of(EVENTS))).containsExactly(EVENTS);
        assertThat(positions.skip(consumer, Set.of(EVENTS))).isZero();
        consumer.seek(EVENTS, 50);
        assertThat(positions.unfinished(consumer, Set.of(EVENTS))).isEmpty();
        assertThat(positions.skip(consumer, Set.of(EVENTS))).isPositive();
    }

    @Test
    void anotherConsumerReadsOnWhereTheViewWasToldLastAndAddsWhatIsNew() {
        positions.begin(consumer(Map.of(EVENTS, 50L)), Set.of(EVENTS));
        positions.told(new ConsumerRecord<>(EVENTS.topic(), EVENTS.partition(), 30, null, null));
        assertThat(positions.progress()).isEqualTo("The reader reads the history: 31 of 50 offsets");
        MockConsumer<byte[], byte[]> next = consumer(Map.of(EVENTS, 80L, MORE, 7L));
        positions.begin(next, Set.of(EVENTS, MORE));
        assertThat(next.position(EVENTS)).isEqualTo(31);
        assertThat(next.position(MORE)).isZero();
        assertThat(positions.progress()).isEqualTo("The reader reads the history: 31 of 57 offsets");
    }

    /** One that found a history of 50 offsets, and has come so far when the log has grown to {@code end}. */
    private MockConsumer<byte[], byte[]> began(long position, long end) {
        MockConsumer<byte[], byte[]> consumer = consumer(Map.of(EVENTS, 50L));
        positions.begin(consumer, Set.of(EVENTS));
        consumer.seek(EVENTS, position);
        consumer.updateEndOffsets(Map.of(EVENTS, end));
        return consumer;
    }

    private static MockConsumer<byte[], byte[]> consumer(Map<TopicPartition, Long> ends) {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
        ends.keySet().forEach(partition -> consumer.updateBeginningOffsets(Map.of(partition, 0L)));
        consumer.updateEndOffsets(ends);
        return consumer;
    }
}
