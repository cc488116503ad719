package io.antichain.node;

import io.antichain.clocks.Dot;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.ReceiveRule;
import io.antichain.http.Access;
import io.antichain.node.state.ClockKind;
import io.antichain.schemas.Gateway;
import io.antichain.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How one node runs. Start from {@link #of} and change what differs.
 *
 * @param process the process name, without incarnation, as {@link ProcessId} permits it
 * @param host the address that the HTTP API binds; default 127.0.0.1
 * @param port the port that it binds, 0 to 65535; 0, the default, takes a free one
 * @param access who may ask it, and how; default {@link Access#OPEN}
 * @param topics the topics' names; default prefix {@value Topics#DEFAULT_PREFIX}
 * @param client settings of every Kafka client and serializer: {@code bootstrap.servers}, {@code schema.registry.url}, and
 *     any other of theirs. Kept out of it are those that the guarantees rest on: acks, idempotence, transactional.id,
 *     isolation level, key serializers
 * @param clocks what messages carry and what is believed
 * @param limits how much is taken on
 * @param times how long things may take
 * @param acceptNewTopic whether to read on from the start where the events topic is not the one that the process has read,
 *     because it was deleted and made anew, or lost its tail; default false: the node ends then
 * @param journal a file to which the node appends what it recovers, delivers, publishes and acknowledges, for debugging;
 *     default none. It grows for ever and slows the node down
 */
public record NodeSettings(
        String process,
        String host,
        int port,
        Access access,
        Topics topics,
        Map<String, Object> client,
        Clocks clocks,
        Limits limits,
        Times times,
        boolean acceptNewTopic,
        Optional<Path> journal) {
    /** How often a node without anything to say shows that it is alive, unless another interval is given. */
    public static final Duration DEFAULT_HEARTBEAT_EVERY = Duration.ofSeconds(5);

    private static final long DEFAULT_MAX_HELD_BYTES = 16 * 1024 * 1024;

    /**
     * What messages carry and what is believed.
     *
     * @param kind which clocks a message carries; default VECTOR
     * @param receive what delivering a message does to the Lamport timestamp; default MERGE
     * @param maxClockWidth the widest clock that is believed, at least 1; default 1,000 entries
     * @param maxClockJump how far an entry or timestamp that is believed runs ahead of what was heard, at least 1; default
     *     1,000,000
     */
    public record Clocks(ClockKind kind, ReceiveRule receive, int maxClockWidth, long maxClockJump) {
        /** @throws IllegalArgumentException if a value is outside its range */
        public Clocks {
            within("maxClockWidth", maxClockWidth, 1, Integer.MAX_VALUE);
            within("maxClockJump", maxClockJump, 1, Dot.MAX_COUNTER);
        }
    }

    /**
     * How much is taken on.
     *
     * @param queueBound how many messages may wait to be published before requests are answered 429; default 4,096
     * @param maxBatch the most messages in one transaction; default 500
     * @param maxBodyBytes the longest request body before requests are answered 413; default 262,144, and far below
     *     Kafka's {@code max.request.size}, because one record too large fails a whole batch
     * @param maxHeldBytes how much of messages may wait for their causes, over all partitions; default 16 MiB
     * @param maxRepeatKeys for how many of the latest requests with an {@code Idempotency-Key} a repeat is recognised;
     *     default 10,000
     */
    public record Limits(int queueBound, int maxBatch, int maxBodyBytes, long maxHeldBytes, int maxRepeatKeys) {
        /** @throws IllegalArgumentException if a value is outside its range */
        public Limits {
            within("queueBound", queueBound, 1, Integer.MAX_VALUE);
            within("maxBatch", maxBatch, 1, Integer.MAX_VALUE);
            within("maxBodyBytes", maxBodyBytes, 1, Integer.MAX_VALUE - 1);
            within("maxHeldBytes", maxHeldBytes, 1, Long.MAX_VALUE);
            within("maxRepeatKeys", maxRepeatKeys, 1, Integer.MAX_VALUE);
        }
    }

    /**
     * How long things may take.
     *
     * @param answerWithin after this long a request that still waits is answered 503; default 30 s
     * @param heartbeatEvery after so long without a transaction the node commits its checkpoint alone, at least 100 ms;
     *     default 5 s. Also the longest that a node without requests takes to notice that it is fenced
     */
    public record Times(Duration answerWithin, Duration heartbeatEvery) {
        /** @throws IllegalArgumentException if a value is outside its range */
        public Times {
            within("heartbeatMs", heartbeatEvery.toMillis(), 100, Integer.MAX_VALUE);
        }

        /** These times with another heartbeat. */
        public Times withHeartbeatEvery(Duration other) {
            return new Times(answerWithin, other);
        }
    }

    /** @throws IllegalArgumentException if a value is outside its range */
    public NodeSettings {
        ProcessId.of(process);
        client = Map.copyOf(client);
        within("port", port, 0, 65_535);
    }

    /** The defaults, for a node of this name with these client settings. */
    public static NodeSettings of(String process, Map<String, Object> client) {
        return new NodeSettings(
                process,
                "127.0.0.1",
                0,
                Access.OPEN,
                new Topics(Topics.DEFAULT_PREFIX),
                client,
                new Clocks(
                        ClockKind.VECTOR,
                        ReceiveRule.MERGE,
                        Gateway.DEFAULT_MAX_CLOCK_WIDTH,
                        Gateway.DEFAULT_MAX_CLOCK_JUMP),
                new Limits(4_096, 500, 262_144, DEFAULT_MAX_HELD_BYTES, 10_000),
                new Times(Duration.ofSeconds(30), DEFAULT_HEARTBEAT_EVERY),
                false,
                Optional.empty());
    }

    /** These settings, listening elsewhere. */
    public NodeSettings listeningOn(String otherHost, int otherPort) {
        return new NodeSettings(
                process, otherHost, otherPort, access, topics, client, clocks, limits, times, acceptNewTopic, journal);
    }

    /** These settings, for others who may ask. */
    public NodeSettings withAccess(Access others) {
        return new NodeSettings(
                process, host, port, others, topics, client, clocks, limits, times, acceptNewTopic, journal);
    }

    /** These settings with other topics. */
    public NodeSettings withTopics(Topics others) {
        return new NodeSettings(
                process, host, port, access, others, client, clocks, limits, times, acceptNewTopic, journal);
    }

    /** These settings with other clocks. */
    public NodeSettings withClocks(Clocks others) {
        return new NodeSettings(
                process, host, port, access, topics, client, others, limits, times, acceptNewTopic, journal);
    }

    /** These settings with other limits. */
    public NodeSettings withLimits(Limits others) {
        return new NodeSettings(
                process, host, port, access, topics, client, clocks, others, times, acceptNewTopic, journal);
    }

    /** These settings with other times. */
    public NodeSettings withTimes(Times others) {
        return new NodeSettings(
                process, host, port, access, topics, client, clocks, limits, others, acceptNewTopic, journal);
    }

    /** These settings, reading an events topic from its start that is not the one read before. */
    public NodeSettings acceptingNewTopic() {
        return new NodeSettings(process, host, port, access, topics, client, clocks, limits, times, true, journal);
    }

    /** These settings with a journal. */
    public NodeSettings withJournal(Path file) {
        return new NodeSettings(
                process, host, port, access, topics, client, clocks, limits, times, acceptNewTopic, Optional.of(file));
    }

    private static void within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("A node's " + name + " is " + least + " to " + most + ": " + name + "="
                    + value + "; choose one in that range");
        }
    }
}
