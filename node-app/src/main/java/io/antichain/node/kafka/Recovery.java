package io.antichain.node.kafka;

import io.antichain.clocks.ProcessId;
import io.antichain.node.protocol.OwnCheckpoints;
import io.antichain.node.protocol.OwnPast;
import io.antichain.node.state.EventsLog;
import io.antichain.schemas.ClockCheckpoint;
import io.antichain.schemas.Event;
import io.antichain.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads back who a process name is and what it knew: from its newest checkpoint and its own messages behind that, or, without
 * one, from the log itself. A name that left traces and no checkpoint has lost its counter: it goes on as the next
 * incarnation, which reuses no dot.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final TopicStates states;
    private final WatermarkReader reader;
    private final LogRecordDecoder decoder;
    private final Topics topics;
    private final String name;

    Recovery(TopicStates states, WatermarkReader reader, LogRecordDecoder decoder, KafkaNodeSettings settings) {
        this.states = states;
        this.reader = reader;
        this.decoder = decoder;
        this.topics = settings.topics();
        this.name = settings.protocol().process();
    }

    OwnPast find() throws InterruptedException {
        OwnCheckpoints checkpoints = ownCheckpoints();
        EventsLog log = states.of(topics.events());
        if (checkpoints.doubt().isPresent()) {
            return new OwnPast(log, checkpoints, Optional.empty(), -1);
        }
        if (checkpoints.newest().isPresent()) {
            return new OwnPast(log, checkpoints, newestOwn(checkpoints.newest().get(), log), -1);
        }
        int highest = highestIncarnation(log);
        if (highest >= 0) {
            LOG.atWarn()
                    .addKeyValue("process", name)
                    .log("The log knows this name and its checkpoint is gone: publishing as its next incarnation");
        }
        return new OwnPast(log, checkpoints, Optional.empty(), highest);
    }

    private OwnCheckpoints ownCheckpoints() throws InterruptedException {
        byte[] key = name.getBytes(StandardCharsets.UTF_8);
        OwnCheckpoints own = new OwnCheckpoints();
        EventsLog clocks = states.of(topics.clocks());
        reader.read(topics.clocks(), clocks.starts(), clocks.ends(), record -> {
            if (Arrays.equals(record.key(), key)) {
                take(record, own);
            }
        });
        return own;
    }

    private void take(ConsumerRecord<byte[], byte[]> record, OwnCheckpoints own) throws InterruptedException {
        if (record.value() == null) {
            own.tombstone(record.partition());
            return;
        }
        LogRecordDecoder.Decoded<ClockCheckpoint> decoded = decoder.checkpoint(record);
        decoded.value()
                .filter(checkpoint -> checkpoint.process().name().equals(name))
                .ifPresentOrElse(
                        checkpoint -> own.read(record.partition(), checkpoint),
                        () -> own.unreadable(
                                record.partition(),
                                record.offset(),
                                decoded.value().isPresent() ? "it is of another process" : decoded.why()));
    }

    /** The newest message of the checkpoint's process at or behind its positions. */
    private Optional<Event> newestOwn(ClockCheckpoint checkpoint, EventsLog log) throws InterruptedException {
        Map<Integer, Long> from = new HashMap<>(log.starts());
        from.replaceAll(
                (partition, start) -> Math.max(start, checkpoint.positions().getOrDefault(partition, 0L)));
        boolean anotherLog = log.ends().entrySet().stream().anyMatch(end -> end.getValue() < from.get(end.getKey()));
        if (anotherLog) {
            return Optional.empty();
        }
        Event[] newest = new Event[1];
        reader.read(topics.events(), from, log.ends(), record -> decoded(record)
                .filter(event -> event.kind() == Event.Kind.MESSAGE
                        && event.process().equals(checkpoint.process())
                        && (newest[0] == null || newest[0].counter() < event.counter()))
                .ifPresent(event -> newest[0] = event));
        return Optional.ofNullable(newest[0]);
    }

    /** The highest incarnation of the name that the log mentions, as a publisher or in a clock; −1 if none. */
    private int highestIncarnation(EventsLog log) throws InterruptedException {
        int[] highest = {-1};
        reader.read(topics.events(), log.starts(), log.ends(), record -> decoded(record)
                .ifPresent(known -> {
                    highest[0] = Math.max(highest[0], incarnation(known.process()));
                    known.clock()
                            .ifPresent(clock -> clock.forEach(
                                    (process, counter) -> highest[0] = Math.max(highest[0], incarnation(process))));
                }));
        return highest[0];
    }

    private Optional<Event> decoded(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        return decoder.event(record).value();
    }

    private int incarnation(ProcessId process) {
        return process.name().equals(name) ? process.incarnation() : -1;
    }
}
