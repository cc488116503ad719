package io.antichain.analyzer.topology;

import io.antichain.analyzer.AnalyzerSettings;
import io.antichain.schemas.Gateway;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running Kafka Streams application. */
public final class OrderStream {
    private static final Logger LOG = LoggerFactory.getLogger(OrderStream.class);

    private final KafkaStreams streams;
    private final RealPatience patience;
    private final KafkaStreamsMetrics streamsMetrics;
    private final CompletableFuture<String> failed = new CompletableFuture<>();

    private OrderStream(KafkaStreams streams, RealPatience patience, KafkaStreamsMetrics streamsMetrics) {
        this.streams = streams;
        this.patience = patience;
        this.streamsMetrics = streamsMetrics;
    }

    /**
     * Checks the events topic and starts to read it.
     *
     * @throws io.antichain.analyzer.StartRefusedException if no broker answers, or the topic does not exist or suit the scope
     */
    public static OrderStream start(AnalyzerSettings settings, MeterRegistry meters) {
        String topicId = EventsTopic.checked(settings);
        StreamSettings stream = new StreamSettings(settings);
        RealPatience patience = new RealPatience(settings.unknownIdGraceMs());
        Tally tally = new Tally(meters);
        AnalyzerTopology topology = new AnalyzerTopology(settings.topics(), () -> {
            Deserializer<?> deserializer = stream.deserializer();
            Serializer<Object> serializer = stream.serializer();
            return new OrderProcessor(
                    new EventDecoder(deserializer, new Gateway(settings.maxClockWidth()), patience),
                    new ConflictEncoder(serializer, settings.topics(), patience),
                    new KafkaEventLog(stream.client()),
                    topicId,
                    tally);
        });
        KafkaStreams streams = new KafkaStreams(topology.get(), new StreamsConfig(stream.streams()));
        KafkaStreamsMetrics streamsMetrics = new KafkaStreamsMetrics(streams);
        streamsMetrics.bindTo(meters);
        OrderStream started = new OrderStream(streams, patience, streamsMetrics);
        streams.setUncaughtExceptionHandler(started::onFailure);
        streams.start();
        return started;
    }

    /** Empty when it reads and the registry answers; else why not. */
    public Optional<String> unreadyBecause() {
        if (failed.isDone()) {
            return Optional.of(failed.join());
        }
        KafkaStreams.State state = streams.state();
        if (state != KafkaStreams.State.RUNNING) {
            return Optional.of("The stream is not running yet: state=" + state);
        }
        return patience.waitingFor();
    }

    /** Completed with a sentence when the stream has stopped for good by itself. */
    public CompletableFuture<String> failed() {
        return failed;
    }

    /** Commits, leaves the group, and stops. */
    public void close(Duration timeout) {
        patience.giveUp();
        streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(timeout));
        streamsMetrics.close();
    }

    /** A registry that is away, or a lost transaction, passes: a new thread reads on from the last commit. */
    private StreamThreadExceptionResponse onFailure(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null
                && !(cause instanceof TopicRecreatedException)
                && !(cause instanceof RegistryAwaitedTooLongException)) {
            cause = cause.getCause();
        }
        if (cause instanceof RegistryAwaitedTooLongException) {
            LOG.warn("The schema registry has not answered for long; reading on from the last commit");
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        LOG.error("The stream has failed", failure);
        failed.complete(
                cause instanceof TopicRecreatedException
                        ? cause.getMessage()
                        : "The stream has failed: " + cause.getClass().getSimpleName() + ": " + cause.getMessage());
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
}
