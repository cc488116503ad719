package io.antichain.analyzer.explanation;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.EventRef;
import io.antichain.schemas.Run;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    @Test
    void concurrentEventsAreExplainedByWhatNeitherKnew() {
        assertThat(sentence("a:5", "{a=5, b=2}", "b:3", "{a=1, b=3}"))
                .isEqualTo("a:5 and b:3 are concurrent: a:5 knew 2 events of b, so not b:3;"
                        + " b:3 knew 1 event of a, so not a:5.");
        assertThat(sentence("a:1", "{a=1}", "b:1", "{b=1}"))
                .isEqualTo("a:1 and b:1 are concurrent: a:1 knew no event of b, so not b:1;"
                        + " b:1 knew no event of a, so not a:1.");
    }

    @Test
    void orderedEventsAreExplainedByWhatTheLaterKnew() {
        assertThat(sentence("a:5", "{a=5}", "b:3", "{a=6, b=3}"))
                .isEqualTo("a:5 happened before b:3: b:3 knew 6 events of a, a:5 among them.");
        assertThat(sentence("b:3", "{a=6, b=3}", "a:5", "{a=5}"))
                .isEqualTo("a:5 happened before b:3: b:3 knew 6 events of a, a:5 among them.");
        assertThat(sentence("a:2", "{a=2}", "a:1", "{a=1}"))
                .isEqualTo("a:1 happened before a:2: both are events of a, in this order.");
    }

    @Test
    void anEventIsItself() {
        assertThat(sentence("a:1", "{a=1}", "a:1", "{a=1}")).isEqualTo("a:1 is one event, not two.");
    }

    @Test
    void aRunIsExplainedByItsLastEvent() {
        EventRef event =
                new EventRef(Dot.parse("b:3"), 0, 9, VectorClock.parse("{a=1, b=3}"), new LamportTimestamp(4), 0);
        assertThat(Explanation.ofRun(event, new Run(ProcessId.of("a"), 0, 2, 5, 3, 8, 4, 2)))
                .isEqualTo("b:3 knew 1 event of a, so none of these;"
                        + " a:5, which knew most of them, knew 2 events of b, so not b:3.");
        assertThat(Explanation.ofRun(event, new Run(ProcessId.of("a"), 0, 2, 2, 3, 3, 1, 0)))
                .isEqualTo("b:3 knew 1 event of a, so not a:2; a:2 knew no event of b, so not b:3.");
    }

    private static String sentence(String first, String clockOfFirst, String second, String clockOfSecond) {
        return Explanation.of(
                        Dot.parse(first),
                        VectorClock.parse(clockOfFirst),
                        Dot.parse(second),
                        VectorClock.parse(clockOfSecond))
                .sentence();
    }
}
