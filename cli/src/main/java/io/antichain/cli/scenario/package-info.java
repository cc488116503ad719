/**
 * Scenarios: text files that say who publishes when, and which conflicts must come of it.
 * {@link io.antichain.cli.scenario.ScenarioParser} has the language, {@code resources/scenarios} the four that are built in.
 */
package io.antichain.cli.scenario;
