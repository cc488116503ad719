package io.antichain.benchmarks.analyzer;

import io.antichain.schemas.Event;
import io.antichain.schemas.Gateway;
import io.antichain.schemas.codec.WireCodec;
import io.antichain.schemas.registry.AvroDeserializer;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Decodes every record as the analyzer does, and puts out bytes for a share of them. */
final class PassThrough implements Processor<byte[], byte[], byte[], byte[]> {
    private final AvroDeserializer deserializer = new AvroDeserializer();
    private final Gateway gateway = new Gateway(Gateway.DEFAULT_MAX_CLOCK_WIDTH);
    private final double share;
    private final byte[] output;
    private ProcessorContext<byte[], byte[]> context;
    private double due;

    PassThrough(Map<String, Object> client, double share, int outputBytes) {
        this.share = share;
        this.output = new byte[outputBytes];
        deserializer.configure(client, false);
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Event event = WireCodec.fromWire((io.antichain.wire.Event) deserializer.deserialize("", record.value()));
        if (gateway.check(event).isEmpty()) {
            due += share;
        }
        if (due >= 1) {
            due--;
            context.forward(new Record<>(record.key(), output, record.timestamp(), new RecordHeaders()));
        }
    }
}
