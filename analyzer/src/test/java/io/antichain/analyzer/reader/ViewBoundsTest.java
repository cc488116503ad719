package io.antichain.analyzer.reader;

import static io.antichain.analyzer.reader.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.analyzer.GeneratedEvents;
import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Event;
import io.antichain.schemas.EventRef;
import io.antichain.schemas.Position;
import io.antichain.schemas.Run;
import io.antichain.schemas.Scope;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** That a view holds as much as it says, and no more. */
class ViewBoundsTest {
    private static final String TOPIC = "events";

    @Test
    void aLongPayloadIsCutBetweenCharacters() {
        View view = view(10);
        tell(view, own(1, null, "x".repeat(HeldEvent.MAX_PAYLOAD_LENGTH)));
        tell(view, own(2, null, "x".repeat(HeldEvent.MAX_PAYLOAD_LENGTH - 1) + "😀"));
        HeldEvent whole = view.find(Dot.parse("a:1")).orElseThrow();
        HeldEvent cut = view.find(Dot.parse("a:2")).orElseThrow();
        assertThat(whole.payloadCut()).isFalse();
        assertThat(cut.payloadCut()).isTrue();
        assertThat(cut.event().payload()).isEqualTo("x".repeat(HeldEvent.MAX_PAYLOAD_LENGTH - 1));
    }

    @Test
    void largeEventsMakeRoomEarlier() {
        int limit = 1_000;
        View view = view(limit);
        for (int counter = 1; counter <= 2 * limit; counter++) {
            tell(view, own(counter, "k".repeat(5_000), ""));
        }
        int held = view.events().size();
        assertThat(held).isBetween(limit / 20, limit / 5);
        assertThat(view.events().stream().mapToLong(HeldEvent::bytes).sum())
                .isLessThanOrEqualTo((long) limit * ViewLimits.BYTES_AN_EVENT);
        assertThat(view.absence(Dot.parse("a:1")).gone()).isTrue();
        assertThat(view.absence(Dot.parse("a:1")).sentence())
                .contains("event=a:1, first in view=a:" + (2 * limit - held + 1));
        assertThat(view.absence(Dot.parse("a:2001")).gone()).isFalse();
    }

    @Test
    void conflictRecordsMakeRoomByNumberAndByBytes() {
        ViewLimits limits = new ViewLimits(400);
        View many = view(400);
        View large = view(400);
        for (int counter = 1; counter <= 1_000; counter++) {
            many.tell(conflict(counter, 1), 0);
            large.tell(conflict(counter, 100), 0);
        }
        assertThat(many.conflicts()).hasSize(limits.conflicts());
        assertThat(large.conflicts()).hasSizeLessThan(limits.conflicts() / 5).isNotEmpty();
        assertThat(large.figures().seenConflicts()).isEqualTo(1_000);
        assertThat(large.figures().seenPairs()).isEqualTo(100_000);
        assertThat(large.firstConflict() + large.conflicts().size()).isEqualTo(large.nextConflict());
    }

    @Test
    void openKeysWithoutAnEventInViewAreForgottenWhenTheyAreMany() {
        View view = view(50);
        for (int n = 1; n <= 100; n++) {
            view.tell(openKey(n), 0);
        }
        assertThat(view.openKeys("", 1_000)).hasSize(new ViewLimits(50).openKeys());
        assertThat(view.key("key-100")).isPresent();
        assertThat(view.key("key-1")).isEmpty();
    }

    @Test
    void openKeysWithManySiblingsAreForgottenEarlier() {
        View view = view(1_000);
        for (int n = 1; n <= 50; n++) {
            view.tell(manySiblings(n, 200), 0);
        }
        assertThat(view.openKeys("", 1_000)).hasSizeBetween(1, 10);
        assertThat(view.key("key-50")).isPresent();
    }

    /** The estimate of {@link HeldEvent#bytes} against what the JVM really takes, with 4 and with 40 processes. */
    @Test
    void eventsTakeNoMoreThanIsSaid() {
        assertEventsTakeNoMoreThanIsSaid(4);
        assertEventsTakeNoMoreThanIsSaid(40);
    }

