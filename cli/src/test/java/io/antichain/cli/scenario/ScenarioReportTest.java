package io.antichain.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.VectorClock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScenarioReportTest {
    private static final SentMessage A = sent(1, "a:1", "{a=1}", 0, 0, false);
    private static final SentMessage B_AFTER_A = sent(2, "b:1", "{a=1, b=1}", 0, 0, false);
    private static final SentMessage C_UNAWARE = sent(3, "c:1", "{c=1}", 0, 0, false);

    @Test
    void orderedMessagesHoldTheExpectationOfNone() {
        assertThat(report(Expectation.NONE, A, B_AFTER_A).violation()).isEmpty();
    }

    @Test
    void aConflictBreaksTheExpectationOfNone() {
        ScenarioReport report = report(Expectation.NONE, A, C_UNAWARE);
        assertThat(report.concurrentPairs()).isEqualTo(1);
        assertThat(report.violation()).contains("Expected no conflicts: c:1 and a:1 are concurrent");
    }

    @Test
    void aConflictOutsideABurstIsSeen() {
        SentMessage inBurst = sent(3, "c:1", "{c=1}", 1, 0, false);
        assertThat(report(Expectation.WITHIN_BURSTS, A, inBurst).violation()).isPresent();
        assertThat(report(Expectation.WITHIN_BURSTS, sent(1, "a:1", "{a=1}", 1, 0, false), inBurst)
                        .violation())
                .isEmpty();
    }

    @Test
    void aScenarioThatExpectsConflictsDoesNotHoldWithoutAny() {
        assertThat(report(Expectation.WITHIN_BURSTS, A, B_AFTER_A).violation())
                .contains("Expected conflicts only within bursts: all 2 messages are ordered");
    }

    @Test
    void messagesThatACutPartedMustConflictAndOthersMustNot() {
        SentMessage cutOff = sent(3, "c:1", "{c=1}", 1, 1, true);
        SentMessage duringTheCut = sent(1, "a:1", "{a=1}", 0, 1, false);
        assertThat(report(Expectation.WHERE_CUT_OFF, cutOff, duringTheCut).violation())
                .isEmpty();
        assertThat(report(Expectation.WHERE_CUT_OFF, cutOff, A).violation()).isPresent();
        SentMessage knowing = sent(1, "a:1", "{a=1, c=1}", 0, 1, false);
        assertThat(report(Expectation.WHERE_CUT_OFF, cutOff, knowing).violation())
                .contains("Expected conflicts exactly where nodes were cut off: a:1 and c:1 are ordered");
    }

    @Test
    void whatLamportTimestampsOrderStandsBesideWhatIsTrulyOrdered() {
        SentMessage later = sent(3, "c:2", "{c=2}", 0, 0, false);

        ScenarioReport.ByLamport pairs = report(Expectation.WITHIN_BURSTS, A, B_AFTER_A, C_UNAWARE, later)
                .byLamport();

        assertThat(pairs.different()).isEqualTo(new ScenarioReport.Pairs(2, 2));
        assertThat(pairs.equal()).isEqualTo(new ScenarioReport.Pairs(0, 2));
        assertThat(pairs.unknown()).isZero();
    }

    @Test
    void pairsWithAMessageWithoutAVectorClockAreUnknownAndBreakNoExpectation() {
        SentMessage lamportOnly =
                new SentMessage(4, Dot.parse("d:1"), Optional.empty(), new LamportTimestamp(1), 0, 0, false);

        ScenarioReport mixed = report(Expectation.NONE, A, B_AFTER_A, lamportOnly);

        assertThat(mixed.byLamport().unknown()).isEqualTo(2);
        assertThat(mixed.violation()).isEmpty();
        assertThat(report(Expectation.WITHIN_BURSTS, lamportOnly, lamportOnly).violation())
                .isEmpty();
    }

    private static ScenarioReport report(Expectation expectation, SentMessage... sent) {
        return ScenarioReport.of(new Scenario("mine", "Something.", List.of(), expectation), List.of(sent));
    }

    private static SentMessage sent(int node, String dot, String clock, int burst, int cut, boolean cutOff) {
        VectorClock vector = VectorClock.parse(clock);
        // What the merge rule gives where every message known was delivered: one more than the longest chain to it.
        long lamport =
                vector.entries().values().stream().mapToLong(Long::longValue).sum();
        return new SentMessage(
                node, Dot.parse(dot), Optional.of(vector), new LamportTimestamp(lamport), burst, cut, cutOff);
    }
}
