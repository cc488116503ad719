package io.antichain.stamping;

import io.antichain.clocks.Stamp;
import io.antichain.stamping.clock.ClockRecovery;
import io.antichain.stamping.clock.Knowledge;
import io.antichain.stamping.clock.KnowledgeText;
import io.antichain.stamping.clock.StampOutcome;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Takes over what lives before knew, and hands on what this one knows. */
final class Inheritance {
    private final Life life;
    private final StampingSettings settings;
    private final Map<String, ?> properties;

    Inheritance(Life life, StampingSettings settings, Map<String, ?> properties) {
        this.life = life;
        this.settings = settings;
        this.properties = properties;
    }

    /**
     * Takes over what lives before this one have published to a topic, once; to be called before the first stamp for it, and
     * without any lock that senders share.
     */
    void beforeFirstStampTo(String topic) {
        if (settings.recover() == ClockRecovery.Mode.NONE || life.published.containsKey(topic)) {
            return;
        }
        life.published.computeIfAbsent(topic, unread -> {
            attempt("topic=" + topic, () -> life.surroundings.readEnds(topic, properties, this::inherit));
            return true;
        });
    }

    /** Takes over what was handed to those who read these partitions before, as far as they have committed. */
    void assigned(Collection<TopicPartition> partitions, Supplier<Map<TopicPartition, OffsetAndMetadata>> committed) {
        if (settings.recover() == ClockRecovery.Mode.NONE
                || settings.deliver() == StampingSettings.Deliver.NONE
                || partitions.isEmpty()) {
            return;
        }
        attempt("partitions=" + partitions, () -> {
            Map<TopicPartition, OffsetAndMetadata> offsets = committed.get();
            Map<TopicPartition, ClockRecovery.Step.Tail> tails = new HashMap<>();
            for (TopicPartition partition : partitions) {
                Optional<OffsetAndMetadata> last = Optional.ofNullable(offsets.get(partition));
                ClockRecovery.Step step = ClockRecovery.of(
                        settings.recover(),
                        last.map(OffsetAndMetadata::offset),
                        last.map(OffsetAndMetadata::metadata).orElse(""));
                if (step instanceof ClockRecovery.Step.Known known) {
                    note(life.clock.recover(known.knowledge(), life.nowMs()), "partition=" + partition);
                } else if (step instanceof ClockRecovery.Step.Tail tail) {
                    tails.put(partition, tail);
                }
            }
            return tails.isEmpty() || life.surroundings.readTails(tails, properties, this::takeOver);
        });
    }

    /** Whether committed offsets carry what this life knows. */
    boolean handsOn() {
        return settings.recover() == ClockRecovery.Mode.METADATA && settings.deliver() != StampingSettings.Deliver.NONE;
    }

    /**
     * The offsets, with what this life knows as the metadata of those that have none. Metadata that the application, or Kafka
     * Streams, has set is left alone.
     */
    Map<TopicPartition, OffsetAndMetadata> handOn(Map<TopicPartition, OffsetAndMetadata> offsets) {
        if (!handsOn() || offsets.values().stream().noneMatch(Inheritance::isBlank)) {
            return offsets;
        }
        long nowMs = life.nowMs();
        Knowledge knowledge = life.clock.knowledge(nowMs);
        Optional<String> text = KnowledgeText.write(knowledge, nowMs)
                .or(() -> KnowledgeText.write(knowledge.raisedSince(nowMs - settings.forgetMs()), nowMs));
        if (text.isEmpty()) {
            life.complaints.say(
                    "metadata",
                    nowMs,
                    "A clock is too wide for the metadata of offsets: process=" + life.clock.process() + ", processes="
                            + life.clock.width() + ", most characters=" + KnowledgeText.MAX_LENGTH
                            + "; the next life reads the ends of its partitions instead",
                    null);
            return offsets;
        }
        Map<TopicPartition, OffsetAndMetadata> handed = new HashMap<>();
        offsets.forEach((partition, offset) -> handed.put(
                partition,
                isBlank(offset) ? new OffsetAndMetadata(offset.offset(), offset.leaderEpoch(), text.get()) : offset));
        return handed;
    }

    /** The offsets as an application without this library would see them. */
    static Map<TopicPartition, OffsetAndMetadata> withoutOurs(Map<TopicPartition, OffsetAndMetadata> offsets) {
        Map<TopicPartition, OffsetAndMetadata> plain = new HashMap<>(offsets);
        plain.replaceAll((partition, offset) -> withoutOurs(offset));
        return plain;
    }

    static OffsetAndMetadata withoutOurs(OffsetAndMetadata offset) {
        return offset != null && KnowledgeText.isOurs(offset.metadata())
                ? new OffsetAndMetadata(offset.offset(), offset.leaderEpoch(), "")
                : offset;
    }

    private static boolean isBlank(OffsetAndMetadata offset) {
        return offset != null && offset.metadata().isEmpty();
    }

    private void inherit(Stamp stamp, long writtenAtMs) {
        if (ClockRecovery.inherits(life.clock.process(), stamp)) {
            takeOver(stamp, writtenAtMs);
        }
    }

    private void takeOver(Stamp stamp, long writtenAtMs) {
        note(life.clock.recover(stamp, writtenAtMs, life.nowMs()), "event=" + stamp.dot());
    }

    private void note(StampOutcome delivery, String what) {
        if (delivery != StampOutcome.DELIVERED) {
            life.wentWrong(
                    delivery.name(),
                    "What a life before knew was not all believed: process=" + life.clock.process() + ", " + what
                            + ", delivery=" + delivery + "; look for a process whose clock is broken",
                    null);
        }
    }

    /** Tries something that may find a cluster out of reach. */
    private void attempt(String what, Supplier<Boolean> recovery) {
        String sentence = "What lives before knew was not all found: process=" + life.clock.process() + ", " + what
                + "; until others say it again, records may look concurrent that are not";
        try {
            if (recovery.get()) {
                return;
            }
            life.wentWrong("recovery", sentence, null);
        } catch (RuntimeException e) {
            life.wentWrong("recovery", sentence, e);
            if (settings.failsOnError()) {
                throw new StampingException(sentence, e);
            }
            return;
        }
        if (settings.failsOnError()) {
            throw new StampingException(sentence, null);
        }
    }
}
