package io.antichain.stamping;

import static io.antichain.stamping.TestClients.ORDERS_0;
import static io.antichain.stamping.TestClients.record;
import static io.antichain.stamping.TestClients.stamp;
import static io.antichain.stamping.TestClients.stampOf;
import static io.antichain.stamping.TestClients.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.antichain.clocks.StampHeader;
import io.antichain.stamping.clock.KnowledgeText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** What a wrapped producer does to records, and what it leaves alone. */
class StampingProducerTest {
    private final TestWorld world = new TestWorld();
    private final Lives lives = new Lives(() -> world, false);
    private final MockProducer<String, String> sent = TestClients.producer();

    private Stamping open(String... settings) {
        Map<String, String> properties = new HashMap<>(Map.of("antichain.process", "a"));
        for (int i = 0; i < settings.length; i += 2) {
            properties.put(settings[i], settings[i + 1]);
        }
        return Stamping.open(properties, lives);
    }

    @Test
    void aRecordIsCopiedWithAStampAndNotChanged() {
        ProducerRecord<String, String> record = new ProducerRecord<>("orders", 1, 42L, "k", "v");
        record.headers().add("trace", utf8("t"));
        open().wrap(sent).send(record);
        ProducerRecord<String, String> landed = sent.history().get(0);
        assertThat(record.headers().toArray()).hasSize(1);
        assertThat(landed.topic()).isEqualTo("orders");
        assertThat(landed.partition()).isEqualTo(1);
        assertThat(landed.timestamp()).isEqualTo(42L);
        assertThat(landed.key()).isEqualTo("k");
        assertThat(landed.value()).isEqualTo("v");
        assertThat(landed.headers().lastHeader("trace").value()).isEqualTo(utf8("t"));
        assertThat(stampOf(landed)).hasToString(stampOf(landed).toString());
        assertThat(stampOf(landed).dot()).hasToString("a~1:1");
    }

    @Test
    void aSecondSendOfOneRecordIsAnotherEvent() {
        StampingProducer<String, String> producer = open().wrap(sent);
        ProducerRecord<String, String> record = new ProducerRecord<>("orders", "k", "v");
        ((RecordHeaders) record.headers()).setReadOnly();
        producer.send(record);
        producer.send(record);
        assertThat(sent.history())
                .extracting(each -> stampOf(each).dot().toString())
                .containsExactly("a~1:1", "a~1:2");
    }

    @Test
    void aStampThatHeadersBroughtAlongIsReplaced() {
        ProducerRecord<String, String> record = new ProducerRecord<>("orders", "k", "v");
        record.headers()
                .add(
                        StampHeader.NAME,
                        record(ORDERS_0, 0, "b:7", "{b=7}")
                                .headers()
                                .toArray()[0]
                                .value());
        open().wrap(sent).send(record);
        assertThat(sent.history().get(0).headers().headers(StampHeader.NAME)).hasSize(1);
        assertThat(stampOf(sent.history().get(0)).dot()).hasToString("a~1:1");
    }

    @Test
    void producersOfOneProcessShareOneClock() {
        MockProducer<String, String> other = TestClients.producer();
        open().wrap(sent).send(new ProducerRecord<>("orders", "v"));
        open().wrap(other).send(new ProducerRecord<>("orders", "v"));
        assertThat(stampOf(other.history().get(0)).dot()).hasToString("a~1:2");
    }

    @Test
    void onlyTheTopicsNamedAreStampedAndInternalOnesNever() {
        StampingProducer<String, String> producer =
                open("antichain.topics", "orders, stock.*").wrap(sent);
        for (String topic : List.of("orders", "stock.eu", "orders-2", "__x")) {
            producer.send(new ProducerRecord<>(topic, "v"));
        }
        assertThat(sent.history())
                .extracting(each -> each.headers().lastHeader(StampHeader.NAME) != null)
                .containsExactly(true, true, false, false);
        assertThat(new TopicFilter("*").include("__consumer_offsets")).isFalse();
    }

