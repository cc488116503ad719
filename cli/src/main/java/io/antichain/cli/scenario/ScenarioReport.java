package io.antichain.cli.scenario;

import java.util.List;
import java.util.Optional;

/**
 * What came of a scenario, judged by the clocks that the nodes answered with.
 *
 * @param scenario the scenario
 * @param messages how many messages were sent
 * @param concurrentPairs how many unordered pairs of them are concurrent
 * @param violation why it is not as the scenario expects; empty if it is
 */
public record ScenarioReport(Scenario scenario, int messages, long concurrentPairs, Optional<String> violation) {
    /** Compares every pair. */
    public static ScenarioReport of(Scenario scenario, List<Sent> sent) {
        long pairs = 0;
        Optional<String> violation = Optional.empty();
        for (int a = 0; a < sent.size(); a++) {
            for (int b = 0; b < a; b++) {
                boolean concurrent = sent.get(a).concurrentWith(sent.get(b));
                pairs += concurrent ? 1 : 0;
                if (violation.isEmpty()) {
                    violation = scenario.expectation().violation(sent.get(a), sent.get(b), concurrent);
                }
            }
        }
        if (pairs == 0 && scenario.expectation() != Expectation.NONE && violation.isEmpty()) {
            violation = Optional.of(
                    "Expected " + scenario.expectation().written() + ": all " + sent.size() + " messages are ordered");
        }
        return new ScenarioReport(scenario, sent.size(), pairs, violation);
    }
}
