package io.antichain.cli.faults;

import io.antichain.cli.faults.ServicePlan.Level;
import io.antichain.stamping.DeliveringInterceptor;
import io.antichain.stamping.Stamping;
import io.antichain.stamping.StampingInterceptor;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The Kafka clients of one life of a service, with the library in them at one of its levels. */
final class ServiceClients implements AutoCloseable {
    private final ServicePlan plan;
    private final String bootstrapServers;
    private final Optional<Stamping> stamping;

    ServiceClients(ServicePlan plan, Level level, String bootstrapServers) {
        this.plan = plan;
        this.bootstrapServers = bootstrapServers;
        Map<String, Object> properties = consumerProperties();
        properties.put("antichain.process", plan.name());
        properties.put("antichain.on.error", "fail");
        this.stamping = level == Level.WRAPPED ? Optional.of(Stamping.open(properties)) : Optional.empty();
    }

    private Map<String, Object> properties() {
        return new HashMap<>(Map.of(
                "bootstrap.servers", bootstrapServers, "reconnect.backoff.ms", "50", "request.timeout.ms", "2000"));
    }

    private Map<String, Object> consumerProperties() {
        Map<String, Object> properties = properties();
        properties.put("group.id", plan.group());
        properties.put("auto.offset.reset", "earliest");
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", "false");
        properties.put("max.poll.records", "10");
        properties.put("session.timeout.ms", "6000");
        properties.put("heartbeat.interval.ms", "1000");
        properties.put("default.api.timeout.ms", "10000");
        properties.put(
                "partition.assignment.strategy",
                (plan.isCooperative() ? CooperativeStickyAssignor.class : RangeAssignor.class).getName());
        return properties;
    }

    Consumer<String, String> consumer() {
        Map<String, Object> properties = consumerProperties();
        intercept(properties, DeliveringInterceptor.class);
        Consumer<String, String> plain =
                new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer());
        return stamping.isPresent() ? stamping.get().wrap(plain) : plain;
    }

    /** One of the instance's producers. A batch of it expires after 3 s. */
    Producer<String, String> producer(int number) {
        Map<String, Object> properties = properties();
        properties.put("linger.ms", "20");
        properties.put("delivery.timeout.ms", "3000");
        properties.put("max.block.ms", "8000");
        if (plan.isTransactional()) {
            properties.put("transactional.id", plan.name() + "-" + number);
            properties.put("transaction.timeout.ms", "10000");
        }
        intercept(properties, StampingInterceptor.class);
        Producer<String, String> plain =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
        return stamping.isPresent() ? stamping.get().wrap(plain) : plain;
    }

    private void intercept(Map<String, Object> properties, Class<?> interceptor) {
        if (stamping.isEmpty()) {
            properties.put("interceptor.classes", interceptor.getName());
            properties.put("antichain.process", plan.name());
        }
    }

    Admin admin() {
        Map<String, Object> properties = properties();
        properties.put("default.api.timeout.ms", "10000");
        return Admin.create(properties);
    }

    @Override
    public void close() {
        stamping.ifPresent(Stamping::close);
    }
}