    @Test
    void aStampThatCannotBeMadeCostsNoRecordAndIsCounted() {
        Stamping stamping = open("antichain.header.max.bytes", "3");
        stamping.wrap(sent).send(new ProducerRecord<>("orders", "v"));
        assertThat(sent.history()).hasSize(1);
        assertThat(sent.history().get(0).headers().toArray()).isEmpty();
        assertThat(stamping.life().figures.unstamped.sum()).isEqualTo(1);
        assertThat(stamping.life().figures.errors.sum()).isEqualTo(1);
    }

    @Test
    void aStampThatCannotBeMadeStopsTheRecordIfAskedTo() {
        StampingProducer<String, String> producer = open(
                        "antichain.header.max.bytes", "3", "antichain.on.error", "fail")
                .wrap(sent);
        assertThatThrownBy(() -> producer.send(new ProducerRecord<>("orders", "v")))
                .isInstanceOf(StampingException.class)
                .hasMessage(
                        "A record was not stamped: process=a~1, topic=orders; it was not sent, as antichain.on.error=fail")
                .hasRootCauseMessage("A stamp did not fit in its header: event=a~1:1, header=antichain-stamp, bytes=10,"
                        + " antichain.header.max.bytes=3, processes=1; raise the limit, or lower antichain.forget.ms so that"
                        + " processes that are gone leave the clock");
        assertThat(sent.history()).isEmpty();
    }

    @Test
    void aStampSentWithoutStampBringsNoForeignOneAlong() {
        ProducerRecord<String, String> record = new ProducerRecord<>("orders", "k", "v");
        record.headers().add(StampHeader.NAME, utf8("somebody else's"));
        open("antichain.header.max.bytes", "3").wrap(sent).send(record);
        assertThat(sent.history().get(0).headers().toArray()).isEmpty();
    }

    @Test
    void aCounterOfASendThatFailedIsNotGivenAgain() {
        StampingProducer<String, String> producer = open().wrap(sent);
        sent.sendException = new IllegalStateException("closed");
        assertThatThrownBy(() -> producer.send(new ProducerRecord<>("orders", "v")))
                .hasMessage("closed");
        sent.sendException = null;
        producer.send(new ProducerRecord<>("orders", "v"));
        assertThat(stampOf(sent.history().get(0)).dot()).hasToString("a~1:2");
    }

