package io.antichain.embedded.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each level lets follow, by the small changes that tell the levels apart. */
class CompatibilityLevelTest {

    private static final Schema BASE = record("");
    private static final Schema WITH_DEFAULT = record("{\"name\":\"b\",\"type\":\"int\",\"default\":0}");
    private static final Schema WITHOUT_DEFAULT = record("{\"name\":\"b\",\"type\":\"int\"}");

    @ParameterizedTest
    @EnumSource
    void addedFieldWithDefaultFitsEveryLevel(CompatibilityLevel level) {
        assertThat(level.objections(WITH_DEFAULT, List.of(BASE))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void firstSchemaFitsEveryLevel(CompatibilityLevel level) {
        assertThat(level.objections(WITHOUT_DEFAULT, List.of())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void addedFieldWithoutDefaultCannotReadOlderData(CompatibilityLevel level) {
        assertFits(level, WITHOUT_DEFAULT, List.of(BASE), Set.of("NONE", "FORWARD", "FORWARD_TRANSITIVE"));
    }

    @ParameterizedTest
    @EnumSource
    void removedFieldWithoutDefaultCannotBeReadByOlder(CompatibilityLevel level) {
        assertFits(level, BASE, List.of(WITHOUT_DEFAULT), Set.of("NONE", "BACKWARD", "BACKWARD_TRANSITIVE"));
    }

    @ParameterizedTest
    @EnumSource
    void onlyTransitiveLevelsLookBeyondTheLastWhenReading(CompatibilityLevel level) {
        assertFits(
                level,
                WITHOUT_DEFAULT,
                List.of(BASE, WITH_DEFAULT),
                Set.of("NONE", "BACKWARD", "FORWARD", "FORWARD_TRANSITIVE", "FULL"));
    }

    @ParameterizedTest
    @EnumSource
    void onlyTransitiveLevelsLookBeyondTheLastWhenRead(CompatibilityLevel level) {
        assertFits(
                level,
                BASE,
                List.of(WITHOUT_DEFAULT, WITH_DEFAULT),
                Set.of("NONE", "BACKWARD", "BACKWARD_TRANSITIVE", "FORWARD", "FULL"));
    }

    private static void assertFits(
            CompatibilityLevel level, Schema candidate, List<Schema> history, Set<String> fitting) {
        assertThat(level.objections(candidate, history).isEmpty()).isEqualTo(fitting.contains(level.name()));
    }

    private static Schema record(String secondField) {
        String separator = secondField.isEmpty() ? "" : ",";
        return new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"string\"}"
                        + separator + secondField + "]}");
    }
}
