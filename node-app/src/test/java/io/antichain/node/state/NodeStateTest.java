package io.antichain.node.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.ReceiveRule;
import io.antichain.clocks.VectorClock;
import io.antichain.schemas.Anomaly;
import io.antichain.schemas.Event;
import io.antichain.schemas.Event.Kind;
import io.antichain.schemas.Gateway;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodeStateTest {
    private static final ProcessId US = ProcessId.of("node-1");
    private static final StampingRules MERGE =
            new StampingRules(ClockKind.VECTOR, ReceiveRule.MERGE, new Gateway(Gateway.DEFAULT_MAX_CLOCK_WIDTH));
    private static final StampingRules TICK = new StampingRules(ClockKind.VECTOR, ReceiveRule.TICK, MERGE.gateway());
    private static final StampingRules LAMPORT_ONLY =
            new StampingRules(ClockKind.LAMPORT, ReceiveRule.MERGE, MERGE.gateway());

    private static final StampingRules NARROW =
            new StampingRules(ClockKind.VECTOR, ReceiveRule.MERGE, new Gateway(1_000, 10));

    private final NodeState newborn = NodeState.newborn(MERGE, US);

    @Test
    void publishingCountsTheOwnEntryAndTheLamportTimestamp() {
        Stamped first = newborn.publish(Optional.of("k"), "hello", 7);
        Stamped second = first.next().publish(Optional.empty(), "again", 8);

        assertThat(first.event())
                .isEqualTo(new Event(
                        US,
                        1,
                        Optional.of(VectorClock.parse("{node-1=1}")),
                        new LamportTimestamp(1),
                        Optional.of("k"),
                        "hello",
                        7,
                        Kind.MESSAGE));
        assertThat(second.event().dot()).hasToString("node-1:2");
        assertThat(second.event().lamport()).isEqualTo(new LamportTimestamp(2));
    }

    @Test
    void deliveringMergesAndCountsNothing() {
        Delivery delivery = newborn.deliver(message("node-2", "{node-2=3, node-3=1}", 9));

        assertThat(delivery.rejection()).isEmpty();
        assertThat(delivery.next().clock()).hasToString("{node-2=3, node-3=1}");
        assertThat(delivery.next().counter()).isZero();
    }

    @Test
    void theMergeRuleTakesTheGreaterTimestampOverAndTheTickRuleOneMore() {
        Event received = message("node-2", "{node-2=3}", 9);

        assertThat(newborn.deliver(received).next().lamport()).isEqualTo(new LamportTimestamp(9));
        assertThat(NodeState.newborn(TICK, US).deliver(received).next().lamport())
                .isEqualTo(new LamportTimestamp(10));
    }

    @Test
    void aMessageAfterADeliveryKnowsTheDeliveredOne() {
        Event next = newborn.deliver(message("node-2", "{node-2=3}", 9))
                .next()
                .publish(Optional.empty(), "p", 0)
                .event();

        assertThat(next.clock()).contains(VectorClock.parse("{node-1=1, node-2=3}"));
        assertThat(next.lamport()).isEqualTo(new LamportTimestamp(10));
    }

    @Test
    void deliveringTheOwnMessageChangesNoClockUnderEitherRule() {
        for (StampingRules rules : new StampingRules[] {MERGE, TICK}) {
            Stamped own = NodeState.newborn(rules, US).publish(Optional.empty(), "p", 0);

            NodeState after = own.next().deliver(own.event()).next();

            assertThat(after.clock()).isEqualTo(own.next().clock());
            assertThat(after.lamport()).isEqualTo(own.next().lamport());
        }
    }

    @Test
    void anOwnMessageThatTheCheckpointForgotIsCountedBeforeTheNextOne() {
        NodeState caughtUp = newborn.deliver(message("node-1", "{node-1=5}", 5)).next();

        assertThat(caughtUp.publish(Optional.empty(), "p", 0).event().dot()).hasToString("node-1:6");
    }

    @Test
    void aRejectedMessageChangesNothing() {
        Event liar = new Event(
                ProcessId.of("node-2"),
                3,
                Optional.of(VectorClock.parse("{node-2=4}")),
                new LamportTimestamp(9),
                Optional.empty(),
                "p",
                0,
                Kind.MESSAGE);

        Delivery delivery = newborn.deliver(liar);

        assertThat(delivery.rejection().orElseThrow().kind()).isEqualTo(Anomaly.Kind.OWN_ENTRY_MISMATCH);
        assertThat(delivery.next()).isEqualTo(newborn);
    }

    @Test
    void aClockThatRunsTooFarAheadOfWhatWasHeardIsRejected() {
        StampingRules strict = new StampingRules(ClockKind.VECTOR, ReceiveRule.MERGE, new Gateway(1_000, 10));
        NodeState heard = NodeState.newborn(strict, US)
                .deliver(message("node-2", "{node-2=3}", 9))
                .next();

        Delivery farEntry = heard.deliver(message("node-3", "{node-2=14, node-3=1}", 10));
        Delivery farTimestamp = heard.deliver(message("node-2", "{node-2=4}", 20));

        assertThat(farEntry.rejection().orElseThrow().kind()).isEqualTo(Anomaly.Kind.CLOCK_TOO_FAR);
        assertThat(farEntry.next().clock()).isEqualTo(heard.clock());
        assertThat(farEntry.next().lamport()).isEqualTo(heard.lamport());
        assertThat(farTimestamp.rejection().orElseThrow().evidence()).containsEntry("now", "20");
        assertThat(heard.deliver(message("node-2", "{node-2=13}", 19)).rejection())
                .isEmpty();
    }

    @Test
    void whatRetentionDeletedUnreadWidensTheReach() {
        NodeState away = NodeState.newborn(NARROW, US)
                .reading(log(0, 100))
                .deliver(message("node-2", "{node-2=3}", 9))
                .next()
                .withReading(new Reading("t", Map.of(0, 20L), 0));
        Event later = message("node-2", "{node-2=5000}", 9_000);

        assertThat(away.deliver(later).rejection()).isPresent();
        assertThat(away.reading(log(6_000, 9_000)).deliver(later).rejection()).isEmpty();
        assertThat(away.reading(log(6_000, 9_000))
                        .deliver(message("node-2", "{node-2=20000}", 9_000))
                        .rejection())
                .isPresent();
    }

    @Test
    void theReachOfWhoHasReadNothingIsNotWidened() {
        assertThat(newborn.reading(log(6_000, 9_000)).reading()).isEqualTo(new Reading("t", Map.of(0, 6_000L), 0));
    }

    @Test
    void aJumpThatASecondProcessClaimsIsBelievedAndAfterThatTheFirstIsToo() {
        NodeState heard = NodeState.newborn(NARROW, US)
                .deliver(message("node-2", "{node-2=3, node-3=1}", 9))
                .next();

        Delivery first = heard.deliver(message("node-2", "{node-2=5000}", 10));
        Delivery again = first.next().deliver(message("node-2", "{node-2=5001}", 11));
        Delivery second = again.next().deliver(message("node-3", "{node-2=5001, node-3=2}", 12));

        assertThat(first.rejection()).isPresent();
        assertThat(again.rejection()).as("one process is no witness of its own").isPresent();
        assertThat(second.rejection()).isEmpty();
        assertThat(second.next().deliver(message("node-2", "{node-2=5002}", 13)).rejection())
                .isEmpty();
    }

    @Test
    void aLiarAloneMovesNobodysReach() {
        NodeState heard = NodeState.newborn(NARROW, US)
                .deliver(message("node-2", "{node-2=3, node-3=1}", 9))
                .next();

        NodeState lied = heard.deliver(message("node-3", "{node-2=900000, node-3=2}", 900_000))
                .next();

        assertThat(lied.deliver(message("node-2", "{node-2=4}", 10)).rejection())
                .isEmpty();
        assertThat(lied.deliver(message("node-3", "{node-2=900001, node-3=3}", 900_001))
                        .rejection())
                .isPresent();
        assertThat(lied.clock()).isEqualTo(heard.clock());
    }

    @Test
    void aTimestampThatRunsAheadIsBelievedOnceASecondProcessHasIt() {
        NodeState heard = NodeState.newborn(NARROW, US)
                .deliver(message("node-2", "{node-2=3, node-3=1}", 9))
                .next();

        NodeState refused =
                heard.deliver(message("node-2", "{node-2=4}", 7_000)).next();

        assertThat(refused.deliver(message("node-2", "{node-2=5}", 7_001)).rejection())
                .as("one process is no witness of its own")
                .isPresent();
        assertThat(refused.deliver(message("node-3", "{node-3=2}", 7_004)).rejection())
                .isEmpty();
    }

    @Test
    void aPositionNeverFalls() {
        Reading at5 = Reading.NOTHING.reached(Map.of(0, 5L, 1, 2L));

        assertThat(at5.reached(Map.of(0, 3L, 1, 4L)).positions()).isEqualTo(Map.of(0, 5L, 1, 4L));
    }

    @Test
    void anotherTopicAndAnEndBelowAPositionContradictWhatWasRead() {
        Reading read = new Reading("t", Map.of(0, 50L), 0);

        assertThat(read.contradiction(log(0, 50))).isEmpty();
        assertThat(read.contradiction(log(0, 49)).orElseThrow()).contains("end=49", "position=50");
        assertThat(read.contradiction(new EventsLog("other", Map.of(0, 0L), Map.of(0, 50L)))
                        .orElseThrow())
                .contains("topicId=other", "read=t");
        assertThat(new Reading("", Map.of(0, 50L), 0).contradiction(log(0, 50)))
                .as("an old checkpoint names no topic")
                .isEmpty();
    }

    @Test
    void aLamportOnlyProcessStampsNoVectorAndStillCounts() {
        NodeState lamportOnly = NodeState.newborn(LAMPORT_ONLY, US)
                .deliver(message("node-2", "{node-2=3}", 9))
                .next();

        Event next = lamportOnly.publish(Optional.empty(), "p", 0).event();

        assertThat(next.clock()).isEmpty();
        assertThat(next.counter()).isEqualTo(1);
        assertThat(next.lamport()).isEqualTo(new LamportTimestamp(10));
    }

    @Test
    void lamportsRuleHoldsForMessagesWithoutAVectorClock() {
        Event received = NodeState.newborn(LAMPORT_ONLY, ProcessId.of("node-2"))
                .publish(Optional.empty(), "p", 0)
                .event();

        Delivery delivery = newborn.deliver(received);

        assertThat(delivery.rejection()).isEmpty();
        assertThat(delivery.next().lamport()).isEqualTo(new LamportTimestamp(1));
        assertThat(delivery.next().clock()).isEqualTo(VectorClock.empty());
    }

    @Test
    void anOwnMessageWithoutAVectorClockStillTakesItsCounter() {
        Event own = NodeState.newborn(LAMPORT_ONLY, US)
                .publish(Optional.empty(), "p", 0)
                .event();

        NodeState caughtUp = NodeState.newborn(LAMPORT_ONLY, US).deliver(own).next();

        assertThat(caughtUp.publish(Optional.empty(), "p", 0).event().dot()).hasToString("node-1:2");
    }

    @Test
    void theLastCounterIsTwoToThe53MinusOne() {
        NodeState last = newborn.deliver(message("node-1", "{node-1=" + (Dot.MAX_COUNTER - 1) + "}", 1))
                .next()
                .publish(Optional.empty(), "p", 0)
                .next();

        assertThat(last.counter()).isEqualTo(Dot.MAX_COUNTER);
        assertThat(last.canPublish()).isFalse();
        assertThatThrownBy(() -> last.publish(Optional.empty(), "p", 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("counter=9007199254740991");
    }

    @Test
    void aTimestampAtItsEndIsDeliveredUnderTheTickRuleAndEndsPublishing() {
        NodeState poisoned = NodeState.newborn(TICK, US)
                .deliver(message("node-2", "{node-2=1}", LamportTimestamp.MAX_VALUE))
                .next();

        assertThat(poisoned.lamport().value()).isEqualTo(LamportTimestamp.MAX_VALUE);
        assertThat(poisoned.canPublish()).isFalse();
    }

    @Test
    void aCheckpointHoldsTheWholeState() {
        NodeState state = newborn.deliver(message("node-2", "{node-2=3}", 9))
                .next()
                .publish(Optional.empty(), "p", 0)
                .next()
                .withReading(new Reading("topic", Map.of(0, 5L), 7))
                .withJoined(true);

        assertThat(NodeState.recovered(MERGE, state.checkpoint())).isEqualTo(state);
    }

    @Test
    void mergingTwoStatesOfOneProcessForgetsNothing() {
        NodeState one = newborn.deliver(message("node-2", "{node-2=3}", 9))
                .next()
                .withReading(new Reading("t", Map.of(0, 5L), 3));
        NodeState two =
                newborn.publish(Optional.empty(), "p", 0).next().withReading(new Reading("t", Map.of(0, 2L, 1, 2L), 0));

        NodeState both = one.merge(two.withJoined(true));

        assertThat(both.clock()).hasToString("{node-1=1, node-2=3}");
        assertThat(both.lamport()).isEqualTo(new LamportTimestamp(9));
        assertThat(both.reading()).isEqualTo(new Reading("t", Map.of(0, 5L, 1, 2L), 3));
        assertThat(both.joined()).isTrue();
    }

    private static EventsLog log(long start, long end) {
        return new EventsLog("t", Map.of(0, start), Map.of(0, end));
    }

    private static Event message(String process, String clock, long lamport) {
        ProcessId id = ProcessId.of(process);
        VectorClock vector = VectorClock.parse(clock);
        return new Event(
                id,
                vector.get(id),
                Optional.of(vector),
                new LamportTimestamp(lamport),
                Optional.empty(),
                "payload",
                0,
                Kind.MESSAGE);
    }
}
