package io.antichain.interop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The last record of each node in the clocks topic, as far as they were read. */
final class Checkpoints {
    private final Map<String, ValueFields> byKey = new HashMap<>();
    private int read;

    void add(ConsumerRecord<String, IdentifiedValue> checkpoint) {
        byKey.put(checkpoint.key(), ValueFields.of(checkpoint));
        read++;
    }

    int size() {
        return read;
    }

    /** A checkpoint is committed with the events that it covers, so its own entry is the counter of the newest. */
    List<String> faults(PublishedEvents events) {
        List<String> faults = new ArrayList<>();
        byKey.forEach((key, checkpoint) -> {
            long incarnation = checkpoint.number("incarnation");
            String process = checkpoint.text("process") + (incarnation > 0 ? "~" + incarnation : "");
            long own = checkpoint.counters("clock").getOrDefault(process, 0L);
            if (!checkpoint.text("process").equals(key)) {
                faults.add("A checkpoint's key is not its process: key=" + key + ", process=" + process);
            }
            events.greatest(process)
                    .filter(greatest -> greatest != own)
                    .ifPresent(greatest -> faults.add("A node's last checkpoint does not cover its events: process="
                            + process + ", entry=" + own + ", greatest counter=" + greatest));
        });
        return faults;
    }
}
