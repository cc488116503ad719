package io.antichain.analyzer.stream;

import io.antichain.analyzer.decode.EventDecoder;
import io.antichain.analyzer.decode.OrderRecordDecoder;
import io.antichain.analyzer.decode.RealPatience;
import io.antichain.analyzer.decode.RecordDecoder;
import io.antichain.analyzer.log.KafkaEventLog;
import io.antichain.analyzer.log.SourceFigures;
import io.antichain.analyzer.order.EngineFigures;
import io.antichain.analyzer.restore.Restorations;
import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.schemas.Gateway;
import io.antichain.schemas.registry.ConfiguredSerializers;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running Kafka Streams application. */
public final class OrderStream {
    private static final Logger LOG = LoggerFactory.getLogger(OrderStream.class);

    private final KafkaStreams streams;
    private final RealPatience patience;
    private final Restorations restorations;
    private final KafkaStreamsMetrics streamsMetrics;
    private final AnalyzerMetrics metrics;
    private final KafkaEventLog log;
    private final CompletableFuture<String> failed = new CompletableFuture<>();
    private volatile boolean hasBegun;

    private OrderStream(
            KafkaStreams streams,
            RealPatience patience,
            Restorations restorations,
            KafkaStreamsMetrics streamsMetrics,
            AnalyzerMetrics metrics,
            KafkaEventLog log) {
        this.log = log;
        this.streams = streams;
        this.metrics = metrics;
        this.patience = patience;
        this.restorations = restorations;
        this.streamsMetrics = streamsMetrics;
    }

    /**
     * Checks the events topic, waiting for a broker if need be, and makes what will read it.
     *
     * @param waitingFor told what it waits for, as a sentence
     * @throws io.antichain.analyzer.settings.StartRefusedException if the topic does not exist or suit the scope, or for what does not
     *     pass by itself
     */
    public static OrderStream prepare(AnalyzerSettings settings, MeterRegistry meters, Consumer<String> waitingFor) {
        SourceTopics.Plan plan = SourceTopics.plan(settings, waitingFor);
        StreamSettings stream = new StreamSettings(settings);
        RealPatience patience = new RealPatience(settings.limits().unknownIdGraceMs());
        Restorations restorations = new Restorations(patience);
        KafkaEventLog log =
                new KafkaEventLog(ConfiguredSerializers.without(settings.client()), settings.applicationId());
        AnalyzerMetrics metrics = new AnalyzerMetrics(meters);
        OrderProcessor.Setting setting = new OrderProcessor.Setting(
                plan.input(),
                plan.isSource(),
                plan.topics(),
                plan.topicIds(),
                settings.acceptNewTopic(),
                settings.scope(),
                settings.limits().engine().sharedBy(plan.partitions()),
                settings.limits().storeEvery(),
                log,
                restorations,
                metrics);
        Gateway gateway = new Gateway(settings.limits().maxClockWidth());
        Supplier<RecordDecoder> decoder = () -> settings.where()
                .with(new EventDecoder(
                        ConfiguredSerializers.values(settings.client()),
                        settings.eventsTopics(),
                        gateway,
                        patience,
                        EventDecoder.NO_PAYLOADS));
        Supplier<ConflictEncoder> encoder = () ->
                new ConflictEncoder(ConfiguredSerializers.serializer(settings.client()), settings.topics(), patience);
        Topology topology = plan.isSource()
                ? AnalyzerTopology.direct(
                        settings.topics(),
                        plan.input(),
                        () -> new OrderProcessor(setting, decoder.get(), encoder.get()))
                : AnalyzerTopology.broughtTogether(
                        settings.topics(),
                        settings.sources(),
                        () -> new SourceProcessor(settings.scope(), log, decoder.get(), encoder.get(), metrics),
                        plan.input(),
                        () -> new OrderProcessor(setting, new OrderRecordDecoder(), encoder.get()));
        KafkaStreams streams = new KafkaStreams(topology, new StreamsConfig(stream.streams()));
        KafkaStreamsMetrics streamsMetrics = new KafkaStreamsMetrics(streams);
        streamsMetrics.bindTo(meters);
        Lag.register(streams, meters);
        OrderStream prepared = new OrderStream(streams, patience, restorations, streamsMetrics, metrics, log);
        streams.setUncaughtExceptionHandler(prepared::onFailure);
        return prepared;
    }

    /** Whether its engines are restored and it reads, or has failed. */
    public boolean hasBegun() {
        return hasBegun || failed.isDone();
    }

    /** Joins the consumer group and begins to read. */
    public void start() {
        streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.RUNNING) {
                hasBegun = true;
            }
        });
        streams.start();
    }

    /** Empty when it reads and the registry answers; else why not. */
    public Optional<String> unreadyBecause() {
        if (failed.isDone()) {
            return Optional.of(failed.join());
        }
        return patience.waitingFor().or(restorations::progress).or(() -> {
            KafkaStreams.State state = streams.state();
            return state == KafkaStreams.State.RUNNING
                    ? Optional.empty()
                    : Optional.of("The stream is not running yet: state=" + state);
        });
    }

    /** How many records of the events topics are committed and not read yet, over all partitions read here. */
    public long lag() {
        return (long) Lag.of(streams);
    }

    /** How the engines stand that run here, by partition; as of a second ago. */
    public SortedMap<Integer, EngineFigures> engines() {
        return metrics.engines();
    }

    /** What was read of each topic since the start. */
    public SortedMap<String, SourceFigures> sources() {
        return metrics.sources();
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
        log.close();
    }

    /** What passes by itself makes a new thread read on from the last commit; anything else ends the stream. */
    private StreamThreadExceptionResponse onFailure(Throwable failure) {
        if (StreamFailures.passes(failure)) {
            LOG.warn(
                    "Reading on from the last commit: failure={}",
                    StreamFailures.root(failure).toString());
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        String sentence = StreamFailures.sentence(failure);
        if (StreamFailures.isKnown(failure)) {
            LOG.error("The stream has stopped: {}", sentence);
        } else {
            LOG.error("The stream has failed", failure);
        }
        failed.complete(sentence);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
}
