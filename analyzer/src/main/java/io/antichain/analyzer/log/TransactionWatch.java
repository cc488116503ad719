package io.antichain.analyzer.log;

import io.antichain.analyzer.export.ControlCharacters;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every 2 s whether an open transaction holds any partition of some topics. Whose it is, is asked only of one that three
 * looks in a row have found at the same offset, and again every 30 s while it stays there.
 */
public final class TransactionWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionWatch.class);
    private static final long LOOK_EVERY_MS = 2_000;
    /** Counted in looks, not in time: a program that was stopped for a while has looked at nothing meanwhile. */
    private static final int LOOKS_UNTIL_ASKED = 3;

    private static final int LOOKS_UNTIL_ASKED_AGAIN = 15;

    private final Map<String, Object> client;
    private final List<String> topics;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "antichain-transactions");
    private Map<TopicPartition, Seen> seen = Map.of();
    private volatile List<OpenTransaction> standing = List.of();

    /** A held partition: at which offset, in how many looks in a row, and by whom once that was asked. */
    private record Seen(long offset, int looks, Optional<OpenTransaction> by) {}

    private TransactionWatch(Map<String, Object> client, List<String> topics) {
        this.client = Map.copyOf(client);
        this.topics = List.copyOf(topics);
        thread.setDaemon(true);
    }

    /**
     * Begins to look.
     *
     * @param client bootstrap servers, security and any other setting of a client
     */
    public static TransactionWatch start(Map<String, Object> client, List<String> topics) {
        TransactionWatch watch = new TransactionWatch(client, topics);
        watch.thread.start();
        return watch;
    }

    /** Those that hold a partition, and have for at least 4 s; none while no broker answers. */
    public List<OpenTransaction> standing() {
        return standing;
    }

    private void run() {
        Admin admin = null;
        while (!isClosed()) {
            try {
                // Not before the first look: many a reader is through by then.
                admin = admin == null ? Admin.create(client) : admin;
                look(new OpenTransactions(
                        admin, String.valueOf(client.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG))));
            } catch (KafkaException e) {
                seen = Map.of();
                LOG.debug("Open transactions cannot be looked for now", e);
            }
            standing =
                    seen.values().stream().flatMap(held -> held.by().stream()).toList();
        }
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }

    private boolean isClosed() {
        try {
            return closed.await(LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    private void look(OpenTransactions transactions) {
        Map<TopicPartition, Seen> now = new LinkedHashMap<>();
        transactions.held(topics).forEach((partition, held) -> now.put(partition, seen(transactions, partition, held)));
        seen = now;
    }

    private Seen seen(OpenTransactions transactions, TopicPartition partition, OpenTransactions.Held held) {
        Seen before = seen.get(partition);
        if (before == null || before.offset() != held.offset()) {
            return new Seen(held.offset(), 1, Optional.empty());
        }
        int looks = before.looks() + 1;
        if (looks % LOOKS_UNTIL_ASKED_AGAIN != LOOKS_UNTIL_ASKED) {
            return new Seen(held.offset(), looks, before.by().map(by -> by.withEnd(held.end())));
        }
        OpenTransaction named = transactions.named(partition, held);
        if (before.by().isEmpty()) {
            LOG.warn(ControlCharacters.shown(named.sentence()));
        }
        return new Seen(held.offset(), looks, Optional.of(named));
    }

    /** Stops looking, at once. */
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
