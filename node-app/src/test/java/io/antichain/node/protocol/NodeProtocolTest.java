package io.antichain.node.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.clocks.Dot;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.ReceiveRule;
import io.antichain.clocks.VectorClock;
import io.antichain.node.request.Condition;
import io.antichain.node.request.NodeEnd;
import io.antichain.node.request.NodeView;
import io.antichain.node.request.RefusedException.Reason;
import io.antichain.node.state.ClockKind;
import io.antichain.node.state.EventsLog;
import io.antichain.node.state.NodeState;
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
    private static final long HELD_BYTES = 30_000;
    private static final ProcessId US = ProcessId.of("node-1");

    private final NodeProtocol node =
            new NodeProtocol(new ProtocolSettings("node-1", RULES, 5_000, HELD_BYTES, 2, false));
    private long nowMs = 10_000;

    @Test
    void aNameIsFencedBeforeItsLogIsReadBack() {
        assertThat(only(node.start(), Effect.Fence.class, Effect.ReadBack.class))
                .containsExactly(new Effect.Fence(), new Effect.ReadBack());
    }

    @Test
    void aNewNamePublishesOnceItHasDeliveredEverythingCommittedBeforeAndHasCommittedThat() {
        node.start();
        List<Effect> recovered = node.recovered(past(log(2, 8), new OwnCheckpoints()), now());
        assertThat(recovered.get(recovered.size() - 1)).isEqualTo(new Effect.DescribeTopic());
        node.described(log(2, 8), now());
        assertThat(only(turn(publish(1, "early")), Effect.Refuse.class)).hasSize(1);

        assertThat(only(reads(read(Optional.empty(), 0, 7)), Effect.Commit.class))
                .isEmpty();
        assertThat(node.condition()).isEqualTo(Condition.JOINING);
        Effect.Commit joined = commit(reads(read(Optional.empty(), 1, 7)));

        assertThat(joined.transaction().messages()).isEmpty();
        assertThat(joined.transaction().checkpoint().joined()).isTrue();
        assertThat(node.condition()).isEqualTo(Condition.JOINING);
        node.committed(List.of(), now());
        assertThat(node.condition()).isEqualTo(Condition.READY);
    }

    @Test
    void aNewNameOnAnEmptyLogIsReadyAtOnce() {
        node.start();
        node.recovered(past(log(1, 0), new OwnCheckpoints()), now());

        commit(node.described(log(1, 0), now()));
        node.committed(List.of(), now());

        assertThat(node.condition()).isEqualTo(Condition.READY);
    }

    @Test
    void aCrashedNodeWhoseCheckpointSaysJoinedPublishesAtOnce() {
        assertThat(only(start(1), Effect.Commit.class)).isEmpty();

        assertThat(node.condition()).isEqualTo(Condition.READY);
    }

    @Test
    void aNodeThatLeftWritesNoEventAndJoinsAgain() {
        start(1);

        Effect.Commit leave = commit(node.leave());

        assertThat(leave.transaction().checkpoint().joined()).isFalse();
        assertThat(leave.transaction().messages()).isEmpty();
    }

    @Test
    void anIdleNodeCommitsItsCheckpointAloneOnceAnIntervalAndLooksAtTheLog() {
        start(2);
        nowMs += 3_000;
        commit(turn(publish(1, "a")));
        node.committed(List.of(new Place(1, 9)), now());
        nowMs += 1_999;
        assertThat(turn()).isEmpty();

        nowMs += 1;
        assertThat(turn()).containsExactly(new Effect.DescribeTopic());
        node.described(log(2, 40), now());
        nowMs += 3_000;
        Effect.Commit sign = commit(turn());

        assertThat(sign.transaction().messages()).isEmpty();
        node.committed(List.of(), now());
        assertThat(turn()).isEmpty();
    }

    @Test
    void aSyncIsAnsweredOnceTheHighWatermarksOfAfterItAreDelivered() {
        start(2);
        assertThat(command(Command.Kind.SYNC)).contains(new Effect.DescribeTopic());
        node.described(log(2, 12), now());
        assertThat(only(reads(read(Optional.of(message("node-2", "{node-2=1}")), 0, 11)), Effect.AnswerView.class))
                .isEmpty();

        List<Effect> passed = reads(read(Optional.empty(), 1, 11));

        assertThat(only(passed, Effect.AnswerView.class)).hasSize(1);
    }

    @Test
    void aNewestCheckpointThatCannotBeReadEndsTheNodeInsteadOfTheOlderOneBeingBelieved() {
        OwnCheckpoints own = new OwnCheckpoints();
        own.read(0, checkpoint("{node-1=4}"));
        own.unreadable(0, 17, "UNKNOWN_ID");
        node.start();

        List<Effect> effects = node.recovered(past(log(1, 10), own), now());

        NodeEnd end = end(effects);
        assertThat(end.kind()).isEqualTo(NodeEnd.Kind.UNREADABLE);
        assertThat(end.sentence()).contains("offset=17", "reason=UNKNOWN_ID", "--process");
        assertThat(node.condition()).isEqualTo(Condition.FAILED);
        assertThat(node.state()).isEmpty();
    }

    @Test
    void aLaterCheckpointOrTombstoneOutweighsOneThatCannotBeRead() {
        OwnCheckpoints own = new OwnCheckpoints();
        own.unreadable(0, 17, "broken");
        own.read(0, checkpoint("{node-1=4}"));
        assertThat(own.doubt()).isEmpty();
        assertThat(own.newest()).isPresent();

        own.unreadable(0, 19, "broken");
        own.tombstone(0);

        assertThat(own.doubt()).isEmpty();
        assertThat(own.newest()).isEmpty();
    }

    @Test
    void whatTheLogHoldsOfOnesOwnBehindAnOlderCheckpointIsCounted() {
        node.start();
        OwnPast past = new OwnPast(
                log(1, 20), own(checkpoint("{node-1=4}")), Optional.of(message("node-1", "{node-1=6, node-2=3}")), -1);

        node.recovered(past, now());

        Effect.Commit next = commit(turn(publish(1, "a")));
        assertThat(dots(next)).containsExactly("node-1:7");
        assertThat(next.transaction().messages().get(0).clock()).contains(VectorClock.parse("{node-1=7, node-2=3}"));
    }

    @Test
    void aLogThatEndsBeforeWhatWasReadEndsTheNodeAtItsStartAndWhileItRuns() {
        node.start();
        assertThat(end(node.recovered(past(log(1, 9), own(checkpoint("{node-1=4}"))), now()))
                        .sentence())
                .contains("end=9", "position=10", "--accept-new-topic");

        NodeProtocol running = new NodeProtocol(new ProtocolSettings("node-1", RULES, 5_000, HELD_BYTES, 2, false));
        running.start();
        running.recovered(past(log(1, 10), own(checkpoint("{node-1=4}"))), now());
        assertThat(end(running.described(log(1, 9), now())).kind()).isEqualTo(NodeEnd.Kind.UNREADABLE);
        EventsLog other = new EventsLog("other", Map.of(0, 0L), Map.of(0, 50L));
        running.recovered(past(log(1, 10), own(checkpoint("{node-1=4}"))), now());
        assertThat(end(running.described(other, now())).sentence()).contains("topicId=other");
    }

    @Test
    void whoAcceptsANewTopicKeepsItsCounterAndReadsItFromItsStart() {
        NodeProtocol accepting = new NodeProtocol(new ProtocolSettings("node-1", RULES, 5_000, HELD_BYTES, 2, true));
        accepting.start();

        List<Effect> effects = accepting.recovered(past(log(1, 3), own(checkpoint("{node-1=4}"))), now());

        assertThat(effects).contains(new Effect.StartReading(Map.of(0, 0L)));
        assertThat(accepting.condition()).isEqualTo(Condition.JOINING);
        assertThat(accepting.state().orElseThrow().counter()).isEqualTo(4);
    }

    @Test
    void aTopicThatGrewPartitionsIsReadAgain() {
        start(1);

        List<Effect> effects = node.described(log(2, 40), now());

        assertThat(only(effects, Effect.Fence.class, Effect.ReadBack.class)).hasSize(2);
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

        reads(read(Optional.of(lost.transaction().messages().get(0)), 0, 12));

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

        assertThat(turn()).contains(new Effect.DescribeTopic());
        node.described(new EventsLog("t", Map.of(0, 0L, 1, 0L), Map.of(0, 22L, 1, 41L)), now());
        reads(read(Optional.empty(), 0, 21));
        List<Effect> answered = reads(read(Optional.empty(), 1, 40));

        assertThat(only(answered, Effect.OutOfOrder.class)).hasSize(1);
        assertThat(only(answered, Effect.Delivered.class)).hasSize(1);
        assertThat(positions()).isEqualTo(Map.of(0, 22L, 1, 41L));
    }

    @Test
    void aPausedNodeLooksAtTheLogAndDeliversNothing() {
        start(2);
        reads(read(Optional.of(message("node-3", "{node-2=7, node-3=1}")), 0, 20), read(Optional.empty(), 1, 20));
        command(Command.Kind.PAUSE);
        nowMs += 5_000;
        commit(turn());
        assertThat(node.committed(List.of(), now())).contains(new Effect.DescribeTopic());

        assertThat(only(node.described(log(2, 21), now()), Effect.Delivered.class))
                .isEmpty();

        command(Command.Kind.RESUME);
        nowMs += 5_000;
        commit(turn());
        node.committed(List.of(), now());
        assertThat(only(node.described(log(2, 21), now()), Effect.Delivered.class))
                .hasSize(1);
    }

    @Test
    void timeInAPauseIsNoWaitingForACause() {
        start(2);
        reads(read(Optional.of(message("node-3", "{node-2=7, node-3=1}")), 0, 20));
        turn();
        command(Command.Kind.PAUSE);
        nowMs += 2_000;

        assertThat(only(command(Command.Kind.RESUME), Effect.DescribeTopic.class))
                .isEmpty();
        nowMs += 1_000;
        assertThat(only(turn(), Effect.DescribeTopic.class)).hasSize(1);
    }

    @Test
    void aPositionWaitsForWhatIsHeldBack() {
        start(2);

        reads(read(Optional.of(message("node-3", "{node-2=1, node-3=1}")), 0, 20), read(Optional.empty(), 0, 21));

        assertThat(positions()).isEqualTo(Map.of(0, 20L, 1, 10L));
    }

    @Test
    void aPartitionThatHoldsItsShareIsReadNoFurther() {
        start(2);
        String large = "x".repeat((int) HELD_BYTES / 8);
        List<Read> waiting = new ArrayList<>();
        for (int i = 1; i <= 2; i++) {
            waiting.add(read(Optional.of(message("node-3", "{node-2=1, node-3=" + i + "}", large)), 0, 20 + i));
        }

        assertThat(only(reads(waiting.get(0)), Effect.HoldReading.class)).isEmpty();
        assertThat(only(reads(waiting.get(1)), Effect.HoldReading.class))
                .containsExactly(new Effect.HoldReading(java.util.Set.of(0)));
        assertThat(only(reads(read(Optional.of(message("node-2", "{node-2=1}")), 1, 20)), Effect.HoldReading.class))
                .containsExactly(new Effect.HoldReading(java.util.Set.of()));
    }

    @Test
    void ofBodiesOf250KilobytesNoMoreIsHeldThanFits() {
        long most = 16 * 1024 * 1024;
        HoldBackQueue held = new HoldBackQueue();
        CausalDelivery delivery = new CausalDelivery(most);
        NodeState state = NodeState.newborn(RULES, US);
        delivery.restart(state, 1);
        delivery.restart(state.reading(log(2, 0)), 2);
        String body = "x".repeat(250_000);
        List<Effect> effects = new ArrayList<>();
        int offset = 0;
        for (int i = 1; i <= 700; i++) {
            Event event = message("node-3", "{node-2=1, node-3=" + i + "}", body);
            held.hold(event, new Place(0, i));
            if (effects.isEmpty()) {
                state = delivery.deliver(state, List.of(read(Optional.of(event), 0, offset++)), effects);
            }
        }

        assertThat(effects).containsExactly(new Effect.HoldReading(java.util.Set.of(0)));
        assertThat(offset * 500_000L).isBetween(most / 2, most / 2 + 500_000);
        assertThat(held.bytesIn(0)).isGreaterThan(700 * 500_000L);
    }

    /** A restart after a crash, joined, with four messages published. */
    private List<Effect> start(int partitions) {
        node.start();
        Map<Integer, Long> positions = partitions == 1 ? Map.of(0, 10L) : Map.of(0, 10L, 1, 10L);
        ClockCheckpoint checkpoint = new ClockCheckpoint(
                US, VectorClock.parse("{node-1=4}"), new LamportTimestamp(4), positions, true, "t", 0);
        return node.recovered(past(log(partitions, 10), own(checkpoint)), now());
    }

    private void recover(ClockCheckpoint checkpoint) {
        node.recovered(past(log(1, 20), own(checkpoint)), now());
    }

    private static OwnPast past(EventsLog log, OwnCheckpoints own) {
        return new OwnPast(log, own, Optional.empty(), -1);
    }

    private static OwnCheckpoints own(ClockCheckpoint checkpoint) {
        OwnCheckpoints own = new OwnCheckpoints();
        own.read(0, checkpoint);
        return own;
    }

    private static EventsLog log(int partitions, long end) {
        return partitions == 1
                ? new EventsLog("t", Map.of(0, 0L), Map.of(0, end))
                : new EventsLog("t", Map.of(0, 0L, 1, 0L), Map.of(0, end, 1, end));
    }

    private static ClockCheckpoint checkpoint(String clock) {
        return new ClockCheckpoint(US, VectorClock.parse(clock), new LamportTimestamp(4), Map.of(0, 10L), true, "t", 0);
    }

    private Map<Integer, Long> positions() {
        return node.state().orElseThrow().reading().positions();
    }

    private static NodeEnd end(List<Effect> effects) {
        return ((Effect.End) effects.get(effects.size() - 1)).end();
    }

    private List<Effect> turn(Publish... publishes) {
        return node.turn(new Turn(List.of(), List.of(), List.of(publishes)), now());
    }

    private List<Effect> command(Command.Kind kind) {
        return node.turn(new Turn(List.of(new Command(9, kind)), List.of(), List.of()), now());
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
        return message(process, clock, "p");
    }

    private static Event message(String process, String clock, String payload) {
        ProcessId id = ProcessId.of(process);
        VectorClock vector = VectorClock.parse(clock);
        return new Event(
                id,
                vector.get(id),
                Optional.of(vector),
                new LamportTimestamp(5),
                Optional.empty(),
                payload,
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
        return commit.transaction().messages().stream()
                .map(message -> message.dot().toString())
                .toList();
    }

    private Moment now() {
        return new Moment(0, nowMs);
    }
}
