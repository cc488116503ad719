package io.antichain.example.orders;

import io.antichain.stamping.Stamping;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;

/** All that is added to the application. */
@Configuration
public class StampedOrders {
    @Bean
    Stamping stamping(ConsumerFactory<String, String> consumers) {
        Map<String, Object> properties = new HashMap<>(consumers.getConfigurationProperties());
        properties.put("antichain.process", "orders-1");
        return Stamping.open(properties);
    }

    @Bean
    static BeanPostProcessor stampedFactories(ObjectProvider<Stamping> stamping) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof DefaultKafkaProducerFactory<?, ?> factory) {
                    factory.addPostProcessor(producer -> stamping.getObject().wrap(producer));
                } else if (bean instanceof DefaultKafkaConsumerFactory<?, ?> factory) {
                    factory.addPostProcessor(consumer -> stamping.getObject().wrap(consumer));
                }
                return bean;
            }
        };
    }
}
