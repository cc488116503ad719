package io.antichain.analyzer.order;

import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Anomaly.Kind;
import io.antichain.schemas.Gateway;
import io.antichain.schemas.Gateway.Rejection;
import java.util.Map;

/** What cannot be, given what was heard before: why a record is refused. */
final class Doubts {
    private final EngineLimits limits;
    private final EngineState state;
    private final ProcessTable processes;

    Doubts(EngineLimits limits, EngineState state) {
        this.limits = limits;
        this.state = state;
        this.processes = state.processes;
    }

    /**
     * The first rule that the record breaks; null if it may be believed.
     *
     * @param sender its process, null if nothing was heard of it
     * @param at where its partition stands among the engine's
     * @param clock its clock by process number
     */
    Anomaly refusal(Arriving record, KnownProcess sender, int at, long[] clock) {
        Anomaly refusal = null;
        if (sender != null) {
            refusal = record.isEvent() ? repeated(record, sender, clock) : null;
            if (refusal == null && state.apart) {
                refusal = repeatedLate(record, state.dropped[sender.number()]);
            }
            refusal = refusal == null ? regressed(record, sender.lanes()[at], clock) : refusal;
        }
        return refusal == null ? beyondLimits(record, clock, state.heard) : refusal;
    }

    /** The event's dot once more, in whatever lane of its process; null if it is new there. */
    private Anomaly repeated(Arriving record, KnownProcess known, long[] clock) {
        long counter = record.event().counter();
        for (Lane lane : known.lanes()) {
            int position = lane.ownLatest() < counter ? -1 : lane.window().find(counter);
            if (position >= 0) {
                boolean same = lane.window().fingerprint(position) == record.fingerprint(clock, processes.size())
                        && processes.unnamed() == 0;
                return same ? duplicate(record, lane, position) : reused(record, lane, position);
            }
        }
        return null;
    }

    /** An event of which nothing is held any more, in whatever topic it stands; null if it may be new. */
    private Anomaly repeatedLate(Arriving record, long dropped) {
        if (!record.isEvent() || record.event().counter() > dropped) {
            return null;
        }
        return record.anomaly(
                Kind.DUPLICATE,
                "An event stands in one of the topics: event=" + record.event().dot()
                        + " was read before, and is stable; it is dropped, its content was not compared",
                Map.of("stable", "" + dropped));
    }

    /** A counter or a clock that falls along its lane; null if neither does. */
    private Anomaly regressed(Arriving record, Lane lane, long[] clock) {
        long counter = record.event().counter();
        if (record.isEvent() && counter <= lane.ownLatest()) {
            return record.anomaly(
                    Kind.OBSOLETE,
                    "Counters rise along a partition: event=" + record.event().dot() + " follows counter "
                            + lane.ownLatest() + "; two programs may publish under one process name, or a part of the"
                            + " log was published again",
                    Map.of("lastCounter", "" + lane.ownLatest()));
        }
        int fallen = lane.fallen(clock);
        if (fallen < 0) {
            return null;
        }
        String entry = processes.process(fallen).toString();
        return record.anomaly(
                Kind.CLOCK_REGRESSED,
                "A process's clock never falls: process=" + record.event().process() + ", counter=" + counter + ", "
                        + entry + "=" + clock[fallen] + " follows " + lane.latest(fallen)
                        + "; the process has lost what it knew",
                Map.of("entry", entry, "before", "" + lane.latest(fallen), "now", "" + clock[fallen]));
    }

    /**
     * A clock that runs too far ahead of all that were heard, or names too many processes; null if neither.
     *
     * @param heard the greatest entry of each process in any clock so far, 0 for one that no clock had
     */
    private Anomaly beyondLimits(Arriving record, long[] clock, long[] heard) {
        for (int k = 0; k < processes.size(); k++) {
            if (clock[k] - heard[k] > limits.maxClockJump() && heard[k] > 0) {
                Rejection tooFar = Gateway.tooFar(
                        record.event(), processes.process(k).toString(), clock[k], heard[k], limits.maxClockJump());
                return record.anomaly(tooFar.kind(), tooFar.sentence(), tooFar.evidence());
            }
        }
        int named = processes.size() + processes.unnamed();
        if (processes.unnamed() > 0 && named > limits.maxProcesses()) {
            return record.anomaly(
                    Kind.CLOCK_TOO_WIDE,
                    "All clocks together name at most " + limits.maxProcesses() + " processes: process="
                            + record.event().process() + ", counter="
                            + record.event().counter()
                            + ", processes=" + named + "; raise --max-clock-width if this many are real",
                    Map.of("processes", "" + named));
        }
        return null;
    }

    private static Anomaly duplicate(Arriving record, Lane lane, int position) {
        return record.anomaly(
                Kind.DUPLICATE,
                "An event stands in the log once: event=" + record.event().dot() + " was read before at offset "
                        + lane.window().offset(position) + " with the same content; it is dropped",
                first(lane, position));
    }

    private static Anomaly reused(Arriving record, Lane lane, int position) {
        return record.anomaly(
                Kind.DOT_REUSED,
                "A dot names one event: event=" + record.event().dot() + " was read before at offset "
                        + lane.window().offset(position) + " with other content; a process reuses its counters",
                first(lane, position));
    }

    private static Map<String, String> first(Lane lane, int position) {
        return Map.of(
                "firstPartition",
                "" + lane.partition(),
                "firstOffset",
                "" + lane.window().offset(position));
    }
}
