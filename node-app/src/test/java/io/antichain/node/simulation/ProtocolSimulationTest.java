package io.antichain.node.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * {@code -Dsimulation.seeds=100000} runs more than the build does, {@code -Dsimulation.first=S} begins at another seed.
 */
class ProtocolSimulationTest {
    private static final long FIRST = Long.getLong("simulation.first", 1);
    private static final long SEEDS = Long.getLong("simulation.seeds", 5_000);

    @Test
    void everyInvariantHoldsAfterEveryStepOfEverySeed() {
        long messages = 0;
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            messages += runSeed(seed);
        }
        System.out.println(
                "Simulated seeds " + FIRST + " to " + (FIRST + SEEDS - 1) + ": " + messages + " messages committed");
        assertThat(messages).isGreaterThan(5 * SEEDS);
    }

    private static int runSeed(long seed) {
        try {
            return new Simulation(seed).run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed=" + seed + ": " + e.getMessage(), e);
        }
    }
}
