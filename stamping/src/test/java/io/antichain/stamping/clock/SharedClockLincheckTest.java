package io.antichain.stamping.clock;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.Stamp;
import io.antichain.clocks.VectorClock;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whatever threads do with a shared clock, they might have done one after the other. Lincheck runs them under stress: its model
 * checker takes the weak references in {@code clocks} for chance.
 */
@Tag("lincheck")
class SharedClockLincheckTest {
    private static final ProcessId SELF = ProcessId.of("a");
    private static final Stamp FROM_B =
            new Stamp(Dot.parse("b:3"), VectorClock.parse("{b=3, c=1}"), new LamportTimestamp(7));

    private static StressOptions options() {
        return new StressOptions()
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(0)
                .actorsAfter(1)
                .iterations(5)
                .invocationsPerIteration(1_000);
    }

    /** The real clock. */
    public static final class Shared {
        private final SharedClock clock = new SharedClock(SELF, 1_000);

        @Operation
        public String stamp() {
            return clock.stamp(0).toString();
        }

        @Operation
        public String deliver() {
            return clock.deliver(FROM_B, 0).name();
        }

        @Operation
        public String clock() {
            return clock.clock().toString();
        }

        @Operation
        public String handOn() {
            return clock.knowledge(0).clock().toString();
        }
    }

    /** A clock whose counter is not given in one step with the rest: what the rule is for. */
    public static final class InTwoSteps {
        private volatile VectorClock clock = VectorClock.empty();

        @Operation
        public String stamp() {
            VectorClock next = clock.tick(SELF);
            Thread.yield();
            clock = next;
            return next.toString();
        }

        @Operation
        public String deliver() {
            clock = clock.merge(FROM_B.clock());
            return "DELIVERED";
        }
    }

    @Test
    void theSharedClockIsLinearizable() {
        options().check(Shared.class);
    }

    @Test
    void aClockInTwoStepsIsSeenNotToBe() {
        // The shortest execution that shows it is of no use here, and takes as long again to find.
        assertThatThrownBy(() -> options().minimizeFailedScenario(false).check(InTwoSteps.class))
                .isInstanceOf(AssertionError.class);
    }
}