    @Test
    void aCounterOfAnAbortedTransactionIsNotGivenAgain() {
        StampingProducer<String, String> producer = open().wrap(sent);
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>("orders", "v"));
        producer.abortTransaction();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>("orders", "v"));
        producer.commitTransaction();
        assertThat(sent.history()).hasSize(1);
        assertThat(stampOf(sent.history().get(0)).dot()).hasToString("a~1:2");
    }

    @Test
    void offsetsSentToATransactionCarryWhatIsKnownUnlessTheyCarrySomething() {
        Stamping stamping = open();
        stamping.deliver(record(ORDERS_0, 4, "b:7", "{b=7}"));
        StampingProducer<String, String> producer = stamping.wrap(sent);
        producer.initTransactions();
        producer.beginTransaction();
        producer.sendOffsetsToTransaction(
                Map.of(ORDERS_0, new OffsetAndMetadata(5), TestClients.ORDERS_1, new OffsetAndMetadata(6, "mine")),
                new ConsumerGroupMetadata("group"));
        producer.commitTransaction();
        Map<org.apache.kafka.common.TopicPartition, OffsetAndMetadata> offsets =
                sent.consumerGroupOffsetsHistory().get(0).get("group");
        assertThat(offsets.get(ORDERS_0).offset()).isEqualTo(5);
        assertThat(KnowledgeText.read(offsets.get(ORDERS_0).metadata())
                        .orElseThrow()
                        .clock())
                .hasToString("{b=7}");
        assertThat(offsets.get(TestClients.ORDERS_1)).isEqualTo(new OffsetAndMetadata(6, "mine"));
    }

    @Test
    void whatEarlierLivesHavePublishedIsKnownToTheFirstStampAndAskedForOnce() {
        world.tail.add(stamp("a:9", "{a=9, c=4}"));
        world.tail.add(stamp("b:3", "{b=3}"));
        StampingProducer<String, String> producer = open().wrap(sent);
        producer.send(new ProducerRecord<>("orders", "v"));
        producer.send(new ProducerRecord<>("orders", "v"));
        assertThat(stampOf(sent.history().get(0)).clock()).hasToString("{a=9, a~1=1, c=4}");
        assertThat(world.askedTopics).containsExactly("orders");
    }

    @Test
    void aTailThatCannotBeReadCostsNoRecordUnlessAskedTo() {
        world.failure = new IllegalStateException("no broker");
        Stamping stamping = open();
        stamping.wrap(sent).send(new ProducerRecord<>("orders", "v"));
        assertThat(sent.history()).hasSize(1);
        assertThat(stamping.life().figures.errors.sum()).isEqualTo(1);
        StampingProducer<String, String> strict =
                open("antichain.process", "b", "antichain.on.error", "fail").wrap(sent);
        assertThatThrownBy(() -> strict.send(new ProducerRecord<>("orders", "v")))
                .isInstanceOf(StampingException.class)
                .hasMessageStartingWith("What lives before knew was not all found: process=b~2, topic=orders; ");
        assertThat(sent.history()).hasSize(1);
    }

    @Test
    void aTopicWithoutMetadataIsLeftToTheProducerAndNobodyWaitsWithTheLock() {
        List<String> calls = new ArrayList<>();
        MockProducer<String, String> unknowing = new MockProducer<>(false, null, null, null) {
            @Override
            public synchronized List<org.apache.kafka.common.PartitionInfo> partitionsFor(String topic) {
                calls.add("partitionsFor");
                throw new org.apache.kafka.common.errors.TimeoutException("unknown");
            }

            @Override
            public synchronized java.util.concurrent.Future<org.apache.kafka.clients.producer.RecordMetadata> send(
                    ProducerRecord<String, String> record, org.apache.kafka.clients.producer.Callback callback) {
                calls.add("send " + stampOf(record).dot());
                return java.util.concurrent.CompletableFuture.failedFuture(
                        new org.apache.kafka.common.errors.TimeoutException("unknown"));
            }
        };
        assertThat(open().wrap(unknowing).send(new ProducerRecord<>("orders", "v")))
                .failsWithin(java.time.Duration.ofMinutes(1));
        assertThat(calls).containsExactly("partitionsFor", "send a~1:1");
    }

    @Test
    void theHeaderIsTextIfAskedTo() {
        open("antichain.header.encoding", "base64").wrap(sent).send(new ProducerRecord<>("orders", "v"));
        byte[] header =
                sent.history().get(0).headers().lastHeader(StampHeader.NAME).value();
        assertThat(StampHeader.isBase64(header)).isTrue();
        assertThat(StampHeader.read(header).dot()).hasToString("a~1:1");
    }

    @Test
    void headersOfOtherClientsCanBeStamped() {
        RecordHeaders headers = new RecordHeaders();
        headers.add(StampHeader.NAME, utf8("old"));
        open().stamp(headers);
        assertThat(headers.headers(StampHeader.NAME)).hasSize(1);
        assertThat(stampOf(headers).dot()).hasToString("a~1:1");
    }

    @Test
    void theFiguresStandAmongTheMetricsOfTheClient() {
        StampingProducer<String, String> producer = open().wrap(sent);
        producer.send(new ProducerRecord<>("orders", "v"));
        assertThat(producer.metrics().values())
                .filteredOn(metric -> metric.metricName().group().equals("antichain-stamping"))
                .filteredOn(metric -> metric.metricName().name().equals("stamped-total"))
                .singleElement()
                .satisfies(metric -> assertThat(metric.metricValue()).isEqualTo(1.0));
    }
}
