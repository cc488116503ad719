package io.antichain.clocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.antichain.clocks.Antichain.Addition;
import io.antichain.clocks.RandomExecution.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The antichain against the maximal elements by definition, on random executions with explicit causal histories. */
class AntichainTest {
    private static final long SEED = Long.getLong("antichain.seed", 20_260_103L);
    private static final int EXECUTIONS = 600;

    private final Random random = new Random(SEED);

    @Test
    void membersAreTheMaximalEventsInWhateverOrderTheyAreAdded() {
        System.out.println("AntichainTest: -Dantichain.seed=" + SEED);
        int several = 0;
        for (int i = 0; i < EXECUTIONS; i++) {
            List<Message> messages = RandomExecution.messages(random);
            Set<Dot> maximal = maximal(messages);
            Antichain inOrder = antichain(messages);
            Collections.shuffle(messages, random);
            assertThat(antichain(messages)).as("seed=%d", SEED).isEqualTo(inOrder);
            assertThat(dots(inOrder.members())).as("seed=%d", SEED).isEqualTo(maximal);
            several += maximal.size() > 1 ? 1 : 0;
        }
        assertThat(several).isPositive();
    }

    @Test
    void anAdditionResolvesExactlyTheMembersThatHappenedBefore() {
        int resolvedSeveral = 0;
        for (int i = 0; i < EXECUTIONS; i++) {
            List<Message> messages = RandomExecution.messages(random);
            Collections.shuffle(messages, random);
            Antichain antichain = Antichain.empty();
            List<Message> added = new ArrayList<>();
            for (Message message : messages) {
                Set<Dot> before = maximal(added);
                added.add(message);
                Addition addition = antichain.add(stamped(message));
                Set<Dot> after = maximal(added);
                before.removeAll(after);
                assertThat(dots(addition.resolved())).as("seed=%d", SEED).isEqualTo(before);
                assertThat(addition.antichain() == antichain).isEqualTo(!after.contains(message.dot()));
                resolvedSeveral += before.size() > 1 ? 1 : 0;
                antichain = addition.antichain();
            }
        }
        assertThat(resolvedSeveral).isPositive();
    }

    @Test
    void mergeIsCommutativeAssociativeIdempotentAndTheMaximalEventsOfBoth() {
        for (int i = 0; i < EXECUTIONS; i++) {
            List<Message> messages = RandomExecution.messages(random);
            Antichain a = antichain(part(messages));
            Antichain b = antichain(part(messages));
            Antichain c = antichain(part(messages));
            assertThat(a.merge(b)).isEqualTo(b.merge(a)).hasSameHashCodeAs(b.merge(a));
            assertThat(a.merge(b).merge(c)).isEqualTo(a.merge(b.merge(c)));
            assertThat(a.merge(a)).isSameAs(a);
            assertThat(a.merge(Antichain.empty())).isSameAs(a);
        }
    }

    @Test
    void itsPastIsTheUnionOfItsMembersHistories() {
        for (int i = 0; i < EXECUTIONS; i++) {
            List<Message> messages = RandomExecution.messages(random);
            List<Message> part = part(messages);
            Antichain antichain = antichain(part);
            for (Message message : messages) {
                boolean inPast = part.stream().anyMatch(known -> known.history().contains(message.dot()));
                assertThat(antichain.includes(message.dot())).isEqualTo(inPast);
                assertThat(antichain.clock().includes(message.dot())).isEqualTo(inPast);
            }
        }
    }

    @Test
    void aWriteThatSawBothSiblingsClosesTheConflict() {
        Antichain siblings = Antichain.of(StampedEvent.of("a:1", "{a=1}"), StampedEvent.of("b:1", "{b=1}"));
        assertThat(siblings).hasToString("[a:1 {a=1}, b:1 {b=1}]");
        Addition sawOne = siblings.add(StampedEvent.of("c:1", "{a=1, c=1}"));
        assertThat(dots(sawOne.resolved())).containsExactly(Dot.parse("a:1"));
        assertThat(sawOne.antichain().size()).isEqualTo(2);
        Addition sawBoth = siblings.add(StampedEvent.of("c:1", "{a=1, b=1, c=1}"));
        assertThat(sawBoth.antichain()).hasToString("[c:1 {a=1, b=1, c=1}]");
    }

    @Test
    void anEventAddedTwiceChangesNothing() {
        StampedEvent event = StampedEvent.of("a:1", "{a=1}");
        Antichain once = Antichain.of(event);
        assertThat(once.add(event).antichain()).isSameAs(once);
        assertThatThrownBy(() -> once.members().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void anEventWhoseClockIsAnothersIsRefused() {
        assertThatThrownBy(() -> StampedEvent.of("a:2", "{a=1}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A clock's own entry is the event's counter: event=a:2, entry=1;"
                        + " stamp the event with the clock that its tick gave");
    }

    private static Set<Dot> maximal(List<Message> messages) {
        return messages.stream()
                .filter(message -> messages.stream().noneMatch(message::happenedBefore))
                .map(Message::dot)
                .collect(Collectors.toSet());
    }

    private List<Message> part(List<Message> messages) {
        return messages.stream().filter(message -> random.nextBoolean()).toList();
    }

    private static Antichain antichain(List<Message> messages) {
        return Antichain.of(messages.stream().map(AntichainTest::stamped).toArray(StampedEvent[]::new));
    }

    private static StampedEvent stamped(Message message) {
        return new StampedEvent(message.dot(), message.clock());
    }

    private static Set<Dot> dots(List<StampedEvent> events) {
        return events.stream().map(StampedEvent::dot).collect(Collectors.toSet());
    }
}
