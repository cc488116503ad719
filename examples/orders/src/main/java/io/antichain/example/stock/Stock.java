package io.antichain.example.stock;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Starts one instance of the stock service. */
public final class Stock {
    private Stock() {}

    /** Works until the warehouse closes. */
    public static void run(String instance, String bootstrapServers, Warehouse warehouse) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("bootstrap.servers", bootstrapServers);
        properties.put("group.id", "stock");
        properties.put("enable.auto.commit", false);
        properties.put("auto.offset.reset", "earliest");
        properties.put("key.serializer", StringSerializer.class);
        properties.put("value.serializer", StringSerializer.class);
        properties.put("key.deserializer", StringDeserializer.class);
        properties.put("value.deserializer", StringDeserializer.class);
        try (Producer<String, String> producer = new KafkaProducer<>(properties);
                Consumer<String, String> orders = new KafkaConsumer<>(properties);
                Consumer<String, String> levels = new KafkaConsumer<>(properties)) {
            new StockService(instance, orders, levels, producer, warehouse).run();
        }
    }
}
