package io.antichain.cli.kafka;

import io.antichain.schemas.DeadLetter;
import io.antichain.schemas.Position;
import io.antichain.schemas.codec.DeadLetterHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Feeds dead letters that can be decoded by now back into the partitions they came from, with their keys and headers.
 *
 * <p>In the transaction that feeds one back stands a mark in the dead-letters topic: a record without a value, whose header
 * {@code antichain.fed-back} names partition and offset of the dead letter. A later run leaves out what is marked.
 */
public final class DeadLetterReplay {
    private static final int BATCH = 500;

    private static final String MARK = DeadLetterHeaders.PREFIX + "fed-back";

    private final Cluster cluster;
    private final String deadLetters;

    public DeadLetterReplay(Cluster cluster) {
        this.cluster = cluster;
        this.deadLetters = cluster.topics().deadLetters();
    }

    /**
     * What a run did.
     *
     * @param fedBack how many dead letters were fed back
     * @param before how many had been fed back by earlier runs
     * @param left why others were left, and how many for each reason
     */
    public record Result(long fedBack, long before, SortedMap<String, Long> left) {}

    /** Feeds back what stands in the topic when this is called. */
    public Result run() {
        List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
        Set<String> marked = new HashSet<>();
        new TopicReader(cluster).readBytesToEnd(deadLetters, record -> {
            Header mark = record.headers().lastHeader(MARK);
            if (mark == null) {
                letters.add(record);
            } else {
                marked.add(new String(mark.value(), StandardCharsets.UTF_8));
            }
        });
        SortedMap<String, Long> left = new TreeMap<>();
        long before = 0;
        List<ConsumerRecord<byte[], byte[]>> good = new ArrayList<>();
        try (Deserializer<?> deserializer = cluster.deserializer()) {
            for (ConsumerRecord<byte[], byte[]> letter : letters) {
                if (marked.contains(place(letter))) {
                    before++;
                    continue;
                }
                String obstacle = obstacle(letter, deserializer);
                if (obstacle == null) {
                    good.add(letter);
                } else {
                    left.merge(obstacle, 1L, Long::sum);
                }
            }
        }
        feed(good);
        return new Result(good.size(), before, left);
    }

    /** Why it cannot be fed back; null if it can. */
    private String obstacle(ConsumerRecord<byte[], byte[]> letter, Deserializer<?> deserializer) {
        DeadLetter read = DeadLetterHeaders.read(letter.headers());
        Position origin = read.position();
        if (origin.topic().isEmpty() || origin.partition() < 0) {
            return "its headers do not say where it came from";
        }
        if (DeadLetterHeaders.isCut(letter.headers())) {
            return "it was cut because it was too large";
        }
        try {
            Object value = letter.value() == null
                    ? null
                    : deserializer.deserialize(origin.topic(), letter.headers(), letter.value());
            return value instanceof io.antichain.wire.Event ? null : "still " + read.reason();
        } catch (SerializationException stillBroken) {
            return "still " + read.reason();
        }
    }

    private void feed(List<ConsumerRecord<byte[], byte[]>> letters) {
        if (letters.isEmpty()) {
            return;
        }
        Map<String, Object> config = new HashMap<>(cluster.client());
        config.remove(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG);
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, cluster.topics().prefix() + "dead-letter-replay");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            for (int from = 0; from < letters.size(); from += BATCH) {
                producer.beginTransaction();
                for (ConsumerRecord<byte[], byte[]> letter :
                        letters.subList(from, Math.min(letters.size(), from + BATCH))) {
                    send(producer, letter);
                }
                producer.commitTransaction();
            }
        }
    }

    private void send(KafkaProducer<byte[], byte[]> producer, ConsumerRecord<byte[], byte[]> letter) {
        Position origin = DeadLetterHeaders.read(letter.headers()).position();
        Headers own = new RecordHeaders();
        for (Header header : letter.headers()) {
            if (!header.key().startsWith(DeadLetterHeaders.PREFIX)) {
                own.add(header);
            }
        }
        producer.send(
                new ProducerRecord<>(origin.topic(), origin.partition(), null, letter.key(), letter.value(), own));
        Headers mark = new RecordHeaders().add(MARK, place(letter).getBytes(StandardCharsets.UTF_8));
        producer.send(new ProducerRecord<>(deadLetters, letter.partition(), null, letter.key(), null, mark));
    }

    private static String place(ConsumerRecord<byte[], byte[]> letter) {
        return letter.partition() + "/" + letter.offset();
    }
}
