package io.antichain.stamping;

import static io.antichain.stamping.TestClients.ORDERS_0;
import static io.antichain.stamping.TestClients.ORDERS_1;
import static io.antichain.stamping.TestClients.record;
import static io.antichain.stamping.TestClients.stamp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.antichain.stamping.clock.ClockRecovery;
import io.antichain.stamping.clock.Knowledge;
import io.antichain.stamping.clock.KnowledgeText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** When a wrapped consumer merges what, and what it hands on. */
class DeliveringConsumerTest {
    private final TestWorld world = new TestWorld();
    private final Lives lives = new Lives(() -> world, false);
    private final MockConsumer<String, String> polled = TestClients.consumer();

    private Stamping open(String... settings) {
        Map<String, String> properties = new HashMap<>(Map.of("antichain.process", "a", "group.id", "group"));
        for (int i = 0; i < settings.length; i += 2) {
            properties.put(settings[i], settings[i + 1]);
        }
        return Stamping.open(properties, lives);
    }

    private ConsumerRecords<String, String> pollThree(DeliveringConsumer<String, String> consumer) {
        consumer.assign(List.of(ORDERS_0, ORDERS_1));
        polled.addRecord(record(ORDERS_0, 0, "b:1", "{b=1}"));
        polled.addRecord(record(ORDERS_0, 1, "b:2", "{b=2}"));
        polled.addRecord(record(ORDERS_1, 0, "c:1", "{c=1}"));
        return consumer.poll(Duration.ZERO);
    }

    @Test
    void aClockIsMergedAsItsRecordIsHandedOutAndNoneBefore() {
        Stamping stamping = open();
        ConsumerRecords<String, String> records = pollThree(stamping.wrap(polled));
        assertThat(records.count()).isEqualTo(3);
        Iterator<ConsumerRecord<String, String>> each = records.iterator();
        assertThat(each.hasNext()).isTrue();
        assertThat(stamping.clock()).hasToString("{}");
        each.next();
        assertThat(each.hasNext()).isTrue();
        assertThat(stamping.clock().size()).isEqualTo(1);
        each.next();
        each.next();
        assertThat(each.hasNext()).isFalse();
        assertThat(stamping.clock()).hasToString("{b=2, c=1}");
    }

    @Test
    void theWaysToARecordAllTellThatItIsHandedOut() {
        Stamping stamping = open();
        ConsumerRecords<String, String> records = pollThree(stamping.wrap(polled));
        records.records(ORDERS_1).get(0);
        assertThat(stamping.clock()).hasToString("{c=1}");
        assertThat(records.records(ORDERS_0).stream().findFirst()).isPresent();
        assertThat(stamping.clock()).hasToString("{b=1, c=1}");
        for (ConsumerRecord<String, String> record : records.records("orders")) {
            assertThat(record.key()).isEqualTo("key");
        }
        assertThat(stamping.clock()).hasToString("{b=2, c=1}");
    }

    @Test
    void theRecordsAreTheSameObjectsAndAllElseIsWhole() {
        DeliveringConsumer<String, String> consumer = open().wrap(polled);
        consumer.assign(List.of(ORDERS_0));
        ConsumerRecord<String, String> record = record(ORDERS_0, 0, "b:1", "{b=1}");
        polled.addRecord(record);
        ConsumerRecords<String, String> records = consumer.poll(Duration.ZERO);
        assertThat(records.iterator().next()).isSameAs(record);
        assertThat(records.records(ORDERS_0).get(0)).isSameAs(record);
        assertThat(records.partitions()).containsExactly(ORDERS_0);
        assertThat(records.isEmpty()).isFalse();
        OlderClients.nextOffsets(records)
                .ifPresent(next -> assertThat(next.get(ORDERS_0).offset()).isEqualTo(1));
        assertThat(consumer.poll(Duration.ZERO).isEmpty()).isTrue();
    }

    @Test
    void aBatchIsMergedWholeIfAskedTo() {
        Stamping stamping = open("antichain.deliver", "batch");
        pollThree(stamping.wrap(polled));
        assertThat(stamping.clock()).hasToString("{b=2, c=1}");
    }

    @Test
    void withExplicitNothingIsMergedUntilTheApplicationSaysSo() {
        Stamping stamping = open("antichain.deliver", "explicit");
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        pollThree(stamping.wrap(polled)).forEach(records::add);
        assertThat(stamping.clock()).hasToString("{}");
        records.stream().filter(record -> record.offset() == 1).forEach(stamping::deliver);
        assertThat(stamping.clock()).hasToString("{b=2}");
    }

