package io.antichain.node.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.VectorClock;
import io.antichain.node.protocol.Publish;
import io.antichain.node.protocol.Read;
import io.antichain.node.protocol.Turn;
import io.antichain.node.request.Delivered;
import io.antichain.node.state.Footprint;
import io.antichain.schemas.Event;
import io.antichain.schemas.Event.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Bodies of 250 kB, many more than would fit. */
class BoundsTest {
    private static final int MANY = 700;
    private static final String BODY = "x".repeat(250_000);
    private static final ProcessId PROCESS = ProcessId.of("node-2");

    @Test
    void ofLargeMessagesFewerAreKeptToBeLookedAt() {
        RecentMessages recent = new RecentMessages();

        for (int i = 1; i <= MANY; i++) {
            recent.add(new Delivered(event(i, BODY), 0, i));
        }

        assertThat(recent.bytes()).isBetween(RecentMessages.CAPACITY_BYTES / 2, RecentMessages.CAPACITY_BYTES);
        assertThat(recent.last(1_000).get(recent.last(1_000).size() - 1).offset())
                .isEqualTo(MANY);
    }

    @Test
    void ofSmallMessagesAThousandAreKept() {
        RecentMessages recent = new RecentMessages();

        for (int i = 1; i <= 1_500; i++) {
            recent.add(new Delivered(event(i, "small"), 0, i));
        }

        assertThat(recent.last(2_000)).hasSize(RecentMessages.CAPACITY);
    }

    @Test
    void largeMessagesAreRefusedBeforeTheQueueIsFullByNumber() {
        Inbox inbox = new Inbox(4_096, 500);
        int taken = 0;
        while (inbox.offer(new Publish(taken, Optional.empty(), Optional.empty(), BODY))) {
            taken++;
        }

        assertThat(taken * Footprint.bytes(Optional.empty(), BODY)).isLessThanOrEqualTo(Inbox.QUEUE_BYTES);
        assertThat(taken).isLessThan(MANY);
    }

    @Test
    void aTurnTakesNoMoreThanATransactionShouldHoldAndRoomComesBack() throws InterruptedException {
        Inbox inbox = new Inbox(4_096, 500);
        int taken = 0;
        while (inbox.offer(new Publish(taken, Optional.empty(), Optional.empty(), BODY))) {
            taken++;
        }
        int turned = 0;
        while (turned < taken) {
            Turn turn = inbox.take(false, 0);
            assertThat(turn.publishes()).isNotEmpty();
            assertThat(turn.publishes().stream().mapToLong(Publish::bytes).sum())
                    .isLessThanOrEqualTo(Inbox.BATCH_BYTES);
            turned += turn.publishes().size();
        }

        assertThat(inbox.offer(new Publish(1, Optional.empty(), Optional.empty(), BODY)))
                .isTrue();
    }

    @Test
    void theReaderWaitsWhileRecordsThatTakeAsMuchAsMayWaitAreNotTaken() throws InterruptedException {
        Inbox inbox = new Inbox(10, 10);
        AtomicInteger handedOver = new AtomicInteger();
        Thread reader = new Thread(() -> {
            try {
                for (int i = 1; i <= MANY; i++) {
                    Event event = event(i, BODY);
                    inbox.handOver(List.of(new Read(Optional.of(event), 0, i)), Footprint.bytes(event));
                    handedOver.incrementAndGet();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        reader.start();

        await().atMost(Duration.ofMinutes(2)).until(() -> reader.getState() == Thread.State.WAITING);
        assertThat(handedOver.get() * Footprint.bytes(event(1, BODY))).isLessThanOrEqualTo(Inbox.READ_BYTES);
        for (int i = 1; i <= MANY; i++) {
            assertThat(inbox.take(false, 60_000).reads().get(0).offset()).isEqualTo(i);
        }
        reader.join();
    }

    private static Event event(long counter, String payload) {
        return new Event(
                PROCESS,
                counter,
                Optional.of(VectorClock.of(Map.of(PROCESS, counter))),
                new LamportTimestamp(counter),
                Optional.empty(),
                payload,
                0,
                Kind.MESSAGE);
    }
}
