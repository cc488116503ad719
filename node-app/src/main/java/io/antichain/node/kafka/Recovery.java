package io.antichain.node.kafka;

import io.antichain.clocks.ProcessId;
import io.antichain.node.protocol.Found;
import io.antichain.schemas.ClockCheckpoint;
import io.antichain.schemas.Event;
import io.antichain.schemas.Topics;
import io.antichain.schemas.codec.WireCodec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads back who a process name is and what it knew: from its newest checkpoint, or, without one, from the log itself. A
 * name that left traces and no checkpoint has lost its counter: it goes on as the next incarnation, which reuses no dot.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final Comparator<ClockCheckpoint> BY_LIFE_AND_COUNTER = Comparator.comparing(
                    ClockCheckpoint::process)
            .thenComparing(checkpoint -> checkpoint.clock().get(checkpoint.process()));

    private final LogScan scan;
    private final Decoder decoder;
    private final Topics topics;
    private final String name;

    Recovery(LogScan scan, Decoder decoder, KafkaNodeSettings settings) {
        this.scan = scan;
        this.decoder = decoder;
        this.topics = settings.topics();
        this.name = settings.protocol().process();
    }

    Found find(int partitions) throws InterruptedException {
        Optional<ClockCheckpoint> checkpoint = newestCheckpoint();
        if (checkpoint.isPresent()) {
            return new Found(partitions, checkpoint, -1);
        }
        int highest = highestIncarnation();
        if (highest >= 0) {
            LOG.atWarn()
                    .addKeyValue("process", name)
                    .log("The log knows this name and its checkpoint is gone: publishing as its next incarnation");
        }
        return new Found(partitions, Optional.empty(), highest);
    }

    private Optional<ClockCheckpoint> newestCheckpoint() throws InterruptedException {
        byte[] key = name.getBytes(StandardCharsets.UTF_8);
        Newest newest = new Newest();
        scan.read(topics.clocks(), record -> {
            if (Arrays.equals(record.key(), key)) {
                newest.see(record);
            }
        });
        return newest.checkpoint;
    }

    /** The highest incarnation of the name that the log mentions, as a publisher or in a clock; −1 if none. */
    private int highestIncarnation() throws InterruptedException {
        int[] highest = {-1};
        scan.read(topics.events(), record -> {
            Optional<Event> event = decoder.decode(record, io.antichain.wire.Event.class, WireCodec::fromWire);
            event.ifPresent(known -> {
                highest[0] = Math.max(highest[0], incarnation(known.process()));
                known.clock()
                        .ifPresent(clock -> clock.forEach(
                                (process, counter) -> highest[0] = Math.max(highest[0], incarnation(process))));
            });
        });
        return highest[0];
    }

    private int incarnation(ProcessId process) {
        return process.name().equals(name) ? process.incarnation() : -1;
    }

    /** The newest checkpoint so far. By its own order where the topic grew partitions and the key moved; a tombstone ends it. */
    private final class Newest {
        private Optional<ClockCheckpoint> checkpoint = Optional.empty();

        void see(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
            if (record.value() == null) {
                checkpoint = Optional.empty();
                return;
            }
            Optional<ClockCheckpoint> read =
                    decoder.decode(record, io.antichain.wire.ClockCheckpoint.class, WireCodec::fromWire);
            if (read.isPresent()
                    && (checkpoint.isEmpty() || BY_LIFE_AND_COUNTER.compare(read.get(), checkpoint.get()) >= 0)) {
                checkpoint = read;
            }
        }
    }
}
