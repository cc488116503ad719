package io.antichain.analyzer.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.EventRef;
import io.antichain.schemas.Position;
import io.antichain.schemas.Run;
import io.antichain.schemas.Scope;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The marks, held against a set of all that is marked. */
class ConflictMarksTest {
    private static final Position PLACE = new Position("events", 0, 0);
    private static final ProcessId A = ProcessId.parse("a");
    private static final ProcessId B = ProcessId.parse("b");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatARecordNamesIsMarkedAndNothingElse(long seed) {
        Random random = new Random(seed);
        ConflictMarks marks = new ConflictMarks();
        Set<Long> a = new HashSet<>();
        Set<Long> b = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            long counter = 1 + random.nextInt(200);
            long first = 1 + random.nextInt(200);
            List<Long> counters = random.nextBoolean() ? List.of() : List.of(first, first + 2, first + 5);
            Run run = new Run(
                    B, first, counters.isEmpty() ? first + random.nextInt(9) : first + 5, PLACE, PLACE, 1, 0, counters);
            marks.recorded(conflict(counter, List.of(run)));
            a.add(counter);
            run.eachCounter().forEach(b::add);
            if (i % 50 == 0) {
                marks.forgetBefore(B, random.nextInt(100));
            }
            LongStream.rangeClosed(1, 210)
                    .forEach(one -> assertThat(marks.has(new Dot(A, one))).isEqualTo(a.contains(one)));
        }
        LongStream.rangeClosed(100, 210)
                .forEach(one -> assertThat(marks.has(new Dot(B, one))).isEqualTo(b.contains(one)));
        marks.forget(B);
        assertThat(LongStream.rangeClosed(1, 210).filter(one -> marks.has(new Dot(B, one))))
                .isEmpty();
    }

    @Test
    void anEventThatOnlyResolvesIsInNoConflict() {
        ConflictMarks marks = new ConflictMarks();
        marks.recorded(conflict(1, List.of()));
        assertThat(marks.has(new Dot(A, 1))).isFalse();
    }

    private static Conflict conflict(long counter, List<Run> runs) {
        EventRef event = new EventRef(
                new Dot(A, counter), PLACE, VectorClock.of(Map.of(A, counter)), new LamportTimestamp(1), 0);
        Conflict.Status status = runs.isEmpty() ? Conflict.Status.RESOLVED : Conflict.Status.CONCURRENT;
        return new Conflict(Scope.ALL, Optional.empty(), status, event, runs, List.of(), List.of(), true);
    }
}
