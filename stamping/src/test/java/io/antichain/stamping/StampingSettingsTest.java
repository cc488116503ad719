package io.antichain.stamping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.antichain.stamping.StampingSettings.Deliver;
import io.antichain.stamping.clock.ClockRecovery;
import io.antichain.stamping.clock.HeaderForm;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the settings mean, where they come from, and what is said of a bad one. */
class StampingSettingsTest {
    @Test
    void theDefaultsAreThoseOfTheGuide() {
        StampingSettings settings = StampingSettings.of(Map.of("acks", "all"), Map.of());
        assertThat(settings.process()).isEmpty();
        assertThat(settings.topics().include("orders")).isTrue();
        assertThat(settings.deliver()).isEqualTo(Deliver.RECORD);
        assertThat(settings.failsOnError()).isFalse();
        assertThat(settings.header()).isEqualTo(new HeaderForm(false, 16_384));
        assertThat(settings.forgetMs()).isEqualTo(604_800_000);
        assertThat(settings.recover()).isEqualTo(ClockRecovery.Mode.METADATA);
    }

    @Test
    void aPropertyWinsOverTheEnvironmentAndABlankOneIsUnset() {
        Map<String, String> environment =
                Map.of("ANTICHAIN_PROCESS", "env", "ANTICHAIN_ON_ERROR", "fail", "ANTICHAIN_HEADER_MAX_BYTES", "100");
        assertThat(StampingSettings.of(Map.of("antichain.process", "mine"), environment)
                        .process())
                .contains("mine");
        StampingSettings blank = StampingSettings.of(Map.of("antichain.process", " "), environment);
        assertThat(blank.process()).contains("env");
        assertThat(blank.failsOnError()).isTrue();
        assertThat(blank.header().maxBytes()).isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "antichain.proces | a | A setting is unknown: key=antichain.proces; the known ones are antichain.process, ",
                "antichain.deliver | often | A setting was not understood: antichain.deliver=often; give one of record, batch, explicit, none",
                "antichain.on.error | ignore | A setting was not understood: antichain.on.error=ignore; give one of send, fail",
                "antichain.recover | all | A setting was not understood: antichain.recover=all; give one of metadata, tail, none",
                "antichain.header.encoding | hex | A setting was not understood: antichain.header.encoding=hex; give one of",
                "antichain.header.max.bytes | 0 | A setting was not understood: antichain.header.max.bytes=0; give a number from 1 to",
                "antichain.forget.ms | 7d | A setting was not understood: antichain.forget.ms=7d; give a number from 1 to",
                "antichain.topics | a,,b | A topic's name was not understood: antichain.topics=a,,b, name=; give names",
                "antichain.process | a:b | A process name holds no '~', ':', white space",
            })
    void aBadSettingIsNamed(String key, String value, String sentence) {
        assertThatThrownBy(() -> StampingSettings.of(Map.of(key, value), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(sentence);
    }
}
