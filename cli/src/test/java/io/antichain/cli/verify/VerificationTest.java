package io.antichain.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.cli.kafka.StoredEvent;
import io.antichain.cli.verify.Verification.Pair;
import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Event;
import io.antichain.schemas.EventRef;
import io.antichain.schemas.Position;
import io.antichain.schemas.Run;
import io.antichain.schemas.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
                reference(Dot.parse("d:1"), VectorClock.parse("{d=1}"), 2),
                List.of(run("a", 1, 2, 0, 1)),
                List.of(),
                List.of(),
                true);
        assertThat(verified(LOG, List.of(B_WITH_BOTH, C_WITH_A2, stranger)).extraPairs())
                .isEqualTo(2);
    }

    @Test
    void aRunThatClaimsMoreEventsThanThereAreIsExtra() {
        Conflict boasting = conflict(
                3,
                new Run(
                        ProcessId.of("a"),
                        2,
                        2,
                        new Position("events", 0, 1),
                        new Position("events", 0, 1),
                        5,
                        0,
                        List.of()));
        assertThat(verified(LOG, List.of(B_WITH_BOTH, boasting)).extraPairs()).isEqualTo(4);
    }

    @Test
    void aPairBeyondTheWindowIsCountedAndNotMissing() {
        Verification verification = verified(log(1, LOG), List.of(conflict(2, false, run("a", 2, 2, 1, 1))));
        assertThat(verification.beyond()).isEqualTo(2);
        assertThat(verification.holds()).isTrue();
    }

    @Test
    void aPairBeyondTheWindowThatACompleteRecordLacksIsMissing() {
        Verification verification = verified(log(1, LOG), List.of(conflict(2, run("a", 2, 2, 1, 1))));
        assertThat(verification.missing()).containsExactly(new Pair(Dot.parse("b:1"), Dot.parse("a:1")));
        assertThat(verification.falselyComplete()).isEqualTo(1);
        assertThat(verification.beyond()).isEqualTo(1);
    }

    @Test
    void aPairBeyondTheWindowThatIsReportedIsExtra() {
        assertThat(verified(log(1, LOG), List.of(B_WITH_BOTH)).extra())
                .containsExactly(new Pair(Dot.parse("b:1"), Dot.parse("a:1")));
    }

    @Test
    void aRunHoldsEventsThatOvertookEachOther() {
        List<StoredEvent> overtaken =
                List.of(event("a:2", "{a=2}", 0), event("a:1", "{a=1}", 1), event("b:1", "{b=1}", 2));
        assertThat(verified(overtaken, List.of(B_WITH_BOTH)).holds()).isTrue();
    }

    @Test
    void anEventThatWasRefusedForAReasonThatTheLogShowsIsLeftOut() {
        Map<Anomaly.Kind, StoredEvent> lies = Map.of(
                Anomaly.Kind.OWN_ENTRY_MISMATCH, event("c:3", "{a=1, b=1, c=2}", 4),
                Anomaly.Kind.CLOCK_TOO_FAR, event("c:4", "{a=2000000, b=1, c=4}", 5),
                Anomaly.Kind.DOT_REUSED, event("c:1", "{c=1}", 6),
                Anomaly.Kind.CLOCK_TOO_WIDE, event("c:5", "{a=1, b=1, c=5, d=1, e=1, f=1, g=1, h=1, i=1, j=1, k=1}", 7),
                Anomaly.Kind.CLOCK_REGRESSED, event("c:6", "{a=1, b=1, c=6}", 9));
        List<StoredEvent> events = new ArrayList<>(LOG);
        lies.values().stream()
                .sorted(Comparator.comparingLong(StoredEvent::offset))
                .forEach(events::add);
        events.add(events.size() - 1, event("c:2", "{a=2, b=1, c=2}", 8));
        VerifiedLog log = log(5, events);
        lies.forEach((kind, lie) -> log.doubt(anomaly(kind, lie)));
        Verification verification = verified(log, List.of(B_WITH_BOTH, C_WITH_A2));
        assertThat(verification.refused()).isEqualTo(lies.size());
        assertThat(verification.events()).isEqualTo(5);
        assertThat(verification.holds()).as(verification.toString()).isTrue();
    }

    @Test
    void anEventThatWasRefusedForNoReasonIsADifferenceAndItsPairsAreMissing() {
        for (Anomaly.Kind kind : List.of(
                Anomaly.Kind.DUPLICATE,
                Anomaly.Kind.DOT_REUSED,
                Anomaly.Kind.CLOCK_REGRESSED,
                Anomaly.Kind.OWN_ENTRY_MISMATCH,
                Anomaly.Kind.NO_VECTOR_CLOCK,
                Anomaly.Kind.CLOCK_TOO_WIDE,
                Anomaly.Kind.CLOCK_TOO_FAR)) {
            VerifiedLog log = log(5, LOG);
            log.doubt(anomaly(kind, LOG.get(3)));
            Verification verification = verified(log, List.of(B_WITH_BOTH));
            assertThat(verification.unconfirmed()).as(kind.toString()).containsExactly(Dot.parse("c:1"));
            assertThat(verification.missingPairs()).as(kind.toString()).isEqualTo(1);
        }
    }

    @Test
    void whatIsOnlyReportedLeavesNothingOut() {
        VerifiedLog log = log(5, LOG);
        log.doubt(anomaly(Anomaly.Kind.UNSEEN_CAUSE, LOG.get(3)));
        log.doubt(anomaly(Anomaly.Kind.OBSOLETE, LOG.get(3)));
        assertThat(verified(log, List.of(B_WITH_BOTH, C_WITH_A2)).holds()).isTrue();
        VerifiedLog same = log(5, LOG);
        same.doubt(anomaly(Anomaly.Kind.GAP, LOG.get(3)));
        assertThat(verified(same, List.of(B_WITH_BOTH)).missingPairs()).isEqualTo(1);
    }

    @Test
    void aRecordThatWasSetAsideIsADifferenceUntilItIsPublishedAgain() {
        VerifiedLog log = log(5, LOG.subList(0, 3));
        log.setAside("events", 0, 2);
        assertThat(verified(log, List.of()).unconfirmed()).containsExactly(Dot.parse("b:1"));
        StoredEvent replayed = event("b:1", "{b=1}", 3);
        VerifiedLog whole = log(5, List.of(LOG.get(0), LOG.get(1), LOG.get(2), replayed));
        whole.setAside("events", 0, 2);
        Verification verification = verified(whole, List.of(conflict(replayed, true, run("a", 1, 2, 0, 1))));
        assertThat(verification.holds()).as(verification.toString()).isTrue();
    }

    @Test
    void anEntryThatIsLeftOutIsAsItWas() {
        List<StoredEvent> forgetful =
                List.of(event("a:1", "{a=1}", 0), event("b:1", "{a=1, b=1}", 1), event("b:2", "{b=2}", 2));
        Verification verification = verified(forgetful, List.of());
        assertThat(verification.concurrentPairs()).isZero();
        assertThat(verification.events()).isEqualTo(3);
        Conflict invented = conflict(forgetful.get(2), true, run("a", 1, 1, 0, 0));
        assertThat(verified(forgetful, List.of(invented)).extraPairs()).isEqualTo(1);
        VerifiedLog refused = log(5, forgetful);
        refused.doubt(anomaly(Anomaly.Kind.CLOCK_REGRESSED, forgetful.get(2)));
        assertThat(verified(refused, List.of()).unconfirmed()).containsExactly(Dot.parse("b:2"));
    }

    @Test
    void anEventWhoseClockFallsIsNoneWhetherItWasRefusedOrNot() {
        List<StoredEvent> fallen = List.of(
                event("a:1", "{a=1}", 0),
                event("a:2", "{a=2}", 1),
                event("b:1", "{a=2, b=1}", 2),
                event("b:2", "{a=1, b=2}", 3));
        assertThat(verified(fallen, List.of()).events()).isEqualTo(3);
        Conflict believed = conflict(fallen.get(3), true, run("a", 2, 2, 1, 1));
        assertThat(verified(fallen, List.of(believed)).extraPairs()).isEqualTo(1);
    }

    @Test
    void aDotThatComesAgainBeyondTheWindowIsNotChecked() {
        List<StoredEvent> again = List.of(LOG.get(0), LOG.get(1), event("b:1", "{b=1}", 2), event("a:1", "{a=1}", 3));
        Conflict ofRepetition = conflict(again.get(3), false, run("b", 1, 1, 2, 2));
        Conflict first = conflict(2, false, run("a", 2, 2, 1, 1));
        Verification verification = verified(log(1, again), List.of(first, ofRepetition));
        assertThat(verification.unchecked()).isEqualTo(1);
        assertThat(verification.holds()).as(verification.toString()).isTrue();
        assertThat(verified(log(5, again), List.of(B_WITH_BOTH, ofRepetition)).extraPairs())
                .isEqualTo(1);
    }

    private static Verification verified(List<StoredEvent> events, List<Conflict> conflicts) {
        return verified(log(VerifyLimits.DEFAULT_WINDOW, events), conflicts);
    }

    private static Verification verified(VerifiedLog log, List<Conflict> conflicts) {
        Comparison comparison = new Comparison(log);
        conflicts.forEach(comparison::take);
        return comparison.finish(false, List.of());
    }

    private static VerifiedLog log(int window, List<StoredEvent> events) {
        VerifiedLog log = new VerifiedLog(Scope.ALL, new VerifyLimits(window, 10, 1_000_000));
        log.begin("events", 0, 0);
        events.forEach(event -> log.add(event.event(), "events", event.partition(), event.offset(), event.traits()));
        return log;
    }

    private static Anomaly anomaly(Anomaly.Kind kind, StoredEvent stored) {
        EventRef event = reference(stored.event().dot(), stored.event().clock().orElseThrow(), stored.offset());
        return new Anomaly(kind, Optional.of(event), "", Map.of());
    }

    private static Conflict conflict(int index, Run... runs) {
        return conflict(LOG.get(index), true, runs);
    }

    private static Conflict conflict(int index, boolean complete, Run... runs) {
        return conflict(LOG.get(index), complete, runs);
    }

    private static Conflict conflict(StoredEvent stored, boolean complete, Run... runs) {
        Event event = stored.event();
        return new Conflict(
                Scope.ALL,
                Optional.empty(),
                Conflict.Status.CONCURRENT,
                reference(event.dot(), event.clock().orElseThrow(), stored.offset()),
                List.of(runs),
                List.of(),
                List.of(),
                complete);
    }

    private static EventRef reference(Dot dot, VectorClock clock, long offset) {
        return new EventRef(dot, new Position("events", 0, offset), clock, LamportTimestamp.ZERO, 0);
    }

    private static Run run(String process, long first, long last, long firstOffset, long lastOffset) {
        return new Run(
                ProcessId.of(process),
                first,
                last,
                new Position("events", 0, firstOffset),
                new Position("events", 0, lastOffset),
                last - first + 1,
                0,
                List.of());
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
                offset,
                Optional.empty());
    }
}
