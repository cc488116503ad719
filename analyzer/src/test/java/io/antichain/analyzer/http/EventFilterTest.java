package io.antichain.analyzer.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.analyzer.http.EventFilter.Field;
import io.antichain.analyzer.http.EventFilter.Letters;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventFilterTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "seats=2        | {\"seats\":2}              | true",
                "seats=2        | {\"seats\":\"2\"}            | true",
                "seats=2        | `  {\"seats\":2}`           | true",
                "seats=2        | {\"se\\u0061ts\":2}         | true",
                "a=b=c          | {\"a\":\"b=c\"}              | true",
                "seats=[1,2]    | {\"seats\":[1,2]}          | true",
                "seats=2        | {\"seats\":3}              | false",
                "seats=2        | {\"more\":{\"seats\":2}}     | false",
                "seats=2        | [{\"seats\":2}]            | false",
                "seats=2        | seats=2                   | false",
                "seats=2        | {\"seats\":2               | false",
            })
    void aFieldIsThatOfAJsonObjectHoweverItIsWritten(String field, String payload, boolean found) {
        assertThat(Field.parse(field).isIn(payload, Letters.EXACT)).isEqualTo(found);
    }
}
