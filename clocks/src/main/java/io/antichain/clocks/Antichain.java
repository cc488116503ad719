package io.antichain.clocks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A set of events of which no one happened before another: the maximal ones of those that were added.
 *
 * <p>In an order, an antichain is a set of pairwise incomparable elements; each finite set of events has one antichain of
 * maximal elements, and what is below it is its causal past. So it is what remains to be known of a set of events: of all
 * writes to a key, the siblings that no later write has seen; of all events heard, the frontier. Adding events of one
 * execution in any order, causes after effects and repeatedly, ends in the same antichain:
 *
 * <ol>
 *   <li>an event that happened before a member, or is one, changes nothing;
 *   <li>any other becomes a member, and resolves those members that happened before it;
 *   <li>so members are pairwise concurrent, and no two are of one process.
 * </ol>
 *
 * <p>Sources: Schwarz and Mattern, "Detecting Causal Relationships in Distributed Computations" (1994), section 2, for the
 * order; Almeida, Baquero, Gonçalves, Preguiça, Fonte, "Scalable and Accurate Causality Tracking for Eventually Consistent
 * Stores" (2014), for siblings told apart by dots; {@code Antichain} in Timely Dataflow's {@code frontier.rs} keeps
 * minimal elements where this keeps maximal ones.
 *
 * <pre>{@code
 * Antichain siblings = Antichain.of(StampedEvent.of("a:1", "{a=1}"), StampedEvent.of("b:1", "{b=1}"));
 * Antichain.Addition merged = siblings.add(StampedEvent.of("a:2", "{a=2, b=1}"));
 * assert siblings.size() == 2 && merged.antichain().size() == 1 && merged.resolved().equals(siblings.members());
 * }</pre>
 */
public final class Antichain {
    private static final Antichain EMPTY = new Antichain(List.of());

    // Invariant: sorted by process, pairwise concurrent, hence one event a process at most.
    private final List<StampedEvent> members;

    private Antichain(List<StampedEvent> members) {
        this.members = members;
    }

    /**
     * What adding an event comes to.
     *
     * @param antichain the antichain afterwards; the very same one where the event changed nothing
     * @param resolved the members that happened before the event and so are members no more, by process
     */
    public record Addition(Antichain antichain, List<StampedEvent> resolved) {}

    /** The antichain of no events. */
    public static Antichain empty() {
        return EMPTY;
    }

    /** The maximal ones of these events. */
    public static Antichain of(StampedEvent... events) {
        Antichain antichain = EMPTY;
        for (StampedEvent event : events) {
            antichain = antichain.add(event).antichain();
        }
        return antichain;
    }

    /** Adds an event. Compares it with each member: two look-ups a member. */
    public Addition add(StampedEvent event) {
        List<StampedEvent> kept = new ArrayList<>(members.size() + 1);
        List<StampedEvent> resolved = new ArrayList<>();
        for (StampedEvent member : members) {
            switch (event.order(member)) {
                case EQUAL, BEFORE -> {
                    return new Addition(this, List.of());
                }
                case AFTER -> resolved.add(member);
                case CONCURRENT -> kept.add(member);
            }
        }
        kept.add(event);
        kept.sort(Comparator.comparing(member -> member.dot().process()));
        return new Addition(new Antichain(List.copyOf(kept)), List.copyOf(resolved));
    }

    /** The maximal events of both: what two replicas of a key have in common after they met. */
    public Antichain merge(Antichain other) {
        Antichain merged = this;
        for (StampedEvent event : other.members) {
            merged = merged.add(event).antichain();
        }
        return merged;
    }

    /** The events, sorted by process; cannot be changed. */
    public List<StampedEvent> members() {
        return members;
    }

    /** How many events it has. More than one: nobody has seen them all. */
    public int size() {
        return members.size();
    }

    /** Whether {@code dot} is a member or happened before one. */
    public boolean includes(Dot dot) {
        return members.stream().anyMatch(member -> member.clock().includes(dot));
    }

    /** The clock of the whole past: an event with at least this clock, and not a member, resolves every member. */
    public VectorClock clock() {
        VectorClock clock = VectorClock.empty();
        for (StampedEvent member : members) {
            clock = clock.merge(member.clock());
        }
        return clock;
    }

    /** Whether both have the same events, told by their dots and clocks. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Antichain antichain && members.equals(antichain.members);
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    /** The written form: {@code [a:1 {a=1}, b:1 {b=1}]}. */
    @Override
    public String toString() {
        return members.stream().map(StampedEvent::toString).collect(Collectors.joining(", ", "[", "]"));
    }
}
