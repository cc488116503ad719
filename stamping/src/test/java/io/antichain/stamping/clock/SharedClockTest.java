package io.antichain.stamping.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.clocks.BinaryForm;
import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.Stamp;
import io.antichain.clocks.VectorClock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a clock promises, one rule a test. */
class SharedClockTest {
    private static final long FORGET_MS = 1_000;

    private final SharedClock clock = new SharedClock(ProcessId.parse("a~3"), FORGET_MS);

    private static Stamp stamp(String dot, String clock, long lamport) {
        return new Stamp(Dot.parse(dot), VectorClock.parse(clock), new LamportTimestamp(lamport));
    }

    @Test
    void countersAreGivenOnceWhateverBecomesOfTheRecords() {
        Set<Dot> dots = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            assertThat(dots.add(clock.stamp(0).dot())).isTrue();
        }
        assertThat(clock.clock()).hasToString("{a~3=100}");
    }

    @Test
    void aDeliveredClockIsInTheNextStampAndNotInTheOneBefore() {
        Stamp before = clock.stamp(0);
        assertThat(clock.deliver(stamp("b:7", "{b=7, c=2}", 9), 0)).isEqualTo(StampOutcome.DELIVERED);
        Stamp after = clock.stamp(0);
        assertThat(before.clock()).hasToString("{a~3=1}");
        assertThat(after.clock()).hasToString("{a~3=2, b=7, c=2}");
        assertThat(after.lamport().value()).isEqualTo(10);
    }

    @Test
    void anOlderClockChangesNothing() {
        clock.deliver(stamp("b:7", "{b=7, c=2}", 9), 0);
        clock.deliver(stamp("b:3", "{b=3}", 4), 0);
        assertThat(clock.clock()).hasToString("{b=7, c=2}");
        assertThat(clock.stamp(0).lamport().value()).isEqualTo(10);
    }

    @Test
    void anEntryThatNothingRaisesIsLeftOutOfStampsAndKeptInMemory() {
        clock.deliver(stamp("b:7", "{b=7}", 1), 0);
        clock.deliver(stamp("c:2", "{c=2}", 1), 900);
        assertThat(clock.stamp(1_000).clock()).hasToString("{a~3=1, b=7, c=2}");
        assertThat(clock.stamp(1_001).clock()).hasToString("{a~3=2, c=2}");
        assertThat(clock.clock()).hasToString("{a~3=2, b=7, c=2}");
        assertThat(clock.width()).isEqualTo(2);
    }

    @Test
    void anEntryLeftOutComesBackOnlyWithAGreaterValue() {
        clock.deliver(stamp("b:7", "{b=7}", 1), 0);
        clock.stamp(2_000);
        clock.deliver(stamp("c:1", "{b=7, c=1}", 2), 2_000);
        assertThat(clock.stamp(2_000).clock()).hasToString("{a~3=2, c=1}");
        clock.deliver(stamp("c:2", "{b=8, c=2}", 2), 2_000);
        assertThat(clock.stamp(2_000).clock()).hasToString("{a~3=3, b=8, c=2}");
        assertThat(clock.clock()).hasToString("{a~3=3, b=8, c=2}");
    }

    @Test
    void theOwnEntryIsNeverLeftOutSoNoCounterIsUsedAgain() {
        clock.stamp(0);
        clock.deliver(stamp("b:7", "{b=7}", 1), 0);
        assertThat(clock.stamp(50_000).dot()).hasToString("a~3:2");
        assertThat(clock.stamp(100_000).dot()).hasToString("a~3:3");
    }

    @Test
    void aClockTooFarAheadIsNotBelievedUntilASecondEventClaimsAsMuch() {
        clock.deliver(stamp("b:1", "{b=1}", 1), 0);
        assertThat(clock.deliver(stamp("b:9000000", "{b=9000000}", 2), 0)).isEqualTo(StampOutcome.TOO_FAR);
        assertThat(clock.clock()).hasToString("{b=1}");
        assertThat(clock.deliver(stamp("b:9000000", "{b=9000000}", 2), 0))
                .as("the same event once more is no second witness")
                .isEqualTo(StampOutcome.TOO_FAR);
        assertThat(clock.deliver(stamp("b:9000001", "{b=9000001}", 3), 0)).isEqualTo(StampOutcome.DELIVERED);
        assertThat(clock.clock()).hasToString("{b=9000001}");
    }

    @Test
    void aLamportTimestampTooFarAheadIsDoubtedLikeAnEntry() {
        clock.deliver(stamp("b:1", "{b=1}", 1), 0);
        assertThat(clock.deliver(stamp("b:2", "{b=2}", LamportTimestamp.MAX_VALUE), 0))
                .isEqualTo(StampOutcome.TOO_FAR);
        assertThat(clock.stamp(0).lamport().value()).isEqualTo(2);
    }

    @Test
    void theGreatestLamportTimestampStopsNobody() {
        clock.deliver(stamp("b:1", "{b=1}", LamportTimestamp.MAX_VALUE), 0);
        assertThat(clock.stamp(0).lamport().value()).isEqualTo(LamportTimestamp.MAX_VALUE);
    }

    @Test
    void aClockOfMoreThanAThousandProcessesIsNotMerged() {
        for (int i = 0; i < 1_000; i++) {
            clock.deliver(stamp("p" + i + ":1", "{p" + i + "=1}", 1), 0);
        }
        assertThat(clock.deliver(stamp("q:1", "{q=1}", 1), 0)).isEqualTo(StampOutcome.TOO_WIDE);
        assertThat(clock.clock().size()).isEqualTo(1_000);
    }

    @Test
    void anotherLifeOfTheNameThatKnowsThisOneIsSeen() {
        assertThat(clock.deliver(stamp("a~2:5", "{a~2=5}", 1), 0))
                .as("the life before")
                .isEqualTo(StampOutcome.DELIVERED);
        clock.stamp(0);
        assertThat(clock.deliver(stamp("a~4:1", "{a~3=1, a~4=1}", 3), 0)).isEqualTo(StampOutcome.SECOND_LIFE);
    }

    @Test
    void somebodyWithTheSameNameAndNumberIsSeenAndNoCounterOfHisIsUsed() {
        clock.stamp(0);
        assertThat(clock.deliver(stamp("a~3:1", "{a~3=1}", 1), 0))
                .as("its own record, read back")
                .isEqualTo(StampOutcome.DELIVERED);
        assertThat(clock.deliver(stamp("a~3:5", "{a~3=5}", 5), 0)).isEqualTo(StampOutcome.SECOND_SELF);
        assertThat(clock.stamp(0).dot()).hasToString("a~3:6");
    }

    @Test
    void whatALifeHandsOnIsKnownToTheNext() {
        clock.deliver(stamp("b:7", "{b=7}", 20), 0);
        clock.stamp(0);
        SharedClock next = new SharedClock(ProcessId.parse("a~9"), FORGET_MS);
        next.recover(clock.knowledge(0), 0);
        Stamp first = next.stamp(0);
        assertThat(first.clock()).hasToString("{a~3=1, a~9=1, b=7}");
        assertThat(first.lamport().value()).isEqualTo(22);
    }

    @Test
    void entriesKeepTheirAgeFromLifeToLifeSoThatTheDeadAreForgotten() {
        clock.deliver(stamp("b:7", "{b=7}", 1), 0);
        SharedClock next = new SharedClock(ProcessId.parse("a~4"), FORGET_MS);
        next.recover(clock.knowledge(400), 400);
        assertThat(next.stamp(1_000).clock()).hasToString("{a~4=1, b=7}");
        assertThat(next.stamp(1_001).clock()).hasToString("{a~4=2}");
        assertThat(next.clock()).hasToString("{a~4=2, b=7}");
    }

    @Test
    void whatIsLeftOutIsHandedOnSoThatTheNextLifeDoesNotTakeItForNews() {
        clock.deliver(stamp("b:7", "{b=7}", 1), 0);
        SharedClock next = new SharedClock(ProcessId.parse("a~4"), FORGET_MS);
        next.recover(clock.knowledge(1_001), 1_001);
        next.deliver(stamp("c:1", "{b=7, c=1}", 2), 1_002);
        assertThat(next.stamp(1_002).clock()).hasToString("{a~4=1, c=1}");
        next.deliver(stamp("b:8", "{b=8}", 2), 1_003);
        assertThat(next.stamp(1_003).clock()).hasToString("{a~4=2, b=8, c=1}");
    }

    @Test
    void whatIsLeftOutIsHandedOnForAsLongAsSomebodyElseMayStillHaveIt() {
        clock.deliver(stamp("b:7", "{b=7}", 1), 0);
        assertThat(clock.knowledge(2_000).clock()).hasToString("{b=7}");
        assertThat(clock.knowledge(2_000).raisedSince(1_000).clock()).hasToString("{}");
        assertThat(clock.knowledge(2_001).clock()).hasToString("{}");
        assertThat(clock.clock()).hasToString("{b=7}");
    }

    @Test
    void whatIsTakenOverAndLeftOutMakesNoClockTooWide() {
        Map<ProcessId, Long> entries = new HashMap<>();
        Map<ProcessId, Long> raisedAtMs = new HashMap<>();
        for (int i = 0; i < BinaryForm.MAX_ENTRIES; i++) {
            entries.put(ProcessId.of("gone-" + i), 1L);
            raisedAtMs.put(ProcessId.of("gone-" + i), 0L);
        }
        Knowledge before = new Knowledge(VectorClock.of(entries), LamportTimestamp.ZERO, raisedAtMs);
        clock.deliver(stamp("b:7", "{b=7}", 1), 1_500);
        assertThat(clock.recover(before, 1_500)).isEqualTo(StampOutcome.DELIVERED);
        assertThat(clock.stamp(1_500).clock()).hasToString("{a~3=1, b=7}");
    }

    /** Eight instances, of which one begins its next life every so often; all that lives hand on is what they knew. */
    @ParameterizedTest
    @ValueSource(ints = {5, 10, 30, 100, 300})
    void theDeadAreForgottenHoweverOftenLivesBegin(int everySteps) {
        int forgetSteps = 60;
        Random random = new Random(everySteps);
        List<SharedClock> instances = new ArrayList<>();
        List<Stamp> log = new ArrayList<>();
        int[] read = new int[8];
        int lives = 0;
        for (int i = 0; i < read.length; i++) {
            instances.add(new SharedClock(new ProcessId("s" + i, ++lives), forgetSteps));
        }
        for (int step = 1; step < 100 * everySteps; step++) {
            if (step % everySteps == 0) {
                int next = lives % read.length;
                SharedClock life = new SharedClock(new ProcessId("s" + next, ++lives), forgetSteps);
                life.recover(instances.get(next).knowledge(step), step);
                instances.set(next, life);
            }
            for (int turn = 0; turn < 4; turn++) {
                int one = random.nextInt(read.length);
                for (; read[one] < log.size(); read[one]++) {
                    instances.get(one).deliver(log.get(read[one]), step);
                }
                log.add(instances.get(one).stamp(step));
                int diedOfLate = forgetSteps / everySteps + 1;
                int heardOfLate =
                        read.length; // of a life that ended before, each may have been handed the last record later
                assertThat(instances.get(one).width())
                        .as("everySteps=%d, step=%d", everySteps, step)
                        .isLessThanOrEqualTo(read.length + diedOfLate + heardOfLate);
            }
        }
    }

    @Test
    void aTailIsAsOldAsItsRecords() {
        clock.recover(stamp("b:7", "{b=7}", 1), 100, 600);
        assertThat(clock.stamp(1_100).clock()).hasToString("{a~3=1, b=7}");
        assertThat(clock.stamp(1_101).clock()).hasToString("{a~3=2}");
    }

    @Test
    void whatIsTakenOverAndHalfForgottenDoesNotBeginToBeInStamps() {
        clock.recover(stamp("b:7", "{b=7}", 1), 100, 601);
        assertThat(clock.stamp(601).clock()).hasToString("{a~3=1}");
        assertThat(clock.clock()).hasToString("{a~3=1, b=7}");
    }

    @Test
    void whatIsInStampsAndRaisedByAnOldRecordStaysForHalfTheTime() {
        clock.deliver(stamp("b:6", "{b=6}", 1), 0);
        clock.recover(stamp("b:7", "{b=7}", 1), 0, 1_000);
        assertThat(clock.stamp(1_500).clock()).hasToString("{a~3=1, b=7}");
        assertThat(clock.stamp(1_501).clock()).hasToString("{a~3=2}");
    }
}
