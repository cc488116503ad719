package io.antichain.analyzer.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StreamFailuresTest {
    static List<RuntimeException> passing() {
        return List.of(
                new InvalidTxnStateException("The producer attempted a transactional operation in an invalid state."),
                new InvalidProducerEpochException("old epoch"),
                new ProducerFencedException("fenced"),
                new TimeoutException("no answer"),
                new OffsetOutOfRangeException(java.util.Map.of()));
    }

    static Stream<RuntimeException> lasting() {
        return Stream.of(
                new TopicAuthorizationException("events"),
                new TopicRecreatedException("another topic"),
                new IllegalStateException("a fault of our own"));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void whatANewBeginningOfTheTaskMendsPasses(RuntimeException cause) {
        assertThat(StreamFailures.passes(new StreamsException("task 0_0", cause)))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("lasting")
    void anythingElseEndsTheStream(RuntimeException cause) {
        assertThat(StreamFailures.passes(new StreamsException("task 0_0", cause)))
                .isFalse();
    }
}
