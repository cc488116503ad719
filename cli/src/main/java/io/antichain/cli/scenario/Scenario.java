package io.antichain.cli.scenario;

import java.util.List;

/**
 * A script for several nodes, with the conflicts that must come of it.
 *
 * @param name what it is called
 * @param sentence what happens, and why it conflicts or not
 * @param steps what is done, in this order
 * @param expectation which conflicts must come of it
 */
public record Scenario(String name, String sentence, List<Step> steps, Expectation expectation) {
    public Scenario {
        steps = List.copyOf(steps);
    }
}
