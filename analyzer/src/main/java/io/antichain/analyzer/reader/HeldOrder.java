package io.antichain.analyzer.reader;

import io.antichain.clocks.Covering;
import io.antichain.clocks.Dot;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.StampedEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** The events held, by process and lane: how they are ordered is found by binary search along each lane. */
final class HeldOrder {
    private final TreeMap<ProcessId, HeldProcess> processes = new TreeMap<>();

    HeldProcess process(ProcessId id) {
        return processes.get(id);
    }

    HeldProcess named(ProcessId id) {
        return processes.computeIfAbsent(id, HeldProcess::new);
    }

    Collection<HeldProcess> all() {
        return processes.values();
    }

    /** The event; null if it is not held. */
    HeldEvent find(Dot dot) {
        HeldEvent last = last(dot.process(), dot.counter());
        return last != null && last.dot().counter() == dot.counter() ? last : null;
    }

    /** The last event held of a process with at most this counter; null if there is none. */
    HeldEvent last(ProcessId id, long counter) {
        HeldProcess process = processes.get(id);
        return process == null ? null : process.last(counter);
    }

    /** The events that stand so to {@code event}, a run a process, by process. */
    List<ProcessRun> runs(StampedEvent event, Side side) {
        List<ProcessRun> runs = new ArrayList<>();
        for (HeldProcess process : processes.values()) {
            ProcessRun run = run(process, event, side);
            if (run != null) {
                runs.add(run);
            }
        }
        return runs;
    }

    private static ProcessRun run(HeldProcess process, StampedEvent event, Side side) {
        long first = Long.MAX_VALUE;
        long last = 0;
        int length = 0;
        for (HeldLane lane : process.lanes()) {
            int from = from(process, lane, event, side);
            int to = to(process, lane, event, side);
            if (from < to) {
                first = Math.min(first, lane.events().get(from).dot().counter());
                last = Math.max(last, lane.events().get(to - 1).dot().counter());
                length += to - from;
            }
        }
        return length == 0 ? null : new ProcessRun(process.id(), first, last, length);
    }

    private static int from(HeldProcess process, HeldLane lane, StampedEvent event, Side side) {
        return switch (side) {
            case PAST -> 0;
            case CONCURRENT -> known(process, lane, event);
            case FUTURE -> ignorant(process, lane, event);
        };
    }

    private static int to(HeldProcess process, HeldLane lane, StampedEvent event, Side side) {
        return switch (side) {
            case PAST -> isOwn(process, event) ? lane.upTo(event.dot().counter() - 1) : known(process, lane, event);
            case CONCURRENT -> isOwn(process, event) ? 0 : ignorant(process, lane, event);
            case FUTURE -> lane.events().size();
        };
    }

    /** How many of the lane's events the event knows. */
    private static int known(HeldProcess process, HeldLane lane, StampedEvent event) {
        return lane.upTo(event.clock().get(process.id()));
    }

    /** How many of the lane's events do not know the event; of its own process, those up to it. */
    private static int ignorant(HeldProcess process, HeldLane lane, StampedEvent event) {
        return isOwn(process, event) ? lane.upTo(event.dot().counter()) : lane.ignorantOf(event.dot());
    }

    private static boolean isOwn(HeldProcess process, StampedEvent event) {
        return process.id().equals(event.dot().process());
    }

    /** The events held that the event covers, by process. */
    List<Dot> covers(StampedEvent event) {
        return Covering.coveredBy(event, (process, counter) -> {
                    HeldEvent last = last(process, counter);
                    return last == null ? null : last.stamped();
                })
                .stream()
                .map(StampedEvent::dot)
                .toList();
    }

    /** The events held that cover the event, by process: of each process, only the first that knows it can. */
    List<Dot> coveredBy(StampedEvent event) {
        List<StampedEvent> candidates = new ArrayList<>();
        for (HeldProcess process : processes.values()) {
            HeldEvent candidate = process.firstKnowing(event);
            if (candidate != null) {
                candidates.add(candidate.stamped());
            }
        }
        return candidates.stream()
                .filter(candidate -> candidates.stream()
                        .noneMatch(
                                other -> other != candidate && candidate.clock().includes(other.dot())))
                .map(StampedEvent::dot)
                .toList();
    }

    /** One more than the greatest depth of what the event knows. */
    int depthAbove(StampedEvent event) {
        int[] deepest = {0};
        event.clock().forEach((id, counter) -> {
            HeldProcess process = processes.get(id);
            if (process != null) {
                long most = id.equals(event.dot().process()) ? counter - 1 : counter;
                for (HeldLane lane : process.lanes()) {
                    HeldEvent last = lane.last(most);
                    deepest[0] = Math.max(deepest[0], last == null ? 0 : last.depth());
                }
            }
        });
        return deepest[0] + 1;
    }
}
