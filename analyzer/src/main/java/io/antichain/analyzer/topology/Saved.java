package io.antichain.analyzer.topology;

import io.antichain.clocks.ProcessId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a task stores of itself: all that the log does not hold.
 *
 * @param topicIds the ids of the events topics it reads, in the order of the flag
 * @param reminders who was reported as clockless, and when
 * @param frontier the engine's frontier; empty before the first
 */
record Saved(List<String> topicIds, Reminders reminders, byte[] frontier) {
    private static final int VERSION = 2;

    /** All but the frontier, as bytes. */
    byte[] header() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeInt(topicIds.size());
            for (String topicId : topicIds) {
                out.writeUTF(topicId);
            }
            out.writeInt(reminders.all().size());
            for (Map.Entry<ProcessId, Long> reminder : reminders.all().entrySet()) {
                out.writeUTF(reminder.getKey().toString());
                out.writeLong(reminder.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Saved of(byte[] header, byte[] frontier) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(header))) {
            int version = in.readByte();
            if (version != VERSION) {
                throw new IllegalArgumentException("A task's state is read by the version that wrote it: version="
                        + version + ", expected=" + VERSION + "; reset the analyzer's state, the log holds everything");
            }
            List<String> topicIds = new ArrayList<>();
            for (int count = in.readInt(); count > 0; count--) {
                topicIds.add(in.readUTF());
            }
            Reminders reminders = new Reminders();
            for (int count = in.readInt(); count > 0; count--) {
                reminders.note(ProcessId.parse(in.readUTF()), in.readLong());
            }
            return new Saved(topicIds, reminders, frontier);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
