package io.antichain.analyzer.reader;

import io.antichain.clocks.Covering;
import io.antichain.clocks.Dot;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.StampedEvent;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/** The events held, a chain for each process: how they are ordered is found by binary search along each. */
final class HeldOrder {
    /** Invariant: no chain is empty. */
    private final TreeMap<ProcessId, HeldProcess> processes = new TreeMap<>();

    /** The process; null if none of its events is held. */
    HeldProcess process(ProcessId id) {
        return processes.get(id);
    }

    Collection<HeldProcess> all() {
        return processes.values();
    }

    /** Takes an event, unless it does not count. */
    boolean add(HeldEvent event) {
        return processes
                .computeIfAbsent(event.dot().process(), HeldProcess::new)
                .add(event);
    }

    /** Takes an event out because it is old. */
    void drop(HeldEvent event) {
        HeldProcess process = processes.get(event.dot().process());
        process.drop(event);
        forgetIfEmpty(process);
    }

    /** Takes an event out as if it had never come. */
    void remove(HeldEvent event) {
        HeldProcess process = processes.get(event.dot().process());
        process.remove(event);
        forgetIfEmpty(process);
    }

    private void forgetIfEmpty(HeldProcess process) {
        if (process.chain().size() == 0) {
            processes.remove(process.id());
        }
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
    List<ProcessRun> runs(StampedEvent event, CausalRegion region) {
        return processes.values().stream()
                .map(process -> process.run(event, region))
                .filter(Objects::nonNull)
                .toList();
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
        List<HeldEvent> candidates = processes.values().stream()
                .filter(process ->
                        process.ignorantOf(event.dot()) < process.chain().size())
                .map(process -> process.chain().get(process.ignorantOf(event.dot())))
                .toList();
        return candidates.stream()
                .filter(candidate -> candidates.stream()
                        .noneMatch(
                                other -> other != candidate && candidate.clock().includes(other.dot())))
                .map(HeldEvent::dot)
                .toList();
    }

    /** One more than the greatest depth of what the event knows. */
    int depthAbove(StampedEvent event) {
        int[] deepest = {0};
        event.clock().forEach((id, counter) -> {
            HeldEvent last = last(id, id.equals(event.dot().process()) ? counter - 1 : counter);
            deepest[0] = Math.max(deepest[0], last == null ? 0 : last.depth());
        });
        return deepest[0] + 1;
    }
}