    /** What other tests leave behind may be freed meanwhile, and hide some of it: so the most of three times. */
    private static void assertEventsTakeNoMoreThanIsSaid(int processes) {
        List<Event> events = new GeneratedEvents(new Random(1), processes, 1_000)
                .with(20_000).stream()
                        .filter(event -> event.kind() == Event.Kind.MESSAGE)
                        .toList();
        long taken = 0;
        long said = 0;
        for (int time = 1; time <= 3; time++) {
            long before = usedBytes();
            View view = filled(events);
            taken = Math.max(taken, usedBytes() - before);
            said = view.events().stream().mapToLong(HeldEvent::bytes).sum();
        }
        Reference.reachabilityFence(events);
        System.out.println(processes + " processes: " + taken / 20_000 + " bytes an event; said: " + said / 20_000);
        assertThat(taken).isBetween(said / 2, said);
    }

    private static View filled(List<Event> events) {
        View view = view(events.size());
        for (int offset = 0; offset < events.size(); offset++) {
            view.tell(copy(events.get(offset)), new Position(TOPIC, 0, offset), offset);
        }
        return view;
    }

    /** While the history of several partitions is read, effects come before many causes, and nothing is settled. */
    @Test
    void howeverManyCameLateTheyAreForgotten() {
        View view = view(10);
        view.tell(message("b:1", "{a=5000, b=1}"), new Position(TOPIC, 1, 0), 0);
        List<WeakReference<HeldEvent>> late = new ArrayList<>();
        for (int counter = 1; counter <= 5_000; counter++) {
            tell(view, own(counter, null, ""));
            late.add(new WeakReference<>(view.find(Dot.parse("a:" + counter)).orElseThrow()));
        }
        usedBytes();
        assertThat(late).filteredOn(reference -> reference.get() != null).hasSizeLessThan(1_100);
        view.settle();
        usedBytes();
        assertThat(late).filteredOn(reference -> reference.get() != null).hasSize(10);
    }

    /** With clock, payload and key of its own, as a decoder gives them. */
    private static Event copy(Event event) {
        return new Event(
                event.process(),
                event.counter(),
                Optional.of(VectorClock.parse(event.clock().orElseThrow().toString())),
                event.lamport(),
                event.key().map(key -> new String(key.toCharArray())),
                new String(event.payload().toCharArray()),
                event.publishedAtMs(),
                event.kind());
    }

    private static long usedBytes() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    private static View view(int events) {
        return new View(new ViewLimits(events));
    }

    private static void tell(View view, Event event) {
        view.tell(event, new Position(TOPIC, 0, event.counter()), event.counter());
    }

    private static Event own(long counter, String key, String payload) {
        return message("a:" + counter, "{a=" + counter + "}", key, payload);
    }

    private static Conflict conflict(int counter, int runs) {
        EventRef event = reference("a:" + counter);
        List<Run> each = IntStream.rangeClosed(1, runs)
                .mapToObj(n -> new Run(
                        Dot.parse("b" + n + ":1").process(),
                        1,
                        1,
                        new Position("events", 0, n),
                        new Position("events", 0, n),
                        1,
                        0,
                        List.of()))
                .toList();
        return new Conflict(
                Scope.ALL, Optional.empty(), Conflict.Status.CONCURRENT, event, each, List.of(), List.of(), true);
    }

    private static Conflict openKey(int n) {
        EventRef event = reference("a" + n + ":1");
        return new Conflict(
                Scope.KEY,
                Optional.of("key-" + n),
                Conflict.Status.CONCURRENT,
                event,
                List.of(new Run(
                        Dot.parse("b:1").process(),
                        n,
                        n,
                        new Position("events", 0, n),
                        new Position("events", 0, n),
                        1,
                        0,
                        List.of())),
                List.of(),
                List.of(event, reference("b:" + n)),
                true);
    }

    private static Conflict manySiblings(int n, int siblings) {
        Conflict open = openKey(n);
        List<EventRef> many = IntStream.rangeClosed(1, siblings)
                .mapToObj(i -> reference("s" + i + ":" + n))
                .toList();
        return new Conflict(Scope.KEY, open.key(), open.status(), open.event(), open.runs(), List.of(), many, true);
    }

    private static EventRef reference(String written) {
        Dot dot = Dot.parse(written);
        VectorClock clock = VectorClock.parse("{" + dot.process() + "=" + dot.counter() + "}");
        return new EventRef(dot, new Position("events", 0, dot.counter()), clock, new LamportTimestamp(1), 0);
    }
}
