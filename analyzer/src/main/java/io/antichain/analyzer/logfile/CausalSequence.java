package io.antichain.analyzer.logfile;

import io.antichain.clocks.ProcessId;
import io.antichain.schemas.Anomaly;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Collectors;

/**
 * Events in an order that keeps causes before effects (Kahn, 1962): an event follows, for each process, the last event that
 * its clock knows. Of those that are free to come next, the one that was given first does.
 *
 * <p>Where events follow each other in a circle, of whatever length, one of the clocks is wrong. The circle is told of, and
 * broken at its first event. Time: O(clock entries · log events).
 */
final class CausalSequence {
    /** How many circles are looked for one by one: a file of rubbish must not take for ever. */
    static final int MAX_CIRCLES = 100;

    private final List<LoggedEvent> given;
    private final Map<ProcessId, List<Integer>> chains = new HashMap<>();
    private final int[][] effects;
    private final int[] causesLeft;
    private final boolean[] placed;
    private final PriorityQueue<Integer> free = new PriorityQueue<>();
    private final List<LoggedEvent> sequence;
    private final List<Anomaly> contradictions = new ArrayList<>();

    private CausalSequence(List<LoggedEvent> given) {
        this.given = given;
        this.effects = new int[given.size()][];
        this.causesLeft = new int[given.size()];
        this.placed = new boolean[given.size()];
        this.sequence = new ArrayList<>(given.size());
    }

    /** @param events each dot once, those of a process in the order of their counters */
    static CausalSequence of(List<LoggedEvent> events) {
        CausalSequence sequence = new CausalSequence(events);
        sequence.link();
        sequence.place();
        return sequence;
    }

    List<LoggedEvent> events() {
        return sequence;
    }

    /** What the clocks claim and cannot be, circle by circle. */
    List<Anomaly> contradictions() {
        return contradictions;
    }

    private void link() {
        for (int i = 0; i < given.size(); i++) {
            chains.computeIfAbsent(given.get(i).process(), process -> new ArrayList<>())
                    .add(i);
        }
        int[] counts = new int[given.size()];
        for (int i = 0; i < given.size(); i++) {
            int[] causes = causes(i);
            causesLeft[i] = causes.length;
            for (int cause : causes) {
                if (effects[cause] == null) {
                    effects[cause] = new int[2];
                } else if (effects[cause].length == counts[cause]) {
                    effects[cause] = Arrays.copyOf(effects[cause], 2 * counts[cause]);
                }
                effects[cause][counts[cause]++] = i;
            }
        }
        for (int i = 0; i < given.size(); i++) {
            effects[i] = effects[i] == null ? new int[0] : Arrays.copyOf(effects[i], counts[i]);
            if (causesLeft[i] == 0) {
                free.add(i);
            }
        }
    }

    /** For each process the last event that the event's clock knows; of its own, the one before it. */
    private int[] causes(int index) {
        LoggedEvent event = given.get(index);
        int[] causes = new int[event.clock().size()];
        int[] size = {0};
        event.clock().forEach((process, known) -> {
            int cause = last(process, process.equals(event.process()) ? known - 1 : known);
            if (cause >= 0) {
                causes[size[0]++] = cause;
            }
        });
        return Arrays.copyOf(causes, size[0]);
    }

    /** The last event of a process with a counter up to {@code known}; -1 if there is none. */
    private int last(ProcessId process, long known) {
        List<Integer> chain = chains.getOrDefault(process, List.of());
        int low = 0;
        int high = chain.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (given.get(chain.get(middle)).dot().counter() <= known) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? -1 : chain.get(low - 1);
    }

    private void place() {
        int first = 0;
        while (sequence.size() < given.size()) {
            while (!free.isEmpty()) {
                place(free.remove());
            }
            while (first < given.size() && placed[first]) {
                first++;
            }
            if (first < given.size()) {
                place(contradictions.size() < MAX_CIRCLES ? tell(circle(first)) : first);
            }
        }
    }

    private void place(int index) {
        if (placed[index]) {
            return;
        }
        placed[index] = true;
        sequence.add(given.get(index));
        for (int effect : effects[index]) {
            if (--causesLeft[effect] == 0) {
                free.add(effect);
            }
        }
    }

    /** Events each of which follows the next one, and the last the first. */
    private List<Integer> circle(int from) {
        Map<Integer, Integer> steps = new HashMap<>();
        List<Integer> way = new ArrayList<>();
        int at = from;
        while (steps.putIfAbsent(at, way.size()) == null) {
            way.add(at);
            at = Arrays.stream(causes(at))
                    .filter(cause -> !placed[cause])
                    .findFirst()
                    .orElseThrow();
        }
        return way.subList(steps.get(at), way.size());
    }

    private int tell(List<Integer> circle) {
        List<String> steps = new ArrayList<>();
        for (int i = 0; i < circle.size(); i++) {
            LoggedEvent event = given.get(circle.get(i));
            LoggedEvent cause = given.get(circle.get((i + 1) % circle.size()));
            steps.add(event.dot() + (event.process().equals(cause.process()) ? " follows " : " knew ") + cause.dot()
                    + " (" + event.place() + ")");
        }
        String dots = circle.stream().map(i -> given.get(i).dot().toString()).collect(Collectors.joining(", "));
        contradictions.add(new Anomaly(
                Anomaly.Kind.CONTRADICTION,
                Optional.empty(),
                "Events claim to come after each other: " + String.join(", ", steps)
                        + "; they are not taken for concurrent; one of the clocks is wrong",
                Map.of("events", dots)));
        return circle.stream().min(Integer::compare).orElseThrow();
    }
}
