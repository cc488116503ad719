package io.antichain.analyzer.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.analyzer.logfile.LoggedEvent;
import io.antichain.analyzer.logfile.RandomLog;
import io.antichain.clocks.CausalOrder;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CoveringsTest {
    @Test
    void theEdgesAreTheTransitiveReductionOfHappenedBefore() {
        int edges = 0;
        for (long seed = 1; seed <= 400; seed++) {
            Random random = new Random(seed);
            double keptShare = random.nextBoolean() ? 1 : 0.5 + random.nextDouble() / 2;
            List<LoggedEvent> events = RandomLog.events(random, 1 + random.nextInt(7), 60, keptShare);
            Collections.shuffle(events, random);
            List<Coverings.Edge> found = Coverings.of(events);
            assertThat(new HashSet<>(found))
                    .as("seed %d", seed)
                    .hasSameSizeAs(found)
                    .isEqualTo(byDefinition(events));
            edges += found.size();
        }
        assertThat(edges).isPositive();
    }

    /** Every pair, and for each whether any third event lies between. */
    private static Set<Coverings.Edge> byDefinition(List<LoggedEvent> events) {
        Set<Coverings.Edge> edges = new HashSet<>();
        for (LoggedEvent lower : events) {
            for (LoggedEvent upper : events) {
                if (before(lower, upper)
                        && events.stream().noneMatch(between -> before(lower, between) && before(between, upper))) {
                    edges.add(new Coverings.Edge(lower.dot(), upper.dot()));
                }
            }
        }
        return edges;
    }

    private static boolean before(LoggedEvent a, LoggedEvent b) {
        return a.clock().compare(b.clock()) == CausalOrder.BEFORE;
    }
}
