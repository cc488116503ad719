package io.antichain.clocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.clocks.RandomExecution.Message;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The clocks against the definition, on random executions whose causal histories are kept as sets of dots. */
class StrongClockConditionTest {
    private static final long SEED = Long.getLong("antichain.seed", 20_260_101L);
    private static final int EXECUTIONS = 1_500;

    @Test
    void clocksAgreeWithCausalHistoriesForEveryPair() {
        Set<CausalOrder> seen = EnumSet.noneOf(CausalOrder.class);
        for (List<Message> execution : executions(SEED)) {
            for (Message a : execution) {
                for (Message b : execution) {
                    CausalOrder truth = a.truth(b);
                    seen.add(truth);
                    assertThat(a.clock().compare(b.clock()))
                            .as(() -> pair(a, b))
                            .isEqualTo(truth);
                    assertThat(CausalOrder.between(a.dot(), a.clock(), b.dot(), b.clock()))
                            .as(() -> pair(a, b))
                            .isEqualTo(truth);
                    assertThat(b.clock().includes(a.dot()))
                            .as(() -> pair(a, b))
                            .isEqualTo(b.history().contains(a.dot()));
                }
            }
        }
        assertThat(seen).containsExactlyInAnyOrder(CausalOrder.values());
    }

    @Test
    void lamportTimestampsOfBothRulesGrowAlongHappenedBefore() {
        int ordered = 0;
        for (List<Message> execution : executions(SEED)) {
            for (Message a : execution) {
                for (Message b : execution) {
                    if (a.happenedBefore(b)) {
                        ordered++;
                        assertThat(a.merged().value())
                                .as(() -> pair(a, b))
                                .isLessThan(b.merged().value());
                        assertThat(a.ticked().value())
                                .as(() -> pair(a, b))
                                .isLessThan(b.ticked().value());
                    }
                }
            }
        }
        assertThat(ordered).isPositive();
    }

    @Test
    void sameSeedGivesSameExecutions() {
        assertThat(executions(SEED)).isEqualTo(executions(SEED)).isNotEqualTo(executions(SEED + 1));
    }

    private static List<List<Message>> executions(long seed) {
        System.out.println("StrongClockConditionTest: -Dantichain.seed=" + seed);
        Random random = new Random(seed);
        List<List<Message>> executions = new ArrayList<>();
        for (int i = 0; i < EXECUTIONS; i++) {
            executions.add(RandomExecution.messages(random));
        }
        return executions;
    }

    private static String pair(Message a, Message b) {
        return "seed=" + SEED + ", a=" + a.dot() + " " + a.clock() + ", b=" + b.dot() + " " + b.clock();
    }
}
