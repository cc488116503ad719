package io.antichain.analyzer.explanation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.antichain.clocks.CausalOrder;
import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.StampedEvent;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.EventRef;
import io.antichain.schemas.Position;
import io.antichain.schemas.Run;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    private static final EventRef EVENT = new EventRef(
            Dot.parse("b:3"),
            new Position("events", 0, 9),
            VectorClock.parse("{a=1, b=3, c=4}"),
            new LamportTimestamp(4),
            0);

    @Test
    void concurrentEventsAreExplainedByWhatNeitherKnew() {
        Relation relation = relation("a:5", "{a=5, b=2}", "b:3", "{a=1, b=3}");
        assertThat(relation.order()).isEqualTo(CausalOrder.CONCURRENT);
        assertThat(written(relation)).isEqualTo("a:5[b]=2 b:3[a]=1");
        assertThat(relation.sentence())
                .isEqualTo("a:5 and b:3 are concurrent: a:5 knew 2 events of b, so not b:3;"
                        + " b:3 knew 1 event of a, so not a:5.");
        assertThat(relation("a:1", "{a=1}", "b:1", "{b=1}").sentence())
                .isEqualTo("a:1 and b:1 are concurrent: a:1 knew no event of b, so not b:1;"
                        + " b:1 knew no event of a, so not a:1.");
    }

    @Test
    void orderedEventsAreExplainedByWhatTheLaterKnew() {
        Relation before = relation("a:5", "{a=5}", "b:3", "{a=6, b=3}");
        assertThat(written(before)).isEqualTo("b:3[a]=6");
        assertThat(before.sentence()).isEqualTo("a:5 happened before b:3: b:3 knew 6 events of a, a:5 among them.");
        Relation after = relation("b:3", "{a=6, b=3}", "a:5", "{a=5}");
        assertThat(after.order()).isEqualTo(CausalOrder.AFTER);
        assertThat(written(after)).isEqualTo("b:3[a]=6");
        assertThat(after.sentence()).isEqualTo("a:5 happened before b:3: b:3 knew 6 events of a, a:5 among them.");
        assertThat(relation("a:2", "{a=2}", "a:1", "{a=1}").sentence())
                .isEqualTo("a:1 happened before a:2: both are events of a, in this order.");
    }

    @Test
    void anEventIsItself() {
        Relation same = relation("a:1", "{a=1}", "a:1", "{a=1}");
        assertThat(same.witness()).isEmpty();
        assertThat(same.sentence()).isEqualTo("a:1 is one event, not two.");
    }

    @Test
    void clocksThatContradictEachOtherAreSaidToDoSo() {
        Relation impossible = relation("a:1", "{a=1, b=1}", "b:1", "{a=1, b=1}");
        assertThat(written(impossible)).isEqualTo("a:1[b]=1 b:1[a]=1");
        assertThat(impossible.sentence())
                .isEqualTo("a:1 and b:1 cannot be compared: each clock says that it knew the other"
                        + " (a:1 knew 1 event of b, b:1 knew 1 event of a), so one of them is wrong.");
    }

    @Test
    void aDotWithTwoClocksNamesNoSingleEvent() {
        ReusedDot reused =
                ReusedDot.of(Dot.parse("a:5"), VectorClock.parse("{a=5, b=3, c=1}"), VectorClock.parse("{a=5, b=4}"));
        assertThat(written(reused)).isEqualTo("a:5[b]=3 a:5[b]=4");
        assertThat(reused.sentence())
                .isEqualTo("a:5 names two events, one that knew 3 events of b and one that knew 4 events of b:"
                        + " a used a counter twice, so what relates to which of them cannot be told.");
        assertThatThrownBy(() -> ReusedDot.of(Dot.parse("a:1"), VectorClock.parse("{a=1}"), VectorClock.parse("{a=1}")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRunIsExplainedByItsLastEvent() {
        ConcurrentRun four = ConcurrentRun.of(
                EVENT,
                new Run(
                        ProcessId.of("a"),
                        2,
                        5,
                        new Position("events", 0, 3),
                        new Position("events", 0, 8),
                        4,
                        2,
                        List.of()));
        assertThat(written(four)).isEqualTo("b:3[a]=1 a:5[b]=2");
        assertThat(four.sentence())
                .isEqualTo("b:3 knew 1 event of a, so it knew none of these;"
                        + " a:5, the last of these, knew 2 events of b, so none of these knew b:3.");
        assertThat(ConcurrentRun.of(
                                EVENT,
                                new Run(
                                        ProcessId.of("a"),
                                        2,
                                        2,
                                        new Position("events", 0, 3),
                                        new Position("events", 0, 3),
                                        1,
                                        0,
                                        List.of()))
                        .sentence())
                .isEqualTo("b:3 knew 1 event of a, so not a:2; a:2 knew no event of b, so not b:3.");
    }

    @Test
    void aResolvedSiblingIsExplainedByWhatTheEventKnew() {
        ResolvedSibling other = ResolvedSibling.of(EVENT, Dot.parse("c:4"));
        assertThat(written(other)).isEqualTo("b:3[c]=4");
        assertThat(other.sentence()).isEqualTo("b:3 resolves c:4: b:3 knew 4 events of c, c:4 among them.");
        assertThat(ResolvedSibling.of(EVENT, Dot.parse("b:2")).sentence())
                .isEqualTo("b:3 resolves b:2: both are events of b, in this order.");
    }

    @Test
    void anIncompleteRecordShowsTheClockThatIsTooLowSomewhere() {
        IncompleteRecord incomplete = IncompleteRecord.of(EVENT, Optional.empty());
        assertThat(written(incomplete)).isEqualTo("b:3[a]=1 b:3[c]=4");
        assertThat(incomplete.sentence())
                .isEqualTo("b:3 may be concurrent with more: when it arrived, some events that its clock"
                        + " {a=1, b=3, c=4} does not know had left the window.");
    }

    @Test
    void anIncompleteRecordSaysWhereTheWindowBegan() {
        assertThat(IncompleteRecord.of(EVENT, Optional.of("2026-11-28T00:00:00Z"))
                        .sentence())
                .isEqualTo("b:3 may be concurrent with more: when it arrived, the window began at"
                        + " 2026-11-28T00:00:00Z; events before it were not compared, and there are some that its"
                        + " clock {a=1, b=3, c=4} does not know.");
    }

    @Test
    void anEventOutsideTheLogCanStillBeProvedToBeBefore() {
        UnknownEvent before = unknown("a:7", "b:3", "{a=8, b=3}");
        assertThat(before.order()).contains(CausalOrder.BEFORE);
        assertThat(written(before)).isEqualTo("b:3[a]=8");
        assertThat(before.sentence())
                .isEqualTo("a:7 is not in the log; yet it happened before b:3: b:3 knew 8 events of a, a:7 among"
                        + " them.");
    }

    @Test
    void ofAnEventOutsideTheLogThatNobodyKnewLittleCanBeSaid() {
        UnknownEvent open = unknown("a:9", "b:3", "{a=8, b=3}");
        assertThat(open.order()).isEmpty();
        assertThat(open.sentence())
                .isEqualTo("a:9 is not in the log; b:3 knew 8 events of a, so not a:9; whether a:9 knew b:3, only"
                        + " its own clock could tell.");
        assertThat(unknown("stranger:1", "b:3", "{b=3}").sentence())
                .isEqualTo("stranger:1 is not in the log; b:3 knew no event of stranger, so not stranger:1; whether"
                        + " stranger:1 knew b:3, only its own clock could tell.");
    }

    @Test
    void anEventOutsideTheLogHasItsPlaceAmongThoseOfItsProcess() {
        UnknownEvent after = unknown("b:9", "b:3", "{b=3}");
        assertThat(after.order()).contains(CausalOrder.AFTER);
        assertThat(after.sentence())
                .isEqualTo("b:9 is not in the log; if there was such an event, it happened after b:3: both are"
                        + " events of b, in this order.");
        assertThat(unknown("b:2", "b:3", "{b=3}").sentence())
                .isEqualTo("b:2 is not in the log; if there was such an event, it happened before b:3: both are"
                        + " events of b, in this order.");
    }

    @Test
    void differentLamportTimestampsExcludeOneOrderAndProveNone() {
        String sentence = "b:2 did not happen before a:1, for its Lamport timestamp is greater: 9 against 5."
                + " Whether a:1 happened before b:2 or they are concurrent, no Lamport timestamp can tell, and a vector"
                + " clock is missing.";
        WithoutClock rising = withoutClock("a:1", 5, "b:2", 9);
        assertThat(rising.order()).isEmpty();
        assertThat(rising.witness()).isEmpty();
        assertThat(rising.sentence()).isEqualTo(sentence);
        assertThat(withoutClock("b:2", 9, "a:1", 5).sentence()).isEqualTo(sentence);
    }

    @Test
    void equalLamportTimestampsOfTwoProcessesProveConcurrency() {
        WithoutClock equal = withoutClock("a:1", 5, "b:2", 5);
        assertThat(equal.order()).contains(CausalOrder.CONCURRENT);
        assertThat(equal.sentence())
                .isEqualTo("a:1 and b:2 are concurrent: both have the Lamport timestamp 5, and what happened before an"
                        + " event has a smaller one.");
    }

    @Test
    void eventsOfOneProcessAreOrderedWithoutAnyClock() {
        assertThat(withoutClock("a:1", 5, "a:2", 9).sentence())
                .isEqualTo("a:1 happened before a:2: both are events of a, in this order.");
        assertThat(withoutClock("a:2", 9, "a:1", 5).order()).contains(CausalOrder.AFTER);
        assertThat(withoutClock("a:2", 9, "a:2", 9).sentence()).isEqualTo("a:2 is one event, not two.");
    }

    @Test
    void allThatALogHasOfTwoDotsDecidesWhatIsExplained() {
        Dot a = Dot.parse("a:1");
        Dot b = Dot.parse("b:1");
        Sighting ofA = sighting("{a=1}");
        Sighting ofB = sighting("{b=1}");
        Sighting bare = new Sighting(Optional.empty(), new LamportTimestamp(7));
        assertThat(Sighting.explain(a, List.of(ofA, ofA), b, List.of(ofB))).containsInstanceOf(Relation.class);
        assertThat(Sighting.explain(a, List.of(ofA), b, List.of(ofB, sighting("{a=1, b=1}"))))
                .containsInstanceOf(ReusedDot.class);
        assertThat(Sighting.explain(a, List.of(ofA), b, List.of())).containsInstanceOf(UnknownEvent.class);
        assertThat(Sighting.explain(a, List.of(), b, List.of(ofB))).containsInstanceOf(UnknownEvent.class);
        assertThat(Sighting.explain(a, List.of(bare), b, List.of(ofB))).containsInstanceOf(WithoutClock.class);
        assertThat(Sighting.explain(a, List.of(bare), b, List.of())).isEmpty();
        assertThat(Sighting.explain(a, List.of(), b, List.of())).isEmpty();
    }

    private static Sighting sighting(String clock) {
        return new Sighting(Optional.of(VectorClock.parse(clock)), new LamportTimestamp(3));
    }

    private static Relation relation(String first, String clockOfFirst, String second, String clockOfSecond) {
        return Relation.of(StampedEvent.of(first, clockOfFirst), StampedEvent.of(second, clockOfSecond));
    }

    private static UnknownEvent unknown(String unknown, String known, String clock) {
        return UnknownEvent.of(Dot.parse(unknown), StampedEvent.of(known, clock));
    }

    private static WithoutClock withoutClock(String first, long firstValue, String second, long secondValue) {
        return new WithoutClock(
                Dot.parse(first),
                new LamportTimestamp(firstValue),
                Dot.parse(second),
                new LamportTimestamp(secondValue));
    }

    private static String written(Explanation explanation) {
        return explanation.witness().stream()
                .map(entry -> entry.event() + "[" + entry.of() + "]=" + entry.known())
                .collect(Collectors.joining(" "));
    }
}
