package io.antichain.node.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.ReceiveRule;
import io.antichain.clocks.VectorClock;
import io.antichain.node.state.Delivery.Outcome;
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
        Delivery delivery = newborn.deliver(message("node-2", "{node-2=3, node-3=1}", 9), 0, 4);

        assertThat(delivery.outcome()).isEqualTo(Outcome.DELIVERED);
        assertThat(delivery.next().clock()).hasToString("{node-2=3, node-3=1}");
        assertThat(delivery.next().counter()).isZero();
        assertThat(delivery.next().positions()).containsExactly(Map.entry(0, 5L));
    }

    @Test
    void theMergeRuleTakesTheGreaterTimestampOverAndTheTickRuleOneMore() {
        Event received = message("node-2", "{node-2=3}", 9);

        assertThat(newborn.deliver(received, 0, 0).next().lamport()).isEqualTo(new LamportTimestamp(9));
        assertThat(NodeState.newborn(TICK, US).deliver(received, 0, 0).next().lamport())
                .isEqualTo(new LamportTimestamp(10));
    }

    @Test
    void aMessageAfterADeliveryKnowsTheDeliveredOne() {
        Event next = newborn.deliver(message("node-2", "{node-2=3}", 9), 0, 0)
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

            NodeState after = own.next().deliver(own.event(), 0, 0).next();

            assertThat(after.clock()).isEqualTo(own.next().clock());
            assertThat(after.lamport()).isEqualTo(own.next().lamport());
        }
    }

    @Test
    void anOwnMessageThatTheCheckpointForgotIsCountedBeforeTheNextOne() {
        NodeState caughtUp =
                newborn.deliver(message("node-1", "{node-1=5}", 5), 0, 0).next();

        assertThat(caughtUp.publish(Optional.empty(), "p", 0).event().dot()).hasToString("node-1:6");
    }

    @Test
    void heartbeatsAndLeavesMoveThePositionAlone() {
        NodeState other = NodeState.newborn(MERGE, ProcessId.of("node-2"))
                .publish(Optional.empty(), "p", 0)
                .next();
        for (Event sign : new Event[] {other.heartbeat(0), other.leave(0)}) {
            Delivery delivery = newborn.deliver(sign, 1, 6);

            assertThat(delivery.outcome()).isEqualTo(Outcome.NO_EVENT);
            assertThat(delivery.next())
                    .isEqualTo(
                            new NodeState(MERGE, US, VectorClock.empty(), LamportTimestamp.ZERO, Map.of(1, 7L), false));
        }
    }

    @Test
    void aHeartbeatIsTheCurrentClockAndNoEvent() {
        NodeState once = newborn.publish(Optional.empty(), "p", 0).next();

        assertThat(newborn.heartbeat(0).counter()).isZero();
        assertThat(once.heartbeat(0).counter()).isEqualTo(1);
        assertThat(once.heartbeat(0).clock()).contains(once.clock());
        assertThat(once.leave(0).kind()).isEqualTo(Kind.LEAVE);
    }

    @Test
    void aRejectedMessageChangesNoClockAndIsPassed() {
        Event liar = new Event(
                ProcessId.of("node-2"),
                3,
                Optional.of(VectorClock.parse("{node-2=4}")),
                new LamportTimestamp(9),
                Optional.empty(),
                "p",
                0,
                Kind.MESSAGE);

        Delivery delivery = newborn.deliver(liar, 0, 0);

        assertThat(delivery.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(delivery.rejection().orElseThrow().kind()).isEqualTo(Anomaly.Kind.OWN_ENTRY_MISMATCH);
        assertThat(delivery.next()).isEqualTo(newborn.skip(0, 0));
    }

    @Test
    void aRecordBeforeThePositionIsPassedOver() {
        NodeState at5 = newborn.skip(0, 4);

        Delivery delivery = at5.deliver(message("node-2", "{node-2=3}", 9), 0, 4);

        assertThat(delivery.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(delivery.next()).isEqualTo(at5);
        assertThat(at5.skip(0, 2)).isEqualTo(at5);
    }

    @Test
    void aLamportOnlyProcessStampsNoVectorAndStillCounts() {
        NodeState lamportOnly = NodeState.newborn(LAMPORT_ONLY, US)
                .deliver(message("node-2", "{node-2=3}", 9), 0, 0)
                .next();

        Event next = lamportOnly.publish(Optional.empty(), "p", 0).event();

        assertThat(next.clock()).isEmpty();
        assertThat(next.counter()).isEqualTo(1);
        assertThat(next.lamport()).isEqualTo(new LamportTimestamp(10));
        assertThat(lamportOnly.heartbeat(0).clock()).isEmpty();
    }

    @Test
    void lamportsRuleHoldsForMessagesWithoutAVectorClock() {
        Event received = NodeState.newborn(LAMPORT_ONLY, ProcessId.of("node-2"))
                .publish(Optional.empty(), "p", 0)
                .event();

        Delivery delivery = newborn.deliver(received, 0, 0);

        assertThat(delivery.outcome()).isEqualTo(Outcome.DELIVERED);
        assertThat(delivery.next().lamport()).isEqualTo(new LamportTimestamp(1));
        assertThat(delivery.next().clock()).isEqualTo(VectorClock.empty());
    }

    @Test
    void anOwnMessageWithoutAVectorClockStillTakesItsCounter() {
        Event own = NodeState.newborn(LAMPORT_ONLY, US)
                .publish(Optional.empty(), "p", 0)
                .event();

        NodeState caughtUp =
                NodeState.newborn(LAMPORT_ONLY, US).deliver(own, 0, 0).next();

        assertThat(caughtUp.publish(Optional.empty(), "p", 0).event().dot()).hasToString("node-1:2");
    }

    @Test
    void theLastCounterIsTwoToThe53MinusOne() {
        NodeState last = newborn.deliver(message("node-1", "{node-1=" + (Dot.MAX_COUNTER - 1) + "}", 1), 0, 0)
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
                .deliver(message("node-2", "{node-2=1}", LamportTimestamp.MAX_VALUE), 0, 0)
                .next();

        assertThat(poisoned.lamport().value()).isEqualTo(LamportTimestamp.MAX_VALUE);
        assertThat(poisoned.canPublish()).isFalse();
    }

    @Test
    void aCheckpointHoldsTheWholeState() {
        NodeState state = newborn.deliver(message("node-2", "{node-2=3}", 9), 2, 0)
                .next()
                .publish(Optional.empty(), "p", 0)
                .next()
                .withJoined(true);

        assertThat(NodeState.recovered(MERGE, state.checkpoint())).isEqualTo(state);
    }

    @Test
    void mergingTwoStatesOfOneProcessForgetsNothing() {
        NodeState one =
                newborn.deliver(message("node-2", "{node-2=3}", 9), 0, 4).next();
        NodeState two =
                newborn.publish(Optional.empty(), "p", 0).next().skip(0, 1).skip(1, 1);

        NodeState both = one.merge(two.withJoined(true));

        assertThat(both.clock()).hasToString("{node-1=1, node-2=3}");
        assertThat(both.lamport()).isEqualTo(new LamportTimestamp(9));
        assertThat(both.positions()).isEqualTo(Map.of(0, 5L, 1, 2L));
        assertThat(both.joined()).isTrue();
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