    @Test
    void withNoneNothingIsMergedOrHandedOn() {
        Stamping stamping = open("antichain.deliver", "none");
        DeliveringConsumer<String, String> consumer = stamping.wrap(polled);
        pollThree(consumer).forEach(record -> {});
        consumer.commitSync();
        assertThat(stamping.clock()).hasToString("{}");
        assertThat(polled.committed(Set.of(ORDERS_0)).get(ORDERS_0).metadata()).isEmpty();
    }

    @Test
    void aStampThatCannotBeReadCostsNoRecord() {
        Stamping stamping = open("antichain.on.error", "fail");
        DeliveringConsumer<String, String> consumer = stamping.wrap(polled);
        consumer.assign(List.of(ORDERS_0));
        polled.addRecord(record(ORDERS_0, 0, TestClients.utf8("hello")));
        polled.addRecord(new ConsumerRecord<>("orders", 0, 1, "key", "value"));
        polled.addRecord(record(ORDERS_0, 2, "b:1", "{b=1}"));
        int[] handed = {0};
        consumer.poll(Duration.ZERO).forEach(record -> handed[0]++);
        assertThat(handed[0]).isEqualTo(3);
        assertThat(stamping.clock()).hasToString("{b=1}");
        assertThat(stamping.life().figures.errors.sum()).isEqualTo(1);
        assertThat(stamping.life().figures.delivered.sum()).isEqualTo(1);
        assertThat(stamping.life().figures.deliveredUnstamped.sum()).isEqualTo(1);
    }

    @Test
    void aCommitWithoutOffsetsCommitsThePositionsWithWhatIsKnown() {
        Stamping stamping = open();
        DeliveringConsumer<String, String> consumer = stamping.wrap(polled);
        pollThree(consumer).forEach(record -> {});
        consumer.commitSync();
        Map<TopicPartition, OffsetAndMetadata> committed = polled.committed(Set.of(ORDERS_0, ORDERS_1));
        assertThat(committed.get(ORDERS_0).offset()).isEqualTo(2);
        assertThat(committed.get(ORDERS_1).offset()).isEqualTo(1);
        assertThat(KnowledgeText.read(committed.get(ORDERS_1).metadata())
                        .map(Knowledge::clock)
                        .map(Object::toString))
                .contains("{b=2, c=1}");
    }

    @Test
    void theApplicationNeverSeesWhatIsHandedOn() {
        DeliveringConsumer<String, String> consumer = open().wrap(polled);
        pollThree(consumer).forEach(record -> {});
        AtomicReference<Map<TopicPartition, OffsetAndMetadata>> told = new AtomicReference<>();
        consumer.commitAsync((offsets, failure) -> told.set(offsets));
        assertThat(told.get().get(ORDERS_0)).isEqualTo(new OffsetAndMetadata(2));
        assertThat(consumer.committed(Set.of(ORDERS_0))).containsEntry(ORDERS_0, new OffsetAndMetadata(2));
    }

    @Test
    void metadataOfTheApplicationIsLeftAlone() {
        DeliveringConsumer<String, String> consumer = open().wrap(polled);
        pollThree(consumer).forEach(record -> {});
        consumer.commitSync(Map.of(ORDERS_0, new OffsetAndMetadata(1, "mine")));
        assertThat(polled.committed(Set.of(ORDERS_0))).containsEntry(ORDERS_0, new OffsetAndMetadata(1, "mine"));
    }

    @Test
    void withTailNothingIsPutIntoMetadata() {
        DeliveringConsumer<String, String> consumer =
                open("antichain.recover", "tail").wrap(polled);
        pollThree(consumer).forEach(record -> {});
        consumer.commitSync();
        assertThat(polled.committed(Set.of(ORDERS_0))).containsEntry(ORDERS_0, new OffsetAndMetadata(2));
    }

    private void commitByAnother(TopicPartition partition, long offset, String clock) {
        Knowledge known = new Knowledge(
                io.antichain.clocks.VectorClock.parse(clock), new io.antichain.clocks.LamportTimestamp(3), Map.of());
        String text = KnowledgeText.write(known, world.nowMs).orElseThrow();
        polled.commitSync(Map.of(partition, new OffsetAndMetadata(offset, text)));
    }

