package io.antichain.analyzer.reader;

import io.antichain.clocks.Dot;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.DeadLetter;
import io.antichain.schemas.Event;
import io.antichain.schemas.Position;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * The newest events of the log, ordered, and what the analyzer found in them: conflicts, anomalies, dead letters. Bounded in
 * number and in bytes, see {@link ViewLimits}; what is older is said to be so.
 *
 * <ol>
 *   <li>Along the events of a process counters rise and clocks never fall, whatever the order of their arrival. An event
 *       whose counter is held already, or whose clock is not between those of its neighbours, does not count; nor does one
 *       that an anomaly refuses, from when that is told.
 *   <li>What arrives has a seq: 0, 1, 2, …, of its own for events, for conflicts, and so on.
 *   <li>Whatever is asked about one event costs two binary searches a process, not a look at all events.
 * </ol>
 */
public final class View {
    private final ViewLimits limits;
    private final HeldOrder order = new HeldOrder();
    private final Depths depths = new Depths(order);
    private final HeldKeys keys;
    private final ConflictMarks marks = new ConflictMarks();
    private final Recent<HeldEvent> events;
    /** Events that do not count next to those of their process that are held, one of which may prove to be refused. */
    private final Recent<HeldEvent> doubted;

    private final Recent<HeldConflict> conflicts;
    private final Recent<HeldAnomaly> anomalies;
    /** By the anomalies held. */
    private final Set<HeldAnomaly.Sighting> refused = new HashSet<>();

    private final Recent<HeldDeadLetter> deadLetters;
    private final Map<String, Long> anomalyCounts = new TreeMap<>();
    private final Map<String, Long> deadLetterCounts = new TreeMap<>();
    private long pairs;
    private Optional<String> reading = Optional.of("The reader has not begun");

    public View(ViewLimits limits) {
        this.limits = limits;
        this.keys = new HeldKeys(limits.openKeys(), limits.openKeyBytes());
        this.events = new Recent<>(limits.events(), limits.eventBytes(), this::forget);
        this.doubted = new Recent<>(ViewLimits.NOTES, ViewLimits.NOTES * ViewLimits.BYTES_A_NOTE, forgotten -> {});
        this.conflicts = new Recent<>(limits.conflicts(), limits.conflictBytes(), forgotten -> {});
        this.anomalies =
                new Recent<>(ViewLimits.NOTES, ViewLimits.NOTES * ViewLimits.BYTES_A_NOTE, forgotten -> forgotten
                        .refused()
                        .ifPresent(refused::remove));
        this.deadLetters = new Recent<>(ViewLimits.NOTES, ViewLimits.NOTES * ViewLimits.BYTES_A_NOTE, forgotten -> {});
    }

    /**
     * A message.
     *
     * @param event one that the gateway has let pass, with a vector clock
     * @param logTimeMs the log's time of the record, ms since 1970 UTC
     */
    public void tell(Event event, Position at, long logTimeMs) {
        take(new HeldEvent(event, at, logTimeMs));
    }

    private void take(HeldEvent event) {
        if (refused.contains(event.sighting())) {
            return;
        }
        if (order.add(event)) {
            event.numbered(events.nextSeq());
            depths.added(event);
            keys.added(event);
            events.add(event);
        } else if (!event.clock().equals(find(event.dot()).map(HeldEvent::clock).orElse(null))) {
            doubted.add(event.numbered(doubted.nextSeq()));
        }
    }

    /**
     * A conflict record.
     *
     * @param atMs log time of its event, ms since 1970 UTC
     */
    public void tell(Conflict conflict, long atMs) {
        conflicts.add(new HeldConflict(conflicts.nextSeq(), conflict, atMs));
        pairs += conflict.pairs();
        keys.recorded(conflict);
        marks.recorded(conflict);
    }

    /** An anomaly. An event that it refuses is no longer in view, and what was doubted because of that one is. */
    public void tell(Anomaly anomaly, long atMs) {
        HeldAnomaly held = new HeldAnomaly(anomalies.nextSeq(), anomaly, atMs);
        anomalies.add(held);
        anomalyCounts.merge(anomaly.kind().name(), 1L, Long::sum);
        held.refused().ifPresent(sighting -> {
            refused.add(sighting);
            find(sighting.dot())
                    .filter(event -> event.sighting().equals(sighting))
                    .ifPresent(this::withdraw);
        });
    }

