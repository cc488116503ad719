package io.antichain.example.orders;

import java.util.Map;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.kafka.annotation.EnableKafka;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;

/** A Spring application of the usual shape; with Spring Boot most of these beans would be there already. */
@Configuration
@EnableKafka
public class OrdersApplication {
    @Bean
    ProducerFactory<String, String> producerFactory(Environment environment) {
        return new DefaultKafkaProducerFactory<>(Map.of(
                "bootstrap.servers",
                environment.getRequiredProperty("bootstrap.servers"),
                "key.serializer",
                StringSerializer.class,
                "value.serializer",
                StringSerializer.class));
    }

    @Bean
    ConsumerFactory<String, String> consumerFactory(Environment environment) {
        return new DefaultKafkaConsumerFactory<>(Map.of(
                "bootstrap.servers",
                environment.getRequiredProperty("bootstrap.servers"),
                "auto.offset.reset",
                "earliest",
                "key.deserializer",
                StringDeserializer.class,
                "value.deserializer",
                StringDeserializer.class));
    }

    @Bean
    ConcurrentKafkaListenerContainerFactory<String, String> kafkaListenerContainerFactory(
            ConsumerFactory<String, String> consumers) {
        ConcurrentKafkaListenerContainerFactory<String, String> factory =
                new ConcurrentKafkaListenerContainerFactory<>();
        factory.setConsumerFactory(consumers);
        return factory;
    }

    @Bean
    KafkaTemplate<String, String> template(ProducerFactory<String, String> producers) {
        return new KafkaTemplate<>(producers);
    }

    @Bean
    Orders orders(KafkaTemplate<String, String> template) {
        return new Orders(template);
    }
}
