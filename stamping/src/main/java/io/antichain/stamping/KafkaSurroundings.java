package io.antichain.stamping;

import io.antichain.clocks.Stamp;
import io.antichain.stamping.clock.ClockRecovery;
import io.antichain.stamping.clock.Incarnation;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjLongConsumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FenceProducersOptions;
import org.apache.kafka.clients.admin.FenceProducersResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The world as a Kafka cluster shows it, by clients that live as long as one question. */
final class KafkaSurroundings implements Surroundings {
    /** How long a question to the cluster may take, ms. */
    static final int PATIENCE_MS = 10_000;

    private static final String TRANSACTIONAL_ID_PREFIX = "antichain.life.";

    private final long startedMs = System.currentTimeMillis();
    private final long startedNs = System.nanoTime();

    @Override
    public long nowMs() {
        return startedMs + (System.nanoTime() - startedNs) / 1_000_000;
    }

    @Override
    public LifeNumber lifeNumber(String process, Map<String, ?> properties) {
        if (!properties.containsKey("bootstrap.servers")) {
            return drawn("no bootstrap.servers among the properties");
        }
        String id = TRANSACTIONAL_ID_PREFIX + process;
        try (Admin admin = Admin.create(ClientProperties.forAdmin(properties, PATIENCE_MS))) {
            String cluster = admin.describeCluster().clusterId().get(PATIENCE_MS, TimeUnit.MILLISECONDS);
            FenceProducersResult life =
                    admin.fenceProducers(List.of(id), new FenceProducersOptions().timeoutMs(PATIENCE_MS));
            long producerId = life.producerId(id).get(PATIENCE_MS, TimeUnit.MILLISECONDS);
            short epoch = life.epochId(id).get(PATIENCE_MS, TimeUnit.MILLISECONDS);
            return new LifeNumber(Incarnation.of(String.valueOf(cluster), producerId, epoch), false, "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return drawn("interrupted");
        } catch (Exception e) {
            return drawn("transactional.id=" + id + ", " + (e.getCause() == null ? e : e.getCause()));
        }
    }

    private static LifeNumber drawn(String reason) {
        return new LifeNumber(Incarnation.drawn(new SecureRandom().nextLong()), true, reason);
    }

    @Override
    public boolean readTails(
            Map<TopicPartition, ClockRecovery.Step.Tail> tails,
            Map<String, ?> properties,
            ObjLongConsumer<Stamp> sink) {
        try (TailReader reader =
                new TailReader(ClientProperties.forTails(properties, PATIENCE_MS, isolation(properties)))) {
            return reader.read(tails, sink);
        }
    }

    /** Those who read uncommitted records were handed them. */
    private static String isolation(Map<String, ?> properties) {
        Object given = properties.get("isolation.level");
        return given == null ? "read_uncommitted" : given.toString();
    }

    /** Up to the high watermark, which a reader of committed records reaches when all transactions before it are settled. */
    @Override
    public boolean readEnds(String topic, Map<String, ?> properties, ObjLongConsumer<Stamp> sink) {
        Map<TopicPartition, ClockRecovery.Step.Tail> tails = new HashMap<>();
        try (Admin admin = Admin.create(ClientProperties.forAdmin(properties, PATIENCE_MS))) {
            Map<TopicPartition, OffsetSpec> latest = admin
                    .describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(PATIENCE_MS, TimeUnit.MILLISECONDS)
                    .get(topic)
                    .partitions()
                    .stream()
                    .collect(Collectors.toMap(
                            partition -> new TopicPartition(topic, partition.partition()),
                            partition -> OffsetSpec.latest()));
            admin.listOffsets(latest)
                    .all()
                    .get(PATIENCE_MS, TimeUnit.MILLISECONDS)
                    .forEach((partition, end) -> tails.put(
                            partition,
                            new ClockRecovery.Step.Tail(ClockRecovery.tailFrom(end.offset()), end.offset())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (Exception e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return true; // nobody has published to it
            }
            throw new IllegalStateException(
                    "The ends of a topic could not be asked for: topic=" + topic + "; check the right to describe it",
                    e);
        }
        try (TailReader reader = new TailReader(ClientProperties.forTails(properties, PATIENCE_MS, "read_committed"))) {
            return reader.read(tails, sink);
        }
    }
}
