package io.antichain.analyzer.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.antichain.analyzer.decode.CountedPatience;
import io.antichain.analyzer.decode.RegistryAwaitedTooLongException;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Topics;
import io.antichain.schemas.registry.RegistryUnavailableException;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

class ConflictEncoderTest {
    private static final Anomaly ANOMALY = new Anomaly(Anomaly.Kind.GAP, Optional.empty(), "A sentence.", Map.of());

    private final CountedPatience patience = new CountedPatience();

    @Test
    void aRegistryThatIsAwayIsAwaited() {
        Serializer<Object> awayTwice = (topic, record) -> {
            if (patience.waits.size() < 2) {
                throw new RegistryUnavailableException("away", null);
            }
            return new byte[] {1};
        };
        assertThat(encoder(awayTwice).encode(ANOMALY, false)).containsExactly(1);
        assertThat(patience.waits).hasSize(2);
    }

    @Test
    void aRegistryThatStaysAwayEndsThePatience() {
        Serializer<Object> away = (topic, record) -> {
            throw new RegistryUnavailableException("away", null);
        };
        assertThatThrownBy(() -> encoder(away).encode(ANOMALY, false))
                .isInstanceOf(RegistryAwaitedTooLongException.class);
    }

    @Test
    void aSchemaThatTheRegistryRefusesIsNotAskedForAgain() {
        Serializer<Object> refused = (topic, record) -> {
            throw new SerializationException("refused");
        };
        assertThatThrownBy(() -> encoder(refused).encode(ANOMALY, false)).hasMessage("refused");
        assertThat(patience.waits).isEmpty();
    }

    private ConflictEncoder encoder(Serializer<Object> serializer) {
        return new ConflictEncoder(serializer, new Topics("test."), patience);
    }
}
