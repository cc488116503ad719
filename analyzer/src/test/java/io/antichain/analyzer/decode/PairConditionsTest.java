package io.antichain.analyzer.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.antichain.analyzer.order.Traits;
import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Event;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PairConditionsTest {
    /**
     * What conditions see of an event.
     *
     * @param dot its process and counter
     * @param service its header, null if it has none
     */
    private record Seen(String dot, String topic, String key, String service) {
        private Traits traits(PairConditions where) {
            Dot parsed = Dot.parse(dot);
            Event event = new Event(
                    parsed.process(),
                    parsed.counter(),
                    Optional.of(VectorClock.empty()),
                    LamportTimestamp.ZERO,
                    Optional.ofNullable(key),
                    "",
                    0,
                    Event.Kind.MESSAGE);
            Headers headers = new RecordHeaders();
            headers.add("service", "an earlier one".getBytes(StandardCharsets.UTF_8));
            headers.remove("service");
            if (service != null) {
                headers.add("service", "not the last".getBytes(StandardCharsets.UTF_8));
                headers.add("service", service.getBytes(StandardCharsets.UTF_8));
            }
            return where.of(event, topic, headers);
        }
    }

    private static boolean arePair(Seen one, Seen other, String... conditions) {
        PairConditions where = PairConditions.parse(List.of(conditions));
        Traits traits = one.traits(where);
        assertThat(Traits.of(traits.toBytes())).isEqualTo(traits);
        boolean arePair = Traits.arePair(traits, other.traits(where));
        assertThat(Traits.arePair(other.traits(where), traits)).isEqualTo(arePair);
        return arePair;
    }

    @ParameterizedTest
    @CsvSource({
        "topic=orders, false",
        "topic=stock, false",
        "topic!=audit, true",
        "topic!=stock, false",
        "topic=other, false",
        "topic!=other, true",
        "key=k, true",
        "key!=k, false",
        "key=other, true",
        "key!=other, false",
        "process!=other, false",
        "process=shop, true",
        "process!=shop, false",
        "header.service=other, false",
        "header.service!=other, true",
        "header.service=a, false",
        "header.service!=a, false",
        "header.service!=c, true",
        "header.absent=other, true",
        "header.absent!=other, false",
        "header.absent=a, false",
        "header.absent!=a, true",
    })
    void eachConditionSaysWhichPairsCount(String condition, boolean counts) {
        Seen order = new Seen("shop~7:1", "orders", "k", "a");
        Seen stock = new Seen("shop~8:1", "stock", "k", "b");
        assertThat(arePair(order, stock, condition)).isEqualTo(counts);
    }

    @Test
    void allConditionsMustHold() {
        Seen one = new Seen("p:1", "orders", "k", "a");
        assertThat(arePair(
                        one, new Seen("q:1", "orders", "l", "b"), "topic=other", "key!=other", "header.service!=other"))
                .isTrue();
        assertThat(arePair(
                        one, new Seen("q:1", "orders", "l", "a"), "topic=other", "key!=other", "header.service!=other"))
                .isFalse();
        assertThat(arePair(
                        one, new Seen("q:1", "stock", "l", "b"), "topic=other", "key!=other", "header.service!=other"))
                .isFalse();
        assertThat(arePair(one, new Seen("q:1", "orders", "k", "a"), "key=other", "header.service=other"))
                .isTrue();
    }

    @Test
    void whatBothDoNotHaveIsTheSame() {
        Seen one = new Seen("p:1", "orders", null, null);
        Seen other = new Seen("q:1", "orders", null, null);
        assertThat(arePair(one, other, "header.service=other")).isTrue();
        assertThat(arePair(one, other, "header.service!=other")).isFalse();
        assertThat(arePair(one, new Seen("q:1", "orders", "", "x"), "header.service!=other", "key!=other"))
                .isTrue();
    }

    @Test
    void aQuotedWordMeansItself() {
        Seen one = new Seen("p:1", "other", "k", "a");
        Seen other = new Seen("q:1", "other", "k", "b");
        assertThat(arePair(one, other, "topic='other'")).isTrue();
        assertThat(arePair(one, other, "topic!='other'")).isFalse();
        assertThat(PairConditions.parse(List.of(" topic = 'other' ", "key!=other"))
                        .written())
                .containsExactly("topic='other'", "key!=other");
    }

    @Test
    void whatOtherConditionsFoundSaysNothingSoThePairCounts() {
        Seen one = new Seen("p:1", "orders", "k", "a");
        Traits before = one.traits(PairConditions.parse(List.of("topic=stock")));
        Traits now = one.traits(PairConditions.parse(List.of("topic!=orders")));
        assertThat(Traits.arePair(before, now)).isTrue();
        assertThat(Traits.arePair(null, now)).isTrue();
        assertThat(Traits.arePair(now, now)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "topic", "topic=", "=x", "colour=red", "header.=x", "topic>5", "process==x"})
    void whatIsNotUnderstoodIsRefused(String written) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PairConditions.parse(List.of(written)))
                .withMessageContaining("where=" + written);
    }
}
