package io.antichain.analyzer.topology;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps what a task stores of itself in a Kafka Streams store, in pieces that fit into a record of its changelog. All pieces
 * are written within one record's processing, so they are committed together.
 */
final class FrontierStore {
    static final String NAME = "frontier";

    private static final int PIECE_BYTES = 500_000;
    private static final byte LENGTH = 0;
    private static final byte PIECE = 1;

    private final KeyValueStore<Bytes, byte[]> store;

    FrontierStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    Optional<Saved> read() {
        byte[] length = store.get(key(LENGTH, 0));
        if (length == null) {
            return Optional.empty();
        }
        byte[] bytes = new byte[ByteBuffer.wrap(length).getInt()];
        for (int from = 0; from < bytes.length; from += PIECE_BYTES) {
            byte[] piece = store.get(key(PIECE, from / PIECE_BYTES));
            System.arraycopy(piece, 0, bytes, from, piece.length);
        }
        return Optional.of(Saved.of(bytes));
    }

    /** Stores, and returns how many bytes. */
    int write(Saved saved) {
        byte[] bytes = saved.toBytes();
        for (int from = 0; from < bytes.length; from += PIECE_BYTES) {
            store.put(
                    key(PIECE, from / PIECE_BYTES),
                    Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + PIECE_BYTES)));
        }
        store.put(key(LENGTH, 0), ByteBuffer.allocate(4).putInt(bytes.length).array());
        return bytes.length;
    }

    private static Bytes key(byte kind, int number) {
        return Bytes.wrap(ByteBuffer.allocate(5).put(kind).putInt(number).array());
    }
}
