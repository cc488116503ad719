package io.antichain.stamping;

import static io.antichain.stamping.TestClients.ORDERS_0;
import static io.antichain.stamping.TestClients.record;
import static io.antichain.stamping.TestClients.stampOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.antichain.clocks.StampHeader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What configuration alone can do, and what it says and counts where it cannot. */
class InterceptorsTest {
    private final StampingInterceptor<String, String> producer = new StampingInterceptor<>();
    private final DeliveringInterceptor<String, String> consumer = new DeliveringInterceptor<>();

    @AfterEach
    void close() {
        producer.close();
        consumer.close();
    }

    private void configure(String... settings) {
        Map<String, String> properties = new HashMap<>(Map.of("antichain.process", "intercepted"));
        for (int i = 0; i < settings.length; i += 2) {
            properties.put(settings[i], settings[i + 1]);
        }
        producer.configure(properties);
        consumer.configure(properties);
    }

    @SuppressWarnings("deprecation") // The other constructor came with 4.0.
    private static ConsumerRecords<String, String> polled() {
        return new ConsumerRecords<>(Map.of(
                ORDERS_0, List.of(record(ORDERS_0, 0, "b:1", "{b=1}"), record(ORDERS_0, 1, "b:2", "{b=2, c=1}"))));
    }

    @Test
    void aWholePollIsKnownBeforeTheFirstRecordIsHandled() {
        configure();
        ConsumerRecords<String, String> records = polled();
        assertThat(consumer.onConsume(records)).isSameAs(records);
        ProducerRecord<String, String> sent = producer.onSend(new ProducerRecord<>("orders", "v"));
        assertThat(stampOf(sent).clock().toString()).contains("b=2, c=1");
    }

    @Test
    void withExplicitNothingIsKnownByItself() {
        configure("antichain.deliver", "explicit");
        consumer.onConsume(polled());
        assertThat(stampOf(producer.onSend(new ProducerRecord<>("orders", "v")))
                        .clock()
                        .size())
                .isEqualTo(1);
    }

    @Test
    void topicsThatAreNotNamedAreLeftAlone() {
        configure("antichain.topics", "stock");
        ProducerRecord<String, String> record = new ProducerRecord<>("orders", "v");
        assertThat(producer.onSend(record)).isSameAs(record);
    }

    @Test
    void aRecordWithoutAStampIsCounted() {
        configure("antichain.header.max.bytes", "3");
        ProducerRecord<String, String> sent = producer.onSend(new ProducerRecord<>("orders", "v"));
        assertThat(sent.headers().lastHeader(StampHeader.NAME)).isNull();
        try (Stamping same = Stamping.open(Map.of("antichain.process", "intercepted"))) {
            assertThat(same.life().figures.unstamped.sum()).isEqualTo(1);
        }
    }
}
