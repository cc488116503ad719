package io.antichain.analyzer.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.schemas.codec.DecodingException.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RealPatienceTest {
    private final List<String> told = new ArrayList<>();
    private final RealPatience patience = new RealPatience(1_000, told::add);

    @Test
    void whatIsWaitedForIsSaidAtOnceAndAgainOnceTheRegistryHasAnsweredBetween() {
        assertThat(told).isEmpty();
        patience.await(Failure.REGISTRY_UNAVAILABLE, Duration.ofMillis(1));
        patience.await(Failure.REGISTRY_UNAVAILABLE, Duration.ofMillis(1));
        assertThat(told.get(0))
                .isEqualTo("Waiting: The schema registry does not answer; see that it runs, and that"
                        + " schema.registry.url is its address");
        assertThat(patience.waitingFor()).contains("The schema registry does not answer");
        patience.registryAnswered();
        assertThat(patience.waitingFor()).isEmpty();
        int before = told.size();
        patience.await(Failure.UNKNOWN_ID, Duration.ofMillis(1));
        assertThat(told).hasSize(before + 1);
        assertThat(told.get(before)).startsWith("Waiting: The schema registry does not know a schema id");
    }
}
