package io.antichain.analyzer.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.analyzer.settings.StartRefusedException;
import io.antichain.schemas.Topics;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamSettingsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "processing.guarantee",
                "application.id",
                "isolation.level",
                "consumer.isolation.level",
                "main.consumer.group.instance.id",
                "producer.transactional.id"
            })
    void whatThePromisesRestOnIsRefused(String key) {
        assertThatThrownBy(() -> new StreamSettings(settings(Map.of(key, "x"))))
                .isInstanceOf(StartRefusedException.class)
                .hasMessage("A setting is the analyzer's own: " + key
                        + "=x; leave it out of --command-config and --command-property");
    }

    @Test
    void anyOtherIsTaken() {
        Map<String, Object> client = Map.of("num.stream.threads", 2, "producer.linger.ms", 7);
        assertThat(new StreamSettings(settings(client)).streams()).containsAllEntriesOf(client);
    }

    private static AnalyzerSettings settings(Map<String, Object> client) {
        return AnalyzerSettings.defaults(new Topics("test."), client, Path.of("state"));
    }
}
