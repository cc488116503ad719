package io.antichain.analyzer.restore;

import io.antichain.clocks.ProcessId;
import io.antichain.schemas.Anomaly.Kind;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * When each anomaly that comes in numbers was last written: once a process and minute of log time is enough. Holds the latest
 * {@value #MOST}; one that was forgotten is written again.
 */
public final class Reminders {
    private static final int MOST = 1_000;
    private static final long REPEAT_AFTER_MS = 60_000;

    private record About(Kind kind, ProcessId process) {}

    private final Map<About, Long> sinceMs = new LinkedHashMap<>();

    /** Whether an anomaly is to be written at this log time; then it counts as written. Most kinds always are. */
    public boolean isDue(Kind kind, ProcessId process, long timeMs) {
        if (kind != Kind.DUPLICATE && kind != Kind.NO_VECTOR_CLOCK) {
            return true;
        }
        About about = new About(kind, process);
        Long before = sinceMs.get(about);
        if (before != null && timeMs - before < REPEAT_AFTER_MS) {
            return false;
        }
        note(about, timeMs);
        return true;
    }

    private void note(About about, long timeMs) {
        sinceMs.remove(about);
        sinceMs.put(about, timeMs);
        if (sinceMs.size() > MOST) {
            sinceMs.remove(sinceMs.keySet().iterator().next());
        }
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(sinceMs.size());
        for (Map.Entry<About, Long> reminder : sinceMs.entrySet()) {
            out.writeUTF(reminder.getKey().kind().name());
            out.writeUTF(reminder.getKey().process().toString());
            out.writeLong(reminder.getValue());
        }
    }

    static Reminders read(DataInputStream in) throws IOException {
        Reminders reminders = new Reminders();
        for (int count = in.readInt(); count > 0; count--) {
            About about = new About(Kind.valueOf(in.readUTF()), ProcessId.parse(in.readUTF()));
            reminders.note(about, in.readLong());
        }
        return reminders;
    }
}
