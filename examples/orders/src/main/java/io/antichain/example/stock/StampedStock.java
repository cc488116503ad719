package io.antichain.example.stock;

import io.antichain.stamping.Stamping;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Starts one instance of the stock service, with the library. */
public final class StampedStock {
    private StampedStock() {}

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
        properties.put("antichain.process", instance);
        try (Stamping stamping = Stamping.open(properties);
                Producer<String, String> producer = stamping.wrap(new KafkaProducer<String, String>(properties));
                Consumer<String, String> orders = stamping.wrap(new KafkaConsumer<String, String>(properties));
                Consumer<String, String> levels = stamping.wrap(new KafkaConsumer<String, String>(properties))) {
            new StockService(instance, orders, levels, producer, warehouse).run();
        }
    }
}
