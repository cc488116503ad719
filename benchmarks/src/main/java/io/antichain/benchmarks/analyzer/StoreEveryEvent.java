package io.antichain.benchmarks.analyzer;

import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Event;
import io.antichain.schemas.codec.WireCodec;
import io.antichain.schemas.registry.AvroDeserializer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The obvious analyzer: every event goes into the store, is compared with all that are there, and is deleted when stable. */
final class StoreEveryEvent implements Processor<byte[], byte[], byte[], byte[]> {
    private final AvroDeserializer deserializer = new AvroDeserializer();
    private final Map<ProcessId, VectorClock> latest = new HashMap<>();
    private ProcessorContext<byte[], byte[]> context;
    private KeyValueStore<byte[], byte[]> store;
    /** Nothing is held before this offset: an iteration need not pass over what was deleted. */
    private long oldest;

    StoreEveryEvent(Map<String, Object> client) {
        deserializer.configure(client, false);
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        this.store = context.getStateStore(RivalStream.STORE);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Event event = decoded(record.value());
        latest.put(event.process(), event.clock().orElseThrow());
        if (event.kind() != Event.Kind.MESSAGE) {
            return;
        }
        List<String> concurrent = new ArrayList<>();
        List<byte[]> stable = new ArrayList<>();
        int held = 0;
        long firstLeft = -1;
        try (KeyValueIterator<byte[], byte[]> entries = store.range(key(oldest), key(Long.MAX_VALUE))) {
            while (entries.hasNext()) {
                KeyValue<byte[], byte[]> entry = entries.next();
                held++;
                Event other = decoded(entry.value);
                if (!event.clock().orElseThrow().includes(other.dot())
                        && !other.clock().orElseThrow().includes(event.dot())) {
                    concurrent.add(other.dot().toString());
                } else if (latest.values().stream().allMatch(clock -> clock.includes(other.dot()))) {
                    stable.add(entry.key);
                    continue;
                }
                firstLeft = firstLeft < 0 ? ByteBuffer.wrap(entry.key).getLong() : firstLeft;
            }
        }
        stable.forEach(store::delete);
        long offset = context.recordMetadata().orElseThrow().offset();
        oldest = stable.size() == held ? offset : Math.max(oldest, firstLeft);
        store.put(key(offset), record.value());
        if (!concurrent.isEmpty()) {
            byte[] output = String.join(",", concurrent).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            context.forward(new Record<>(record.key(), output, record.timestamp(), new RecordHeaders()));
        }
    }

    private static byte[] key(long offset) {
        return ByteBuffer.allocate(8).putLong(offset).array();
    }

    private Event decoded(byte[] value) {
        return WireCodec.fromWire((io.antichain.wire.Event) deserializer.deserialize("", value));
    }
}
