package io.antichain.analyzer;

import io.antichain.clocks.BinaryForm;
import io.antichain.clocks.Stamp;
import io.antichain.clocks.StampHeader;
import io.antichain.schemas.Event;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Records of any topic that carry an event's stamp in their header. */
public final class StampedRecord {
    private StampedRecord() {}

    /**
     * The event's, with some payload.
     *
     * @param partition null where the key is to decide
     */
    public static ProducerRecord<byte[], byte[]> of(Event event, String topic, Integer partition, Random random) {
        byte[] key = event.key().map(StampedRecord::bytes).orElse(null);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, partition, key, payload(random));
        byte[] stamp = BinaryForm.encode(new Stamp(event.dot(), event.clock().orElseThrow(), event.lamport()));
        record.headers()
                .add("trace", bytes("00-4bf92f35"))
                .add(
                        StampHeader.NAME,
                        random.nextBoolean() ? stamp : Base64.getEncoder().encode(stamp));
        return record;
    }

    /** JSON, text, bytes that begin as Avro of an id that no registry knows, any bytes, or none. */
    private static byte[] payload(Random random) {
        byte[] bytes = new byte[random.nextInt(60)];
        random.nextBytes(bytes);
        return switch (random.nextInt(4)) {
            case 0 -> bytes("{\"seats\":" + random.nextInt(9) + "}");
            case 1 -> new byte[] {0, 0, 9, 9, 9, 1, 2};
            case 2 -> bytes;
            default -> null;
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
