package io.antichain.analyzer.reader;

import static io.antichain.analyzer.reader.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Position;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of a record that the analyzer refuses although the view has nothing against it. */
class RefusalsTest {
    private final View view = new View(new ViewLimits(100));

    @Test
    void whatWasDoubtedBecauseOfARefusedEventCounts() {
        tell("c:1", "{c=1}", 0);
        tell("a:1", "{a=1, b=1}", 1);
        tell("a:900", "{a=900, b=1, c=1}", 2);
        tell("a:2", "{a=2, b=2}", 3);
        assertThat(dots()).containsExactly("c:1", "a:1", "a:900");
        refuse("a:900", 2, Anomaly.Kind.CLOCK_TOO_FAR);
        assertThat(dots()).containsExactly("c:1", "a:1", "a:2");
        assertThat(view.key("key").orElseThrow().siblings())
                .extracting(event -> event.dot().toString())
                .containsExactly("c:1", "a:2");
        assertThat(view.figures().heldEvents()).isEqualTo(3);
    }

    @Test
    void ofTwoEventsWithOneDotTheAnalyzersCounts() {
        tell("a:1", "{a=1}", 5);
        tell("a:1", "{a=1, b=1}", 3);
        refuse("a:1", 5, Anomaly.Kind.DOT_REUSED);
        assertThat(view.events()).extracting(event -> event.position().offset()).containsExactly(3L);
    }

    @Test
    void aRefusalThatIsReadBeforeItsEventHoldsToo() {
        refuse("a:900", 1, Anomaly.Kind.CLOCK_REGRESSED);
        tell("a:900", "{a=900}", 1);
        assertThat(dots()).isEmpty();
        tell("a:900", "{a=900}", 2);
        assertThat(dots()).containsExactly("a:900");
    }

    @Test
    void anAnomalyThatOnlyReportsTakesNothingOut() {
        tell("a:1", "{a=1}", 0);
        refuse("a:1", 0, Anomaly.Kind.UNSEEN_CAUSE);
        refuse("a:1", 7, Anomaly.Kind.DOT_REUSED);
        assertThat(dots()).containsExactly("a:1");
    }

    @Test
    void manyRefusedEventsMakeRoomAsOthersDo() {
        for (int n = 1; n <= 500; n++) {
            tell("a:" + n, "{a=" + n + "}", n);
            refuse("a:" + n, n, Anomaly.Kind.CLOCK_TOO_FAR);
        }
        tell("b:1", "{b=1}", 0);
        assertThat(dots()).containsExactly("b:1");
        assertThat(view.nextEvent()).isEqualTo(501);
        assertThat(view.firstEvent()).isEqualTo(401);
    }

    @Test
    void anEntryThatIsMissingDidNotFallAndALowerOneDid() {
        tell("a:1", "{a=1, b=3, c=2}", 0);
        tell("a:3", "{a=3, c=2}", 1);
        tell("a:2", "{a=2, b=4}", 2);
        tell("a:4", "{a=4, c=1}", 3);
        assertThat(dots()).containsExactly("a:1", "a:3", "a:2");
    }

    private List<String> dots() {
        return view.events().stream().map(event -> event.dot().toString()).toList();
    }

    private void tell(String dot, String clock, long offset) {
        view.tell(message(dot, clock, "key", ""), new Position("events", 0, offset), offset);
    }

    private void refuse(String dot, long offset, Anomaly.Kind kind) {
        String clock = "{" + dot.replace(':', '=') + "}";
        HeldEvent refused = new HeldEvent(message(dot, clock), new Position("events", 0, offset), 0);
        view.tell(new Anomaly(kind, Optional.of(refused.reference()), "Refused.", Map.of()), offset);
    }
}
