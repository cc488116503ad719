package io.antichain.stamping;

import io.antichain.clocks.Stamp;
import io.antichain.stamping.clock.ClockRecovery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import org.apache.kafka.common.TopicPartition;

/** A world without a cluster: time and tails are what a test says, and lives are numbered from 1. */
final class TestWorld implements Surroundings {
    long nowMs = 1_800_000_000_000L;
    boolean isWhole = true;
    RuntimeException failure;
    final Map<TopicPartition, ClockRecovery.Step.Tail> asked = new HashMap<>();
    final List<String> askedTopics = new ArrayList<>();
    final List<Stamp> tail = new ArrayList<>();
    private int lives;

    @Override
    public long nowMs() {
        return nowMs;
    }

    @Override
    public LifeNumber lifeNumber(String process, Map<String, ?> properties) {
        return new LifeNumber(++lives, false, "");
    }

    @Override
    public boolean readTails(
            Map<TopicPartition, ClockRecovery.Step.Tail> tails,
            Map<String, ?> properties,
            ObjLongConsumer<Stamp> sink) {
        asked.putAll(tails);
        return read(sink);
    }

    @Override
    public boolean readEnds(String topic, Map<String, ?> properties, ObjLongConsumer<Stamp> sink) {
        askedTopics.add(topic);
        return read(sink);
    }

    private boolean read(ObjLongConsumer<Stamp> sink) {
        if (failure != null) {
            throw failure;
        }
        tail.forEach(stamp -> sink.accept(stamp, nowMs));
        return isWhole;
    }
}
