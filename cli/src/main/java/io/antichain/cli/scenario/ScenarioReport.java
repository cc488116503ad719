package io.antichain.cli.scenario;

import io.antichain.clocks.CausalOrder;
import java.util.List;
import java.util.Optional;

/**
 * What came of a scenario, judged by the clocks that the nodes answered with.
 *
 * @param scenario the scenario
 * @param messages how many messages were sent
 * @param concurrentPairs how many unordered pairs of them are concurrent
 * @param byLamport what Lamport timestamps say of the pairs, beside what is so
 * @param violation why it is not as the scenario expects; empty if it is
 */
public record ScenarioReport(
        Scenario scenario, int messages, long concurrentPairs, ByLamport byLamport, Optional<String> violation) {
    /**
     * The pairs of messages, by what their Lamport timestamps say and what is truly so.
     *
     * @param different pairs with different timestamps, which these put in an order
     * @param equal pairs with equal timestamps
     * @param unknown pairs of which one message has no vector clock: what is so cannot be known
     */
    public record ByLamport(Pairs different, Pairs equal, long unknown) {}

    /**
     * Pairs of messages.
     *
     * @param ordered those of which one happened before the other
     * @param concurrent those of which neither did
     */
    public record Pairs(long ordered, long concurrent) {
        private static final Pairs NONE = new Pairs(0, 0);

        private Pairs with(CausalOrder relation) {
            return relation == CausalOrder.CONCURRENT
                    ? new Pairs(ordered, concurrent + 1)
                    : new Pairs(ordered + 1, concurrent);
        }
    }

    /** Compares every pair. */
    public static ScenarioReport of(Scenario scenario, List<SentMessage> sent) {
        Pairs different = Pairs.NONE;
        Pairs equal = Pairs.NONE;
        long unknown = 0;
        Optional<String> violation = Optional.empty();
        for (int a = 0; a < sent.size(); a++) {
            for (int b = 0; b < a; b++) {
                Optional<CausalOrder> relation = sent.get(a).relation(sent.get(b));
                if (relation.isEmpty()) {
                    unknown++;
                    continue;
                }
                boolean tie = sent.get(a).lamport().equals(sent.get(b).lamport());
                different = tie ? different : different.with(relation.get());
                equal = tie ? equal.with(relation.get()) : equal;
                if (violation.isEmpty()) {
                    boolean concurrent = relation.get() == CausalOrder.CONCURRENT;
                    violation = scenario.expectation().violation(sent.get(a), sent.get(b), concurrent);
                }
            }
        }
        long pairs = different.concurrent() + equal.concurrent();
        boolean known = different.ordered() + pairs > 0;
        if (known && pairs == 0 && scenario.expectation() != Expectation.NONE && violation.isEmpty()) {
            violation = Optional.of(
                    "Expected " + scenario.expectation().written() + ": all " + sent.size() + " messages are ordered");
        }
        return new ScenarioReport(scenario, sent.size(), pairs, new ByLamport(different, equal, unknown), violation);
    }

    /** How many messages were sent, how many pairs of them are concurrent, and whether that was expected. */
    public String sentence() {
        return messages + " messages sent; " + concurrentPairs + " pairs of them are concurrent. " + verdict();
    }

    private String verdict() {
        String expectation = scenario.expectation().written();
        long known = concurrentPairs
                + byLamport.different().ordered()
                + byLamport.equal().ordered();
        if (known == 0 && byLamport.unknown() > 0) {
            return "Expected " + expectation + ", but without vector clocks this cannot be checked.";
        }
        return violation
                .map(unexpected -> "NOT as expected. " + unexpected + ".")
                .orElse("As expected: " + expectation + ".");
    }
}
