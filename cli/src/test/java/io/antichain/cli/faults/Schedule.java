package io.antichain.cli.faults;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * What goes wrong when: the same for the same seed and length.
 *
 * @param faults in the order of time
 */
record Schedule(List<Fault> faults) {
    /** What goes wrong. */
    enum Kind {
        /** kill -9 of a program; started again after its duration. */
        KILL,
        /** kill -9 of a node, and two started at once under its name. */
        TWINS,
        /** SIGSTOP of a program; SIGCONT after its duration, which may be past the transaction time-out. */
        STOP,
        /** SIGTERM of a program, which ends in an orderly way; started again after its duration. */
        LEAVE,
        /** SIGSTOP of a node, a second one under its name, then SIGCONT of the first after its duration. */
        ZOMBIE,
        /** A second node under the name of one that runs. */
        RIVAL,
        /**
         * kill -9 of the broker; started again on the same data after its duration. It is never stopped in order: Kafka
         * itself loses commits then, see docs/oddities.md.
         */
        BROKER_KILL,
        /** SIGSTOP of the broker, then SIGCONT after its duration: nothing is lost, and nobody is answered. */
        BROKER_STOP,
        /** The broker answers slowly for its duration. */
        SLOW,
        /** Nobody reaches the broker for its duration. */
        CUT
    }

    /**
     * One fault.
     *
     * @param atMs since the start of the run
     * @param kind what goes wrong
     * @param program which of the programs, from 0, where it is about one
     * @param durationMs how long
     */
    record Fault(long atMs, Kind kind, int program, long durationMs) {}

    private record Rate(Kind kind, long everyMs, long leastMs, long mostMs) {}

    private static final List<Rate> NODES = List.of(
            new Rate(Kind.KILL, 3_800, 100, 1_000),
            new Rate(Kind.TWINS, 60_000, 0, 1),
            new Rate(Kind.STOP, 30_000, 500, 14_000),
            new Rate(Kind.ZOMBIE, 60_000, 6_000, 14_000),
            new Rate(Kind.RIVAL, 60_000, 0, 1),
            new Rate(Kind.BROKER_KILL, 32_000, 100, 2_000),
            new Rate(Kind.SLOW, 60_000, 2_000, 6_000),
            new Rate(Kind.CUT, 60_000, 500, 5_000));

    private static final List<Rate> ANALYZERS = List.of(
            new Rate(Kind.KILL, 5_000, 100, 3_000),
            new Rate(Kind.STOP, 18_000, 4_000, 18_000),
            new Rate(Kind.LEAVE, 10_000, 100, 3_000),
            new Rate(Kind.BROKER_KILL, 25_000, 100, 2_000));

    private static final List<Rate> SERVICES = List.of(
            new Rate(Kind.KILL, 7_000, 100, 2_500),
            new Rate(Kind.LEAVE, 14_000, 100, 2_000),
            new Rate(Kind.STOP, 30_000, 6_500, 9_000),
            new Rate(Kind.BROKER_STOP, 40_000, 3_500, 6_500),
            new Rate(Kind.CUT, 40_000, 500, 5_000));

    static Schedule ofNodes(long seed, int programs, long lengthMs) {
        return of(NODES, seed, programs, lengthMs);
    }

    static Schedule ofAnalyzers(long seed, int programs, long lengthMs) {
        return of(ANALYZERS, seed, programs, lengthMs);
    }

    static Schedule ofServices(long seed, int programs, long lengthMs) {
        return of(SERVICES, seed, programs, lengthMs);
    }

    private static Schedule of(List<Rate> rates, long seed, int programs, long lengthMs) {
        Random random = new Random(seed);
        List<Fault> faults = new ArrayList<>();
        for (Rate rate : rates) {
            // The first comes early, so that a short run has one of each kind.
            long atMs = 5_000 + random.nextInt((int) Math.min(rate.everyMs(), 30_000));
            while (atMs < lengthMs) {
                long durationMs = rate.leastMs() + random.nextInt((int) (rate.mostMs() - rate.leastMs()));
                faults.add(new Fault(atMs, rate.kind(), random.nextInt(programs), durationMs));
                atMs += rate.everyMs() / 2 + random.nextInt((int) rate.everyMs());
            }
        }
        faults.sort(Comparator.comparingLong(Fault::atMs));
        return new Schedule(List.copyOf(faults));
    }
}
