package io.antichain.example.orders;

import io.antichain.example.messages.Json;
import io.antichain.example.messages.Level;
import io.antichain.example.messages.Order;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;

/** Takes orders of customers, and hears when they are served. */
public class Orders {
    private final KafkaTemplate<String, String> template;
    private final Map<String, CompletableFuture<Level>> open = new ConcurrentHashMap<>();

    Orders(KafkaTemplate<String, String> template) {
        this.template = template;
    }

    /** Orders one piece; done when it is served, with what is left then. */
    public CompletableFuture<Level> place(String customer, String item) {
        Order order = new Order(UUID.randomUUID().toString(), item);
        CompletableFuture<Level> served = new CompletableFuture<>();
        open.put(order.id(), served);
        return template.send("orders", customer, Json.write(order)).thenCompose(sent -> served);
    }

    @KafkaListener(topics = "stock", groupId = "orders")
    void hear(ConsumerRecord<String, String> record) {
        Level level = Json.read(record.value(), Level.class);
        Optional.ofNullable(open.remove(level.order())).ifPresent(served -> served.complete(level));
    }
}
