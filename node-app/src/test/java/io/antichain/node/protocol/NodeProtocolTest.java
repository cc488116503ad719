package io.antichain.node.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.ReceiveRule;
import io.antichain.clocks.VectorClock;
import io.antichain.node.request.Condition;
import io.antichain.node.request.NodeView;
import io.antichain.node.request.RefusedException.Reason;
import io.antichain.node.state.ClockKind;
import io.antichain.node.state.StampingRules;
import io.antichain.schemas.ClockCheckpoint;
import io.antichain.schemas.Event;
import io.antichain.schemas.Event.Kind;
import io.antichain.schemas.Gateway;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NodeProtocolTest {
    private static final StampingRules RULES =
            new StampingRules(ClockKind.VECTOR, ReceiveRule.MERGE, new Gateway(Gateway.DEFAULT_MAX_CLOCK_WIDTH));
    private static final ProcessId US = ProcessId.of("node-1");

    private final NodeProtocol node = new NodeProtocol(new ProtocolSettings("node-1", RULES, 5_000, 100, 2));
    private long nowMs = 10_000;

    @Test
    void aNameIsFencedBeforeItsLogIsReadBack() {
        assertThat(only(node.start(), Effect.Fence.class, Effect.ReadBack.class))
                .containsExactly(new Effect.Fence(), new Effect.ReadBack());
    }

    @Test
    void aNewNameAnnouncesItselfInEveryPartitionAndPublishesOnceItHasDeliveredEverythingBefore() {
        Effect.Commit announcement = commit(node.recovered(new Found(2, Optional.empty(), -1), now()));
        assertThat(announcement.transaction().records())
                .extracting(record -> record.event().kind())
                .containsExactly(Kind.HEARTBEAT, Kind.HEARTBEAT);
        node.committed(List.of(new Place(0, 3), new Place(1, 7)), now());
        assertThat(only(turn(publish(1, "early")), Effect.Refuse.class)).hasSize(1);

        reads(read(Optional.empty(), 0, 3));
        assertThat(node.condition()).isEqualTo(Condition.JOINING);
        reads(read(Optional.empty(), 1, 7));

        assertThat(node.condition()).isEqualTo(Condition.READY);
    }

    @Test
    void aCrashedNodeWhoseCheckpointSaysJoinedPublishesAtOnce() {
        assertThat(only(start(1), Effect.Commit.class)).isEmpty();

        assertThat(node.condition()).isEqualTo(Condition.READY);
    }

    @Test
    void aNodeThatLeftJoinsAgain() {
        start(1);

        Effect.Commit leave = commit(node.leave(now()));

        assertThat(leave.transaction().checkpoint().joined()).isFalse();
        assertThat(leave.transaction().records().get(0).event().kind()).isEqualTo(Kind.LEAVE);
    }

    @Test
    void anIdleNodeWritesOneHeartbeatAPartitionAndIntervalAndNoneWhereItPublished() {
        start(2);
        nowMs += 3_000;
        commit(turn(publish(1, "a")));
        node.committed(List.of(new Place(1, 9)), now());
        nowMs += 1_999;
        assertThat(turn()).isEmpty();

        nowMs += 1;
        Effect.Commit beat = commit(turn());

        assertThat(beat.transaction().records()).hasSize(1);
        assertThat(beat.transaction().records().get(0).partition()).hasValue(0);
        node.committed(List.of(new Place(0, 4)), now());
        assertThat(turn()).isEmpty();
    }

    @Test
    void aFailedTransactionRefusesItsRequestsAndGivesTheirCountersBack() {
        start(1);
        commit(turn(publish(1, "a"), publish(2, "b")));

        List<Effect> effects = node.failed("simulated");

        assertThat(only(effects, Effect.Refuse.class)).hasSize(2);
        assertThat(only(effects, Effect.Abort.class, Effect.Fence.class, Effect.ReadBack.class))
                .containsExactly(new Effect.Abort(), new Effect.Fence(), new Effect.ReadBack());
        recover(checkpoint("{node-1=4}"));
        assertThat(dots(commit(turn(publish(3, "c"))))).containsExactly("node-1:5");
    }

    @Test
    void aRepeatIsAnsweredAsTheFirstWasAndPublishesNothing() {
        start(1);
        commit(turn(repeatable(1, "k", "a"), repeatable(2, "k", "a")));
        List<Effect> first = node.committed(List.of(new Place(0, 9)), now());
        assertThat(only(first, Effect.Answer.class)).hasSize(2);

        List<Effect> repeat = turn(repeatable(3, "k", "a"));

        assertThat(only(repeat, Effect.Commit.class)).isEmpty();
        Effect.Answer answer = (Effect.Answer) only(repeat, Effect.Answer.class).get(0);
        assertThat(answer.published().event().dot()).hasToString("node-1:5");
        assertThat(answer.published().offset()).isEqualTo(9);
        assertThat(refusal(turn(repeatable(4, "k", "other")))).isEqualTo(Reason.KEY_REUSED);
    }

    @Test
    void onlyTheLatestKeysAreRemembered() {
        start(1);
        for (int i = 1; i <= 3; i++) {
            commit(turn(repeatable(i, "k" + i, "a")));
            node.committed(List.of(new Place(0, 9 + i)), now());
        }

        assertThat(only(turn(repeatable(4, "k3", "a")), Effect.Commit.class)).isEmpty();
        assertThat(only(turn(repeatable(5, "k1", "a")), Effect.Commit.class)).hasSize(1);
    }

    @Test
    void aRepeatOfAnUnknownOutcomeIsAnsweredOnceTheLogHasShownIt() {
        start(1);
        Effect.Commit lost = commit(turn(repeatable(1, "k", "a")));
        node.failed("simulated");
        recover(lost.transaction().checkpoint());
        assertThat(refusal(turn(repeatable(2, "k", "a")))).isEqualTo(Reason.ABORTED);

        reads(read(Optional.of(lost.transaction().records().get(0).event()), 0, 12));

        List<Effect> repeat = turn(repeatable(3, "k", "a"));
        assertThat(only(repeat, Effect.Answer.class)).hasSize(1);
        assertThat(((Effect.Answer) only(repeat, Effect.Answer.class).get(0))
                        .published()
                        .offset())
                .isEqualTo(12);
    }

    @Test
    void aRepeatOfWhatWasNotCommittedIsPublished() {
        start(1);
        commit(turn(repeatable(1, "k", "a")));
        node.failed("simulated");
        recover(checkpoint("{node-1=4}"));

        assertThat(dots(commit(turn(repeatable(2, "k", "a"))))).containsExactly("node-1:5");
    }

    @Test
    void withSeveralPartitionsAnEffectWaitsForItsCauseAndSaysSo() {
        start(2);
        Event cause = message("node-2", "{node-2=1}");
        Event effect = message("node-3", "{node-2=1, node-3=1}");

        List<Effect> early = reads(read(Optional.of(effect), 0, 20));
        assertThat(only(early, Effect.Delivered.class)).isEmpty();
        NodeView.HeldBack held = lastView(early).held();
        assertThat(held.messages()).isEqualTo(1);
        assertThat(held.waitingFor()).containsExactly(Dot.parse("node-2:1"));
        assertThat(dots(commit(turn(publish(1, "unaware"))))).containsExactly("node-1:5");
        node.committed(List.of(new Place(0, 30)), now());

        List<Effect> both = reads(read(Optional.of(cause), 1, 20));

        assertThat(only(both, Effect.Delivered.class))
                .containsExactly(
                        new Effect.Delivered(cause, new Place(1, 20)), new Effect.Delivered(effect, new Place(0, 20)));
    }

    @Test
    void aCauseThatIsGoneIsNotWaitedForOnceTheLogWasAsked() {
        start(2);
        reads(read(Optional.of(message("node-3", "{node-2=7, node-3=1}")), 0, 20));
        turn();
        nowMs += 1_000;

        Effect.Commit question = commit(turn());
        assertThat(question.transaction().records()).hasSize(2);
        node.committed(List.of(new Place(0, 21), new Place(1, 40)), now());
        reads(read(Optional.empty(), 0, 21));
        List<Effect> answered = reads(read(Optional.empty(), 1, 40));

        assertThat(only(answered, Effect.OutOfOrder.class)).hasSize(1);
        assertThat(only(answered, Effect.Delivered.class)).hasSize(1);
        assertThat(node.state().orElseThrow().positions()).isEqualTo(Map.of(0, 22L, 1, 41L));
    }

    @Test
    void timeInAPauseIsNoWaitingForACause() {
        start(2);
        reads(read(Optional.of(message("node-3", "{node-2=7, node-3=1}")), 0, 20));
        turn();
        order(Order.Kind.PAUSE);
        nowMs += 2_000;

        assertThat(only(order(Order.Kind.RESUME), Effect.Commit.class)).isEmpty();
        nowMs += 1_000;
        assertThat(commit(turn()).transaction().records()).hasSize(2);
    }

    @Test
    void aPositionWaitsForWhatIsHeldBack() {
        start(2);

        reads(read(Optional.of(message("node-3", "{node-2=1, node-3=1}")), 0, 20), read(Optional.empty(), 0, 21));

        assertThat(node.state().orElseThrow().positions()).isEqualTo(Map.of(0, 20L, 1, 10L));
    }

    @Test
    void aPartitionThatHoldsItsShareIsReadNoFurther() {
        start(2);
        List<Read> waiting = new ArrayList<>();
        for (int i = 1; i <= 50; i++) {
            waiting.add(read(Optional.of(message("node-3", "{node-2=1, node-3=" + i + "}")), 0, 20 + i));
        }

        assertThat(only(reads(waiting.toArray(Read[]::new)), Effect.HoldReading.class))
                .containsExactly(new Effect.HoldReading(java.util.Set.of(0)));
        assertThat(only(reads(read(Optional.of(message("node-2", "{node-2=1}")), 1, 20)), Effect.HoldReading.class))
                .containsExactly(new Effect.HoldReading(java.util.Set.of()));
    }

    /** A restart after a crash, joined, with four messages published. */
    private List<Effect> start(int partitions) {
        node.start();
        Map<Integer, Long> positions = partitions == 1 ? Map.of(0, 10L) : Map.of(0, 10L, 1, 10L);
        ClockCheckpoint checkpoint =
                new ClockCheckpoint(US, VectorClock.parse("{node-1=4}"), new LamportTimestamp(4), positions, true);
        return node.recovered(new Found(partitions, Optional.of(checkpoint), -1), now());
    }

    private void recover(ClockCheckpoint checkpoint) {
        node.recovered(new Found(1, Optional.of(checkpoint), -1), now());
    }

    private static ClockCheckpoint checkpoint(String clock) {
        return new ClockCheckpoint(US, VectorClock.parse(clock), new LamportTimestamp(4), Map.of(0, 10L), true);
    }

    private List<Effect> turn(Publish... publishes) {
        return node.turn(new Turn(List.of(), List.of(), List.of(publishes)), now());
    }

    private List<Effect> order(Order.Kind kind) {
        return node.turn(new Turn(List.of(new Order(9, kind)), List.of(), List.of()), now());
    }

    private List<Effect> reads(Read... reads) {
        return node.turn(new Turn(List.of(), List.of(reads), List.of()), now());
    }

    private static Read read(Optional<Event> event, int partition, long offset) {
        return new Read(event, partition, offset);
    }

    private static Publish publish(long ticket, String payload) {
        return new Publish(ticket, Optional.empty(), Optional.empty(), payload);
    }

    private static Publish repeatable(long ticket, String repeatKey, String payload) {
        return new Publish(ticket, Optional.of(repeatKey), Optional.empty(), payload);
    }

    private static Event message(String process, String clock) {
        ProcessId id = ProcessId.of(process);
        VectorClock vector = VectorClock.parse(clock);
        return new Event(
                id,
                vector.get(id),
                Optional.of(vector),
                new LamportTimestamp(5),
                Optional.empty(),
                "p",
                0,
                Kind.MESSAGE);
    }

    private static List<Effect> only(List<Effect> effects, Class<?>... types) {
        return effects.stream()
                .filter(effect -> Stream.of(types).anyMatch(type -> type.isInstance(effect)))
                .toList();
    }

    private static Effect.Commit commit(List<Effect> effects) {
        return (Effect.Commit) effects.get(effects.size() - 1);
    }

    private static Reason refusal(List<Effect> effects) {
        return ((Effect.Refuse) only(effects, Effect.Refuse.class).get(0))
                .refusal()
                .reason();
    }

    private static NodeView lastView(List<Effect> effects) {
        List<Effect> shown = only(effects, Effect.Show.class);
        return ((Effect.Show) shown.get(shown.size() - 1)).view();
    }

    private static List<String> dots(Effect.Commit commit) {
        return commit.transaction().records().stream()
                .filter(record -> record.event().kind() == Kind.MESSAGE)
                .map(record -> record.event().dot().toString())
                .toList();
    }

    private Moment now() {
        return new Moment(0, nowMs);
    }
}
