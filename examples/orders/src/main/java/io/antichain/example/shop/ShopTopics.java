package io.antichain.example.shop;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics of the shop, and who reads them. */
final class ShopTopics {
    private final Map<String, Object> client;

    ShopTopics(String bootstrapServers) {
        client = Map.of("bootstrap.servers", bootstrapServers);
    }

    /** Creates them unless they are there: orders by customer in two partitions, levels by item in one. */
    void create() throws Exception {
        try (Admin admin = Admin.create(client)) {
            for (NewTopic topic : List.of(new NewTopic("orders", 2, (short) 1), new NewTopic("stock", 1, (short) 1))) {
                try {
                    admin.createTopics(List.of(topic)).all().get();
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw e;
                    }
                }
            }
        }
    }

    /** Waits until each of two instances of the stock service has a partition of the orders. */
    void awaitSharedOrders() throws Exception {
        long deadline = System.nanoTime() + Shop.PATIENCE.toNanos();
        try (Admin admin = Admin.create(client)) {
            while (!areShared(admin)) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            "The orders are not shared by two instances: group=stock, waited=" + Shop.PATIENCE);
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
    }

    private static boolean areShared(Admin admin) throws Exception {
        try {
            var members = admin.describeConsumerGroups(List.of("stock"))
                    .all()
                    .get()
                    .get("stock")
                    .members();
            return members.size() == 2
                    && members.stream()
                            .allMatch(member ->
                                    member.assignment().topicPartitions().size() == 1);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return false; // nobody has joined yet
            }
            throw e;
        }
    }
}