    private void withdraw(HeldEvent event) {
        order.remove(event);
        events.withdraw(event.seq());
        keys.withdrawn(event, events.all());
        for (HeldEvent again : doubted.all()) {
            if (again.dot().process().equals(event.dot().process())) {
                doubted.withdraw(again.seq());
                take(again);
            }
        }
    }

    /**
     * A dead letter.
     *
     * @param valueBytes how large its value is
     * @param atMs log time, ms since 1970 UTC
     */
    public void tell(DeadLetter letter, int valueBytes, long atMs) {
        deadLetters.add(new HeldDeadLetter(deadLetters.nextSeq(), letter, valueBytes, atMs));
        deadLetterCounts.merge(letter.reason(), 1L, Long::sum);
    }

    /** To be called after some records, before anything is asked: deepens what knows events that came late. */
    public void settle() {
        depths.settle();
    }

    /** How far the reader is with what stood in the topics when it started; empty once it is through. */
    public void reading(Optional<String> progress) {
        reading = progress;
    }

    private void forget(HeldEvent event) {
        order.drop(event);
        keys.forgotten(event);
        HeldProcess process = order.process(event.dot().process());
        if (process == null) {
            marks.forget(event.dot().process());
        } else {
            marks.forgetBefore(process.id(), process.chain().get(0).dot().counter());
        }
    }

    /** The event, if it is in view. */
    public Optional<HeldEvent> find(Dot dot) {
        return Optional.ofNullable(order.find(dot));
    }

    /** Why an event is not in view. */
    public Absence absence(Dot dot) {
        return Absence.of(dot, order.process(dot.process()), limits.events());
    }

    /** The event with what it covers. */
    public HasseNode node(HeldEvent event) {
        return new HasseNode(event, order.covers(event.stamped()), conflicting(event));
    }

    /** Whether the event stands in a conflict record that was read, as its event or in a run. */
    public boolean conflicting(HeldEvent event) {
        return marks.has(event.dot());
    }

    /** The events in view that cover the event, by process. */
    public List<Dot> coveredBy(HeldEvent event) {
        return order.coveredBy(event.stamped());
    }

    /** The events in view that stand so to the event: a run a process, by process. */
    public List<ProcessRun> runs(HeldEvent event, CausalRegion region) {
        return order.runs(event.stamped(), region);
    }

    /** All events in view, as they arrived. */
    public List<HeldEvent> events() {
        return events.all();
    }

    /** The events in view with a seq from {@code from} up to {@code to}, that one excluded. */
    public List<HeldEvent> events(long from, long to) {
        return events.between(from, to);
    }

    /** The seq of the next event. */
    public long nextEvent() {
        return events.nextSeq();
    }

    /** The seq of the oldest event in view. */
    public long firstEvent() {
        return events.firstSeq();
    }

    /** All conflict records in view, as they arrived. */
    public List<HeldConflict> conflicts() {
        return conflicts.all();
    }

    /** The conflict records in view with a seq from {@code from} up to {@code to}, that one excluded. */
    public List<HeldConflict> conflicts(long from, long to) {
        return conflicts.between(from, to);
    }

    /** The seq of the next conflict record. */
    public long nextConflict() {
        return conflicts.nextSeq();
    }

    /** The seq of the oldest conflict record in view. */
    public long firstConflict() {
        return conflicts.firstSeq();
    }

    /** The anomalies in view, as they arrived. */
    public List<HeldAnomaly> anomalies() {
        return anomalies.all();
    }

    /** The dead letters in view, as they arrived. */
    public List<HeldDeadLetter> deadLetters() {
        return deadLetters.all();
    }

    /** How a key stands; empty if nothing of it is in view. */
    public Optional<KeyState> key(String key) {
        return keys.state(key);
    }

    /** Open keys after {@code after}, in their order; fewer than {@code limit} if they are large. */
    public List<KeyState> openKeys(String after, int limit) {
        return keys.open(after, limit);
    }

    /** Since when the key is open that has been for longest, ms since 1970 UTC by its publisher's clock; empty if none is. */
    public OptionalLong openSinceMs() {
        return keys.openSinceMs();
    }

    /** The processes of which events are in view, by name. */
    public List<ProcessState> processes() {
        return order.all().stream().map(HeldProcess::state).toList();
    }

    /** All of it in numbers. */
    public ViewFigures figures() {
        return new ViewFigures(
                reading,
                events.size(),
                events.nextSeq(),
                limits.events(),
                conflicts.size(),
                conflicts.nextSeq(),
                pairs,
                keys.openCount(),
                Map.copyOf(anomalyCounts),
                Map.copyOf(deadLetterCounts),
                order.all().size());
    }
}
