package io.antichain.example.stock;

import io.antichain.example.messages.Json;
import io.antichain.example.messages.Level;
import io.antichain.example.messages.Order;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Serves orders, and publishes how many pieces of the item are left. Instances share the orders, and each reads all levels.
 *
 * <p>It has a fault that is easily made. Orders are shared out by customer, and levels are counted by item: so two instances can
 * serve orders of one item at once. Both read the same level, and both publish one less: an update is lost.
 */
final class StockService {
    private static final int FIRST_DELIVERY = 20;

    private final String instance;
    private final Consumer<String, String> orders;
    private final Consumer<String, String> levels;
    private final Producer<String, String> producer;
    private final Warehouse warehouse;
    private final Map<String, Integer> left = new HashMap<>();

    StockService(
            String instance,
            Consumer<String, String> orders,
            Consumer<String, String> levels,
            Producer<String, String> producer,
            Warehouse warehouse) {
        this.instance = instance;
        this.orders = orders;
        this.levels = levels;
        this.producer = producer;
        this.warehouse = warehouse;
    }

    /** Works until the warehouse closes. */
    void run() {
        levels.assign(List.of(new TopicPartition("stock", 0)));
        levels.seekToBeginning(levels.assignment());
        orders.subscribe(List.of("orders"));
        while (warehouse.isOpen()) {
            ConsumerRecords<String, String> polled = orders.poll(Duration.ofMillis(200));
            for (ConsumerRecord<String, String> order : polled) {
                serve(Json.read(order.value(), Order.class));
            }
            if (!polled.isEmpty()) {
                orders.commitSync();
            }
        }
    }

    private void serve(Order order) {
        readLevels();
        int before = left.getOrDefault(order.item(), FIRST_DELIVERY);
        warehouse.fetch(order.item());
        publish(order.item(), new Level(before - 1, order.id(), instance));
    }

    /** Returns once the broker has it: only then is the order's offset committed. */
    private void publish(String item, Level level) {
        try {
            producer.send(new ProducerRecord<>("stock", item, Json.write(level)))
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A level was not published: item=" + item + ", level=" + level, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a level was published: item=" + item, e);
        }
    }

    /** Up to where the topic ends now. */
    private void readLevels() {
        Map<TopicPartition, Long> ends = levels.endOffsets(levels.assignment());
        while (ends.entrySet().stream().anyMatch(this::isBefore)) {
            for (ConsumerRecord<String, String> level : levels.poll(Duration.ofMillis(200))) {
                left.put(level.key(), Json.read(level.value(), Level.class).left());
            }
        }
    }

    private boolean isBefore(Entry<TopicPartition, Long> end) {
        return levels.position(end.getKey()) < end.getValue();
    }
}
