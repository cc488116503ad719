package io.antichain.analyzer.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StateStoreTest {
    private StateStore store;

    @BeforeEach
    void open() {
        MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
        KeyValueStore<Bytes, byte[]> values = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(StateStore.NAME), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        values.init(context.getStateStoreContext(), values);
        store = new StateStore(values);
    }

    @Test
    void aFrontierLargerThanARecordMayBeComesBack() {
        byte[] frontier = new byte[1_700_000];
        frontier[1_699_999] = 7;
        store.write(state(frontier, Map.of()));
        assertThat(store.read().orElseThrow().frontier()).isEqualTo(frontier);
        store.write(state(new byte[] {1}, Map.of()));
        assertThat(store.read().orElseThrow().frontier()).containsExactly(1);
    }

    @Test
    void pagesThatDidNotChangeStayAndThoseThatAreGoneGo() {
        store.write(state(new byte[1], Map.of(1L, new byte[] {1}, 300L, new byte[] {2})));
        store.write(state(new byte[1], Map.of(1L, new byte[0], 301L, new byte[] {3})));
        assertThat(store.read().orElseThrow().keyPages()).containsOnlyKeys(300L, 301L);
    }

    @Test
    void nothingIsLeftOfWhatBelongsToAnotherTopic() {
        store.write(state(new byte[1], Map.of(1L, new byte[] {1})));
        store.clear();
        assertThat(store.read()).isEmpty();
        store.write(state(new byte[1], Map.of()));
        assertThat(store.read().orElseThrow().keyPages()).isEmpty();
    }

    private static StoredState state(byte[] frontier, Map<Long, byte[]> pages) {
        return new StoredState(List.of("id"), new Reminders(), frontier, new TreeMap<>(pages));
    }
}
