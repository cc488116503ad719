package io.antichain.cli.scenario;

import java.util.List;

/** One thing that a scenario does. Nodes are numbered from 1; an empty list of nodes stands for all. */
sealed interface Step {
    /** Every node that is not paused delivers everything published so far. */
    record Sync() implements Step {}

    /** The nodes stop delivering; they can still publish. */
    record Pause(List<Integer> nodes) implements Step {}

    /** The nodes deliver again. */
    record Resume(List<Integer> nodes) implements Step {}

    /** So many messages in all, one at a time, each after every node that is not paused has the one before. */
    record Turns(int messages, List<Integer> nodes) implements Step {}

    /** So many messages from each of the nodes, all at once. */
    record Burst(int messages, List<Integer> nodes) implements Step {}

    /** The steps, so many times over. */
    record Repeat(int times, List<Step> steps) implements Step {}
}
