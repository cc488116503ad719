package io.antichain.stamping.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The real stamping core and the real engine, on random runs of services, against the truth by reachability. */
class StampingSimulationTest {
    private static final int EXECUTIONS = Integer.getInteger("executions", 5_000);
    private static final long FIRST_SEED = Long.getLong("seed", 1);
    private static final int NO_LIMIT = 1_000_000_000;
    private static final int[] WINDOWS = {5, 20, 60, NO_LIMIT};

    private long pairs;
    private long complete;
    private long incomplete;

    @Test
    void eachConflictOfServicesIsFoundOnceAndNoneIsMadeUp() {
        System.out.println(
                "stamping clients against reachability: -Dseed=" + FIRST_SEED + " -Dexecutions=" + EXECUTIONS);
        for (long seed = FIRST_SEED; seed < FIRST_SEED + EXECUTIONS; seed++) {
            assertThat(faults(seed, Optional.empty())).as("-Dseed=%d", seed).isEmpty();
        }
        System.out.printf(
                "stamping clients against reachability: pairs=%d, complete=%d, incomplete=%d%n",
                pairs, complete, incomplete);
        assertThat(pairs).isGreaterThan(10L * EXECUTIONS);
        assertThat(complete).isGreaterThan(10L * EXECUTIONS);
        assertThat(incomplete).isGreaterThan(EXECUTIONS);
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void withARuleTakenOutAFaultIsSeen(Rule rule) {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + 2_000; seed++) {
            List<String> faults = faults(seed, Optional.of(rule));
            if (!faults.isEmpty()) {
                System.out.println("without " + rule + ": seed " + seed + ": " + faults.get(0));
                return;
            }
        }
        throw new AssertionError("Nobody misses the rule: " + rule);
    }

    private List<String> faults(long seed, Optional<Rule> without) {
        Random random = new Random(seed);
        boolean isForgetting = random.nextInt(5) == 0;
        int window = isForgetting ? 5 + random.nextInt(10) : WINDOWS[random.nextInt(WINDOWS.length)];
        int forget = isForgetting ? 3 * window + 120 : 0;
        Execution execution = new Execution(random, forget, without);
        int ahead = isForgetting ? 10 : NO_LIMIT; // partitions are read in step, far closer than entries are remembered
        Verdicts verdicts = new Verdicts(execution, window, isForgetting ? forget : NO_LIMIT, ahead, random);
        pairs += verdicts.pairs;
        complete += verdicts.complete;
        incomplete += verdicts.incomplete;
        return verdicts.faults;
    }
}
