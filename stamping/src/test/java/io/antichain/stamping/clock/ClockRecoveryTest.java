package io.antichain.stamping.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.Stamp;
import io.antichain.clocks.VectorClock;
import io.antichain.stamping.clock.ClockRecovery.Mode;
import io.antichain.stamping.clock.ClockRecovery.Step;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where a life finds what the one before knew. */
class ClockRecoveryTest {
    private static final Knowledge KNOWN =
            new Knowledge(VectorClock.parse("{a=1}"), new LamportTimestamp(1), Map.of(ProcessId.of("a"), 7_200_000L));
    private static final String TEXT = KnowledgeText.write(KNOWN, 7_200_000).orElseThrow();

    @Test
    void metadataIsTakenWhereItStands() {
        assertThat(ClockRecovery.of(Mode.METADATA, Optional.of(5_000L), TEXT)).isEqualTo(new Step.Known(KNOWN));
    }

    @Test
    void theTailBeforeTheCommittedOffsetIsReadWhereMetadataIsMissingOrSomebodyElses() {
        assertThat(ClockRecovery.of(Mode.METADATA, Optional.of(5_000L), "")).isEqualTo(new Step.Tail(4_000, 5_000));
        assertThat(ClockRecovery.of(Mode.METADATA, Optional.of(5_000L), "AgAB")).isEqualTo(new Step.Tail(4_000, 5_000));
        assertThat(ClockRecovery.of(Mode.TAIL, Optional.of(7L), TEXT)).isEqualTo(new Step.Tail(0, 7));
    }

    @Test
    void whereNothingWasCommittedNothingWasHandedToAnybody() {
        assertThat(ClockRecovery.of(Mode.METADATA, Optional.empty(), "")).isEqualTo(new Step.Nothing());
        assertThat(ClockRecovery.of(Mode.METADATA, Optional.of(0L), "")).isEqualTo(new Step.Nothing());
        assertThat(ClockRecovery.of(Mode.NONE, Optional.of(5_000L), TEXT)).isEqualTo(new Step.Nothing());
    }

    @Test
    void ofWhatStandsInAnOutputTopicOnlyEarlierLivesOfTheNameWereKnown() {
        ProcessId self = ProcessId.parse("a~2");
        assertThat(ClockRecovery.inherits(self, stamp("a~1"))).isTrue();
        assertThat(ClockRecovery.inherits(self, stamp("a"))).isTrue();
        assertThat(ClockRecovery.inherits(self, stamp("a~2"))).isFalse();
        assertThat(ClockRecovery.inherits(self, stamp("b"))).isFalse();
    }

    private static Stamp stamp(String process) {
        Dot dot = Dot.parse(process + ":1");
        return new Stamp(dot, VectorClock.empty().tick(dot.process()), new LamportTimestamp(1));
    }
}
