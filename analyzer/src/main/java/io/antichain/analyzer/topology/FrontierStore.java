package io.antichain.analyzer.topology;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps what a task stores of itself in a Kafka Streams store, in pieces that fit into a record of its changelog.
 *
 * <p>There is room for two: the one that counts, and one that is being written, a few pieces at a time, so that no
 * transaction gets large. When its last piece is there a mark is set, and from then on it counts; the other's pieces are
 * deleted. So whatever is lost in between, what counts is whole.
 */
final class FrontierStore {
    static final String NAME = "frontier";

    /** How much is written at a time unless another number is given, bytes. */
    static final int DEFAULT_BYTES_AT_ONCE = 2_000_000;

    private static final int MOST_PIECE_BYTES = 500_000;
    private static final byte MARK = 0;
    private static final int MARK_BYTES = 5;
    private static final byte[] ROOMS = {1, 2};

    private final KeyValueStore<Bytes, byte[]> store;
    private final int bytesAtOnce;
    private final int pieceBytes;

    // What is being written; null if nothing is.
    private byte[] header;
    private byte[] frontier;
    private int written;

    /** @param bytesAtOnce how much is written at a time, bytes */
    FrontierStore(KeyValueStore<Bytes, byte[]> store, int bytesAtOnce) {
        this.store = store;
        this.bytesAtOnce = bytesAtOnce;
        this.pieceBytes = Math.min(MOST_PIECE_BYTES, bytesAtOnce);
    }

    /** The last one that was written to its end. */
    Optional<Saved> read() {
        return mark().map(mark -> read(mark.get(0), mark.getInt(1)));
    }

    private Saved read(byte room, int pieces) {
        ByteArrayOutputStream frontierBytes = new ByteArrayOutputStream();
        for (int number = 1; number < pieces; number++) {
            frontierBytes.writeBytes(store.get(key(room, number)));
        }
        return Saved.of(store.get(key(room, 0)), frontierBytes.toByteArray());
    }

    /** Begins to write, which a small one ends too. Returns how many bytes it is. */
    int begin(Saved saved) {
        header = saved.header();
        frontier = saved.frontier();
        written = 0;
        goOn();
        return saved.frontier().length;
    }

    /** Whether one has begun and does not count yet. */
    boolean isUnderWay() {
        return header != null;
    }

    /** Writes the next pieces of what has begun. */
    void goOn() {
        Optional<ByteBuffer> mark = mark();
        byte room = mark.isPresent() && mark.get().get(0) == ROOMS[0] ? ROOMS[1] : ROOMS[0];
        for (int left = bytesAtOnce / pieceBytes; left > 0 && isUnderWay(); left--) {
            int from = Math.max(0, written - 1) * pieceBytes;
            int to = written == 0 ? 0 : Math.min(frontier.length, from + pieceBytes);
            store.put(key(room, written), written == 0 ? header : Arrays.copyOfRange(frontier, from, to));
            written++;
            if (to == frontier.length) {
                end(room, mark);
            }
        }
    }

    private void end(byte room, Optional<ByteBuffer> before) {
        store.put(
                key(MARK, 0),
                ByteBuffer.allocate(MARK_BYTES).put(room).putInt(written).array());
        before.ifPresent(mark -> {
            for (int number = 0; number < mark.getInt(1); number++) {
                store.delete(key(mark.get(0), number));
            }
        });
        // Of one that was not written to its end there may be more.
        for (int number = written; store.get(key(room, number)) != null; number++) {
            store.delete(key(room, number));
        }
        header = null;
        frontier = null;
    }

    /** The room of the one that counts, and how many pieces it has. */
    private Optional<ByteBuffer> mark() {
        byte[] mark = store.get(key(MARK, 0));
        if (mark != null && mark.length != MARK_BYTES) {
            throw new IllegalArgumentException("A task's state is read by the version that wrote it: mark bytes="
                    + mark.length + ", expected=" + MARK_BYTES
                    + "; reset the analyzer's state, the log holds everything");
        }
        return Optional.ofNullable(mark).map(ByteBuffer::wrap);
    }

    private static Bytes key(byte kind, int number) {
        return Bytes.wrap(ByteBuffer.allocate(5).put(kind).putInt(number).array());
    }
}
