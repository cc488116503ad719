package io.antichain.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.cli.kafka.StoredEvent;
import io.antichain.cli.verify.Verification.Pair;
import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Event;
import io.antichain.schemas.EventRef;
import io.antichain.schemas.Run;
import io.antichain.schemas.Scope;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerificationTest {
    // a:1 and a:2 are concurrent with b:1, which c:1 knows; c:1 knows a:1 too.
    private static final List<StoredEvent> LOG = List.of(
            event("a:1", "{a=1}", 0),
            event("a:2", "{a=2}", 1),
            event("b:1", "{b=1}", 2),
            event("c:1", "{a=1, b=1, c=1}", 3));
    private static final Conflict B_WITH_BOTH = conflict(2, run("a", 1, 2, 0, 1));
    private static final Conflict C_WITH_A2 = conflict(3, run("a", 2, 2, 1, 1));

    @Test
    void recordsThatSayWhatTheDefinitionSaysHold() {
        Verification verification = verified(LOG, List.of(B_WITH_BOTH, C_WITH_A2));
        assertThat(verification.holds()).isTrue();
        assertThat(verification.concurrentPairs()).isEqualTo(3);
        assertThat(verification.reportedPairs()).isEqualTo(3);
    }

    @Test
    void aPairThatNoRecordNamesIsMissing() {
        Verification verification = verified(LOG, List.of(B_WITH_BOTH));
        assertThat(verification.missing()).containsExactly(new Pair(Dot.parse("c:1"), Dot.parse("a:2")));
        assertThat(verification.missingPairs()).isEqualTo(1);
        assertThat(verification.extraPairs()).isZero();
    }

    @Test
    void aConflictInSeveralRecordsHoldsWhenAllAreThere() {
        Conflict inTwoRuns = conflict(2, run("a", 1, 1, 0, 0), run("a", 2, 2, 1, 1));
        Conflict first = inTwoRuns.halves().get(0).numbered(1, 2);
        Conflict second = inTwoRuns.halves().get(1).numbered(2, 2);
        assertThat(verified(LOG, List.of(first, second, C_WITH_A2)).holds()).isTrue();
        assertThat(verified(LOG, List.of(first, C_WITH_A2)).missingPairs()).isEqualTo(2);
        assertThat(verified(LOG, List.of(first, first, second, C_WITH_A2)).duplicates())
                .isEqualTo(1);
        assertThat(verified(LOG, List.of(first, second, first, second, C_WITH_A2))
                        .extraPairs())
                .isEqualTo(2);
    }

    @Test
    void anOrderedPairIsExtra() {
        Verification verification = verified(LOG, List.of(B_WITH_BOTH, conflict(3, run("a", 1, 2, 0, 1))));
        assertThat(verification.extra()).containsExactly(new Pair(Dot.parse("c:1"), Dot.parse("a:1")));
        assertThat(verification.missingPairs()).isZero();
    }

    @Test
    void aRecordThatStandsTwiceIsExtra() {
        assertThat(verified(LOG, List.of(B_WITH_BOTH, C_WITH_A2, C_WITH_A2)).extraPairs())
                .isEqualTo(1);
    }

    @Test
    void aPairInTheRecordOfTheEarlierEventIsExtraAndMissing() {
        Verification verification = verified(LOG, List.of(B_WITH_BOTH, conflict(1, run("c", 1, 1, 3, 3))));
        assertThat(verification.extraPairs()).isEqualTo(1);
        assertThat(verification.missingPairs()).isEqualTo(1);
    }

    @Test
    void aRecordOfAnEventThatIsNotInTheLogIsExtra() {
        Conflict stranger = new Conflict(
                Scope.ALL,
                Optional.empty(),
                Conflict.Status.CONCURRENT,
                reference(Dot.parse("d:1"), VectorClock.parse("{d=1}"), 9),
                List.of(run("a", 1, 2, 0, 1)),
                List.of(),
                List.of(),
                true);
        assertThat(verified(LOG, List.of(B_WITH_BOTH, C_WITH_A2, stranger)).extraPairs())
                .isEqualTo(2);
    }

    @Test
    void aRunThatClaimsMoreEventsThanThereAreIsExtra() {
        Conflict boasting = conflict(3, new Run(ProcessId.of("a"), 0, 2, 2, 1, 1, 5, 0));
        assertThat(verified(LOG, List.of(B_WITH_BOTH, boasting)).extraPairs()).isEqualTo(4);
    }

    private static Verification verified(List<StoredEvent> events, List<Conflict> conflicts) {
        VerifiedLog log = new VerifiedLog(Scope.ALL);
        events.forEach(event -> log.add(event.event(), event.partition(), event.offset()));
        Comparison comparison = new Comparison(log);
        conflicts.forEach(comparison::take);
        return comparison.finish(false);
    }

    private static Conflict conflict(int index, Run... runs) {
        Event event = LOG.get(index).event();
        return new Conflict(
                Scope.ALL,
                Optional.empty(),
                Conflict.Status.CONCURRENT,
                reference(
                        event.dot(), event.clock().orElseThrow(), LOG.get(index).offset()),
                List.of(runs),
                List.of(),
                List.of(),
                true);
    }

    private static EventRef reference(Dot dot, VectorClock clock, long offset) {
        return new EventRef(dot, 0, offset, clock, LamportTimestamp.ZERO, 0);
    }

    private static Run run(String process, long first, long last, long firstOffset, long lastOffset) {
        return new Run(ProcessId.of(process), 0, first, last, firstOffset, lastOffset, last - first + 1, 0);
    }

    private static StoredEvent event(String dot, String clock, long offset) {
        Dot parsed = Dot.parse(dot);
        return new StoredEvent(
                new Event(
                        parsed.process(),
                        parsed.counter(),
                        Optional.of(VectorClock.parse(clock)),
                        LamportTimestamp.ZERO,
                        Optional.empty(),
                        "",
                        0,
                        Event.Kind.MESSAGE),
                0,
                offset);
    }
}
