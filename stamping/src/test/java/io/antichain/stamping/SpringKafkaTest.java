package io.antichain.stamping;

import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.clocks.Stamp;
import io.antichain.embedded.EmbeddedBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.EnableKafka;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.transaction.KafkaTransactionManager;

/** A Spring application of the usual shape, with the two beans of the guide and no other change. */
@Timeout(900)
class SpringKafkaTest {
    private static final BlockingQueue<ConsumerRecord<String, String>> ANSWERS = new LinkedBlockingQueue<>();
    private static String bootstrapServers;

    @TempDir
    static Path folder;

    /** What the guide says to add. */
    @Configuration
    static class Added {
        @Bean
        Stamping stamping(ConsumerFactory<String, String> factory) {
            Map<String, Object> properties = new HashMap<>(factory.getConfigurationProperties());
            properties.put("antichain.process", "spring-1");
            return Stamping.open(properties);
        }

        @Bean
        static BeanPostProcessor stampedFactories(ObjectProvider<Stamping> stamping) {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    if (bean instanceof DefaultKafkaProducerFactory<?, ?> factory) {
                        factory.addPostProcessor(
                                producer -> stamping.getObject().wrap(producer));
                    } else if (bean instanceof DefaultKafkaConsumerFactory<?, ?> factory) {
                        factory.addPostProcessor(
                                consumer -> stamping.getObject().wrap(consumer));
                    }
                    return bean;
                }
            };
        }
    }

    /** The application as it was: a transactional listener that answers each record, and one that hears the answers. */
    @Configuration
    @EnableKafka
    static class Application {
        @Bean
        ProducerFactory<String, String> producerFactory() {
            return new DefaultKafkaProducerFactory<>(Map.of(
                    "bootstrap.servers",
                    bootstrapServers,
                    "transactional.id",
                    "spring-",
                    "key.serializer",
                    StringSerializer.class,
                    "value.serializer",
                    StringSerializer.class));
        }

        @Bean
        ConsumerFactory<String, String> consumerFactory() {
            return new DefaultKafkaConsumerFactory<>(Map.of(
                    "bootstrap.servers",
                    bootstrapServers,
                    "group.id",
                    "spring",
                    "auto.offset.reset",
                    "earliest",
                    "isolation.level",
                    "read_committed",
                    "key.deserializer",
                    StringDeserializer.class,
                    "value.deserializer",
                    StringDeserializer.class));
        }

        @Bean
        KafkaTemplate<String, String> template(ProducerFactory<String, String> factory) {
            return new KafkaTemplate<>(factory);
        }

        @Bean
        ConcurrentKafkaListenerContainerFactory<String, String> kafkaListenerContainerFactory(
                ConsumerFactory<String, String> consumers, ProducerFactory<String, String> producers) {
            ConcurrentKafkaListenerContainerFactory<String, String> factory =
                    new ConcurrentKafkaListenerContainerFactory<>();
            factory.setConsumerFactory(consumers);
            factory.getContainerProperties().setKafkaAwareTransactionManager(new KafkaTransactionManager<>(producers));
            return factory;
        }

        @Bean
        Listeners listeners(KafkaTemplate<String, String> template) {
            return new Listeners(template);
        }
    }

    /** Handlers as anybody writes them. */
    static class Listeners {
        private final KafkaTemplate<String, String> template;

        Listeners(KafkaTemplate<String, String> template) {
            this.template = template;
        }

        @KafkaListener(topics = "questions")
        void answer(ConsumerRecord<String, String> record) {
            template.send("answers", record.key(), "answer to " + record.value());
        }

        @KafkaListener(topics = "answers", groupId = "hearers")
        void hear(ConsumerRecord<String, String> record) {
            ANSWERS.add(record);
        }
    }

    @Test
    void listenersAndTemplatesStampWithTwoBeansAdded() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
            bootstrapServers = broker.bootstrapServers();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
                admin.createTopics(
                                List.of(new NewTopic("questions", 1, (short) 1), new NewTopic("answers", 1, (short) 1)))
                        .all()
                        .get(5, TimeUnit.MINUTES);
            }
            try (AnnotationConfigApplicationContext context =
                    new AnnotationConfigApplicationContext(Application.class, Added.class)) {
                KafkaTemplate<String, String> template = template(context);
                for (int i = 0; i < 3; i++) {
                    String value = "question " + i;
                    template.executeInTransaction(in -> in.send("questions", "k", value));
                }
                for (int i = 0; i < 3; i++) {
                    ConsumerRecord<String, String> answer = ANSWERS.poll(5, TimeUnit.MINUTES);
                    assertThat(answer).isNotNull();
                    assertThat(answer.value()).isEqualTo("answer to question " + i);
                    Stamp stamp = TestClients.stampOf(answer.headers());
                    assertThat(stamp.dot().process().name()).isEqualTo("spring-1");
                }
                Stamping stamping = context.getBean(Stamping.class);
                assertThat(stamping.life().figures.delivered.sum()).isGreaterThanOrEqualTo(6);
                assertThat(stamping.life().figures.errors.sum()).isZero();
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static KafkaTemplate<String, String> template(AnnotationConfigApplicationContext context) {
        return context.getBean(KafkaTemplate.class);
    }

    @Test
    void theBeanOfTheGuideIsTheOneThatIsTested() throws Exception {
        String guide = Files.readString(Path.of("../docs/stamp-my-service.md"));
        String source = Files.readString(Path.of("src/test/java/io/antichain/stamping/SpringKafkaTest.java"));
        int begin = guide.indexOf("static BeanPostProcessor stampedFactories");
        assertThat(begin).isPositive();
        String bean = guide.substring(begin, guide.indexOf("```", begin));
        assertThat(source.replaceAll("\\s+", ""))
                .contains(bean.replaceAll("\\s+", "").strip());
    }
}