    @Test
    void whoeverIsAssignedAPartitionKnowsWhatItsLastReaderKnewBeforeTheApplicationHearsOfIt() {
        Stamping stamping = open();
        DeliveringConsumer<String, String> consumer = stamping.wrap(polled);
        List<String> heard = new ArrayList<>();
        consumer.subscribe(List.of("orders"), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                heard.add("revoked " + partitions);
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                heard.add("assigned " + partitions + " knowing " + stamping.clock());
            }
        });
        polled.rebalance(List.of(ORDERS_0));
        commitByAnother(ORDERS_1, 7, "{b=7, x=2}");
        polled.rebalance(List.of(ORDERS_0, ORDERS_1));
        assertThat(heard.get(heard.size() - 1)).startsWith("assigned ").endsWith("knowing {b=7, x=2}");
        polled.rebalance(List.of());
        assertThat(heard).anyMatch(line -> line.startsWith("revoked "));
        assertThat(world.asked).isEmpty();
    }

    @Test
    void whereMetadataIsMissingTheTailBeforeTheCommittedOffsetIsReadAndAllOfItWasHandedOver() {
        world.tail.add(stamp("b:5", "{b=5}"));
        world.tail.add(stamp("c:2", "{c=2}"));
        Stamping stamping = open();
        DeliveringConsumer<String, String> consumer = stamping.wrap(polled);
        consumer.assign(List.of(ORDERS_0));
        polled.commitSync(Map.of(ORDERS_0, new OffsetAndMetadata(3_000)));
        consumer.poll(Duration.ZERO);
        assertThat(world.asked).containsExactly(Map.entry(ORDERS_0, new ClockRecovery.Step.Tail(2_000, 3_000)));
        assertThat(stamping.clock()).hasToString("{b=5, c=2}");
    }

    @Test
    void aPartitionAssignedByHandIsTakenOverOnceAndAgainWhenItComesBack() {
        Stamping stamping = open();
        DeliveringConsumer<String, String> consumer = stamping.wrap(polled);
        consumer.assign(List.of(ORDERS_0));
        commitByAnother(ORDERS_0, 7, "{b=7}");
        consumer.poll(Duration.ZERO);
        assertThat(stamping.clock()).hasToString("{b=7}");
        commitByAnother(ORDERS_0, 9, "{b=9}");
        consumer.poll(Duration.ZERO);
        assertThat(stamping.clock()).hasToString("{b=7}");
        consumer.assign(List.of(ORDERS_1));
        consumer.assign(List.of(ORDERS_0));
        commitByAnother(ORDERS_0, 9, "{b=9}");
        consumer.poll(Duration.ZERO);
        assertThat(stamping.clock()).hasToString("{b=9}");
    }

    @Test
    void aTailThatCannotBeReadStopsTheReaderBeforeARecordIsLostIfAskedTo() {
        world.isWhole = false;
        DeliveringConsumer<String, String> consumer =
                open("antichain.on.error", "fail").wrap(polled);
        consumer.assign(List.of(ORDERS_0));
        polled.commitSync(Map.of(ORDERS_0, new OffsetAndMetadata(0)));
        polled.commitSync(Map.of(ORDERS_0, new OffsetAndMetadata(1)));
        polled.addRecord(record(ORDERS_0, 1, "b:1", "{b=1}"));
        assertThatThrownBy(() -> consumer.poll(Duration.ZERO))
                .isInstanceOf(StampingException.class)
                .hasMessageStartingWith(
                        "What lives before knew was not all found: process=a~1, partitions=[orders-0]; ");
        world.isWhole = true;
        assertThat(consumer.poll(Duration.ZERO).count()).isEqualTo(1);
    }

    @Test
    void partitionsThatAreLostAreSaidToBeLost() {
        List<String> heard = new ArrayList<>();
        AssignmentListener listener = new AssignmentListener(partitions -> {}, new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                heard.add("revoked");
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                heard.add("assigned");
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                heard.add("lost");
            }
        });
        listener.onPartitionsLost(List.of());
        listener.onPartitionsRevoked(List.of());
        listener.onPartitionsAssigned(List.of());
        assertThat(heard).containsExactly("lost", "revoked", "assigned");
    }

    @Test
    void whatClientsBefore40OfferIsOfferedWhereTheyAre() throws Exception {
        DeliveringConsumer<String, String> consumer = open().wrap(polled);
        consumer.assign(List.of(ORDERS_0));
        polled.addRecord(record(ORDERS_0, 0, "b:1", "{b=1}"));
        boolean isOlder = java.util.Arrays.stream(Consumer.class.getMethods())
                .anyMatch(method -> method.getName().equals("poll") && method.getParameterTypes()[0] == long.class);
        if (isOlder) {
            Object records = Consumer.class.getMethod("poll", long.class).invoke(consumer, 0L);
            assertThat(((ConsumerRecords<?, ?>) records).count()).isEqualTo(1);
            assertThat(Consumer.class
                            .getMethod("committed", TopicPartition.class)
                            .invoke(consumer, ORDERS_0))
                    .isNull();
        } else {
            assertThatThrownBy(() -> consumer.poll(0L))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageStartingWith("This client has no such method any more: method=poll; ");
        }
    }
}
