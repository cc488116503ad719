package io.antichain.stamping;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;

/** What clients before 4.0 have and later ones have not, and the reverse: the only place with reflection. */
final class OlderClients {
    private static final boolean HAS_NEXT_OFFSETS = hasNextOffsets();

    private OlderClients() {}

    static void sendOffsetsToTransaction(
            Producer<?, ?> producer, Map<TopicPartition, OffsetAndMetadata> offsets, String groupId) {
        call(
                Producer.class,
                producer,
                "sendOffsetsToTransaction",
                new Class<?>[] {Map.class, String.class},
                offsets,
                groupId);
    }

    @SuppressWarnings("unchecked")
    static <K, V> ConsumerRecords<K, V> poll(Consumer<K, V> consumer, long timeoutMs) {
        return (ConsumerRecords<K, V>) call(Consumer.class, consumer, "poll", new Class<?>[] {long.class}, timeoutMs);
    }

    static OffsetAndMetadata committed(Consumer<?, ?> consumer, TopicPartition partition) {
        return (OffsetAndMetadata)
                call(Consumer.class, consumer, "committed", new Class<?>[] {TopicPartition.class}, partition);
    }

    static OffsetAndMetadata committed(Consumer<?, ?> consumer, TopicPartition partition, Duration timeout) {
        return (OffsetAndMetadata) call(
                Consumer.class,
                consumer,
                "committed",
                new Class<?>[] {TopicPartition.class, Duration.class},
                partition,
                timeout);
    }

    /** Where a client says it: the offsets after a poll's records. */
    static Optional<Map<TopicPartition, OffsetAndMetadata>> nextOffsets(ConsumerRecords<?, ?> records) {
        return HAS_NEXT_OFFSETS ? Optional.of(records.nextOffsets()) : Optional.empty();
    }

    private static boolean hasNextOffsets() {
        try {
            ConsumerRecords.class.getMethod("nextOffsets");
            return true;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    private static Object call(Class<?> type, Object target, String name, Class<?>[] types, Object... arguments) {
        try {
            Method method = type.getMethod(name, types);
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new UnsupportedOperationException(
                    "This client has no such method any more: method=" + name + "; call the one that took its place",
                    e);
        }
    }
}
