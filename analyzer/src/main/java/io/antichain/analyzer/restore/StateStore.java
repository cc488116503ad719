package io.antichain.analyzer.restore;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps a {@link StoredState} in a Kafka Streams store: a header, the frontier in pieces that fit into a record of the
 * changelog, and a value for each page of siblings. All of it is written within one transaction.
 */
public final class StateStore {
    public static final String NAME = "state";

    private static final int VERSION = 3;
    private static final int PIECE_BYTES = 500_000;
    private static final byte HEADER = 0;
    private static final byte FRONTIER = 1;
    private static final byte KEY_PAGE = 2;

    private final KeyValueStore<Bytes, byte[]> store;

    public StateStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /**
     * What was written last.
     *
     * @throws IllegalArgumentException if another version wrote it
     */
    public Optional<StoredState> read() {
        byte[] header = store.get(key(HEADER, 0));
        if (header == null) {
            return Optional.empty();
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(header))) {
            int version = in.readByte();
            if (version != VERSION) {
                throw new IllegalArgumentException("A task's stored state is of another version: version=" + version
                        + ", expected=" + VERSION + "; reset the analyzer's state, the log holds everything");
            }
            int pieces = in.readInt();
            List<String> topicIds = new ArrayList<>();
            for (int count = in.readInt(); count > 0; count--) {
                topicIds.add(in.readUTF());
            }
            return Optional.of(new StoredState(topicIds, Reminders.read(in), frontier(pieces), keyPages()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] frontier(int pieces) {
        ByteArrayOutputStream frontier = new ByteArrayOutputStream();
        for (int number = 0; number < pieces; number++) {
            frontier.writeBytes(store.get(key(FRONTIER, number)));
        }
        return frontier.toByteArray();
    }

    private SortedMap<Long, byte[]> keyPages() {
        SortedMap<Long, byte[]> pages = new TreeMap<>();
        try (KeyValueIterator<Bytes, byte[]> all = store.range(key(KEY_PAGE, 0), key(KEY_PAGE, Long.MAX_VALUE))) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> page = all.next();
                pages.put(ByteBuffer.wrap(page.key.get(), 1, Long.BYTES).getLong(), page.value);
            }
        }
        return pages;
    }

    /** Writes the state in place of the one before; of the pages only those given, an empty one is deleted. */
    void write(StoredState state) {
        int pieces = (state.frontier().length + PIECE_BYTES - 1) / PIECE_BYTES;
        for (int number = 0; number < pieces; number++) {
            int from = number * PIECE_BYTES;
            int to = Math.min(state.frontier().length, from + PIECE_BYTES);
            store.put(key(FRONTIER, number), Arrays.copyOfRange(state.frontier(), from, to));
        }
        state.keyPages().forEach((number, page) -> store.put(key(KEY_PAGE, number), page.length == 0 ? null : page));
        store.put(key(HEADER, 0), header(state, pieces));
    }

    /** Deletes all of it: what was stored belongs to another topic. */
    public void clear() {
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                store.delete(all.next().key);
            }
        }
    }

    private static byte[] header(StoredState state, int pieces) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeInt(pieces);
            out.writeInt(state.topicIds().size());
            for (String topicId : state.topicIds()) {
                out.writeUTF(topicId);
            }
            state.reminders().write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static Bytes key(byte kind, long number) {
        return Bytes.wrap(
                ByteBuffer.allocate(1 + Long.BYTES).put(kind).putLong(number).array());
    }
}
