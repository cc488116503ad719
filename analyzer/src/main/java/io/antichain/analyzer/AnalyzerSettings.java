package io.antichain.analyzer;

import io.antichain.schemas.Gateway;
import io.antichain.schemas.Scope;
import io.antichain.schemas.Topics;
import java.nio.file.Path;
import java.util.Map;

/**
 * What an analyzer is started with.
 *
 * @param topics names of the topics it reads and writes
 * @param client {@code bootstrap.servers}, {@code schema.registry.url}, and any other setting of Kafka clients, Kafka
 *     Streams or the serializer; {@code value.serializer} and {@code value.deserializer} name another serializer than ours
 * @param scope which messages can conflict at all
 * @param host the address to listen on
 * @param port the port to listen on, 0 for a free one
 * @param stateDirectory where Kafka Streams keeps its state; kept between runs
 * @param instanceId different for each instance of one cluster, the same after a restart
 * @param maxClockWidth the most entries that a clock may have
 * @param unknownIdGraceMs how long an unknown schema id is doubted rather than the bytes, ms; a starting registry answers
 *     so for 15 s or more
 */
public record AnalyzerSettings(
        Topics topics,
        Map<String, Object> client,
        Scope scope,
        String host,
        int port,
        Path stateDirectory,
        String instanceId,
        int maxClockWidth,
        long unknownIdGraceMs) {
    /** The port unless another is given. */
    public static final int DEFAULT_PORT = 8080;

    /** The grace time for unknown schema ids unless another is given, ms. */
    public static final long DEFAULT_UNKNOWN_ID_GRACE_MS = 30_000;

    /** The instance id unless another is given. */
    public static final String DEFAULT_INSTANCE_ID = "1";

    public AnalyzerSettings {
        client = Map.copyOf(client);
    }

    /** Scope all, on the default port of the loopback address, with the default limits. */
    public static AnalyzerSettings defaults(Topics topics, Map<String, Object> client, Path stateDirectory) {
        return new AnalyzerSettings(
                topics,
                client,
                Scope.ALL,
                "127.0.0.1",
                DEFAULT_PORT,
                stateDirectory,
                DEFAULT_INSTANCE_ID,
                Gateway.DEFAULT_MAX_CLOCK_WIDTH,
                DEFAULT_UNKNOWN_ID_GRACE_MS);
    }

    /** The same on another port. */
    public AnalyzerSettings withPort(int otherPort) {
        return new AnalyzerSettings(
                topics, client, scope, host, otherPort, stateDirectory, instanceId, maxClockWidth, unknownIdGraceMs);
    }

    /** The Kafka Streams application id, which is also the consumer group: one for each prefix and scope. */
    public String applicationId() {
        return applicationId(topics, scope);
    }

    /** The consumer group of the analyzer of these topics. */
    public static String applicationId(Topics topics, Scope scope) {
        return topics.prefix() + "analyzer-" + scope.written();
    }
}
