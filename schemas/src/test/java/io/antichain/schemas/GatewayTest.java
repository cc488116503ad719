package io.antichain.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GatewayTest {
    private static final Gateway GATEWAY = new Gateway(Gateway.DEFAULT_MAX_CLOCK_WIDTH);

    @Test
    void aClockOfTheMostEntriesMayHaveNamesOfAHundredCharacters() {
        assertThat(GATEWAY.check(event(1_000, 100))).isEmpty();
        assertThat(GATEWAY.check(event(1_000, 101))).hasValueSatisfying(rejection -> assertThat(rejection.evidence())
                .containsEntry("nameLength", "101000"));
    }

    @Test
    void aClockOfFewEntriesMayHaveAnyNames() {
        assertThat(GATEWAY.check(event(386, ProcessId.MAX_NAME_LENGTH))).isEmpty();
    }

    private static Event event(int entries, int nameLength) {
        Map<ProcessId, Long> clock = new HashMap<>();
        for (int i = 0; i < entries; i++) {
            clock.put(process(i, nameLength), 1L);
        }
        return new Event(
                process(0, nameLength),
                1,
                Optional.of(VectorClock.of(clock)),
                LamportTimestamp.ZERO,
                Optional.empty(),
                "",
                0,
                Event.Kind.MESSAGE);
    }

    private static ProcessId process(int number, int nameLength) {
        return ProcessId.of("p".repeat(nameLength - 4) + (1_000 + number));
    }
}
