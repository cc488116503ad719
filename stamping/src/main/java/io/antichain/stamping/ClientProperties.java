package io.antichain.stamping;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Properties for our own short-lived clients, made of the service's: where the cluster is, and how one gets in. */
final class ClientProperties {
    private static final List<String> NOT_OURS = List.of(
            "group.id",
            "group.instance.id",
            "group.protocol",
            "group.remote.assignor",
            "client.id",
            "interceptor.classes",
            "metric.reporters",
            "partition.assignment.strategy",
            "session.timeout.ms",
            "heartbeat.interval.ms",
            "max.poll.records",
            "max.poll.interval.ms",
            "transactional.id",
            "request.timeout.ms",
            "default.api.timeout.ms");

    private ClientProperties() {}

    static Map<String, Object> forAdmin(Map<String, ?> properties, int patienceMs) {
        Map<String, Object> ours = ours(properties);
        ours.put("request.timeout.ms", patienceMs);
        ours.put("default.api.timeout.ms", patienceMs);
        return ours;
    }

    static Map<String, Object> forTails(Map<String, ?> properties, int patienceMs, String isolation) {
        Map<String, Object> ours = forAdmin(properties, patienceMs);
        ours.put("key.deserializer", ByteArrayDeserializer.class);
        ours.put("value.deserializer", ByteArrayDeserializer.class);
        ours.put("enable.auto.commit", false);
        ours.put("auto.offset.reset", "earliest");
        ours.put("allow.auto.create.topics", false);
        ours.put("isolation.level", isolation);
        return ours;
    }

    private static Map<String, Object> ours(Map<String, ?> properties) {
        Map<String, Object> ours = new HashMap<>(properties);
        ours.keySet().removeIf(key -> NOT_OURS.contains(key) || key.startsWith("antichain."));
        ours.values().removeIf(value -> value == null);
        return ours;
    }
}
